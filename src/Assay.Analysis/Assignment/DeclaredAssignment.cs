using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>What the definition itself makes of the units.</summary>
/// <param name="Variants">Index of each unit's variant, −1 for none.</param>
/// <param name="Buckets">Of the units that have one.</param>
/// <param name="Counts">Units per variant.</param>
/// <param name="Left">Reason → units without a variant.</param>
internal sealed record DeclaredAssignment(sbyte[] Variants, double[] Buckets, long[] Counts, OrderedDictionary<string, long> Left)
{
    public long Assigned => Counts.Sum();

    /// <summary>Units that exposure or ranges left out.</summary>
    public long NotExposed => Left.GetValueOrDefault("not-exposed");

    public static DeclaredAssignment Of(Experiment experiment, IReadOnlyList<string> units, UnitAttributes attributes)
    {
        var assigner = new ExperimentAssigner(experiment);
        var variants = new sbyte[units.Count];
        var buckets = new List<double>(units.Count);
        var counts = new long[experiment.Variants.Length];
        OrderedDictionary<string, long> left = [];
        for (var i = 0; i < units.Count; i++)
        {
            var decision = assigner.Decide(units[i], attributes);
            variants[i] = (sbyte)decision.VariantIndex;
            if (decision.Bucket >= 0) buckets.Add(decision.Bucket);
            if (decision.IsAssigned) counts[decision.VariantIndex]++;
            else left[Reason(decision.Reason)] = left.GetValueOrDefault(Reason(decision.Reason)) + 1;
        }
        return new DeclaredAssignment(variants, [.. buckets], counts, left);
    }

    public OrderedDictionary<string, long> ByVariant(Experiment experiment)
    {
        OrderedDictionary<string, long> units = [];
        for (var v = 0; v < Counts.Length; v++) units.Add(experiment.Variants[v].Key, Counts[v]);
        return units;
    }

    private static string Reason(AssignmentReason reason) => reason switch
    {
        AssignmentReason.NotExposed => "not-exposed",
        AssignmentReason.NotInAudience => "not-in-audience",
        AssignmentReason.ExcludedByLayer => "excluded-by-layer",
        AssignmentReason.NoUnit => "no-unit",
        _ => reason.ToString(),
    };
}
