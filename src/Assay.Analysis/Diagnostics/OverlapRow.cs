namespace Assay.Analysis;

/// <summary>Whether another experiment's arms have anything to do with this one's.</summary>
/// <param name="Experiment">Key of the other.</param>
/// <param name="Units">Units in both.</param>
/// <param name="Table">Units per variant of this experiment × variant of the other.</param>
/// <param name="PValue">Of independence; null when it cannot be tested.</param>
/// <param name="AdjustedPValue">Over all other experiments, by Holm.</param>
public sealed record OverlapRow(
    string Experiment, long Units, IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Table, double? PValue, double? AdjustedPValue);
