namespace Assay.Statistics;

/// <summary>Result of a permutation test.</summary>
/// <param name="Difference">Treatment − control, as assigned.</param>
/// <param name="PValue">Share of arrangements at least as extreme; (1 + hits) / (1 + drawn) when they were drawn, so never 0.</param>
/// <param name="Exact">Every arrangement was counted.</param>
/// <param name="Arrangements">Number counted or drawn.</param>
public sealed record PermutationResult(double Difference, double PValue, bool Exact, long Arrangements);
