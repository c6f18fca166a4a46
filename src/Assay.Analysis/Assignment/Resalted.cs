using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>What one re-salted assignment of all units gave.</summary>
/// <param name="Counts">Units per variant.</param>
/// <param name="NotExposed">Eligible units that exposure or ranges left out.</param>
/// <param name="RatioPValue">Of the arms' sizes against their weights; null when not estimable.</param>
/// <param name="SaltPValue">Of the arms having nothing to do with those of the declared salt; null when not estimable.</param>
/// <param name="EffectPValues">One per treatment, of a metric in which nothing can differ; null when not estimable, empty without values.</param>
internal sealed record Resalted(long[] Counts, long NotExposed, double? RatioPValue, double? SaltPValue, double?[] EffectPValues)
{
    /// <param name="experiment">With the other salt.</param>
    /// <param name="units">The ids.</param>
    /// <param name="declared">Variant by the declared salt, −1 for none.</param>
    /// <param name="weights">Widths of the variants' ranges.</param>
    /// <param name="values">Of the metric; null without.</param>
    /// <param name="attributes">Known of every unit.</param>
    public static Resalted Of(Experiment experiment, IReadOnlyList<string> units, sbyte[] declared, double[] weights, UnitComparison? values, UnitAttributes attributes)
    {
        var assigner = new ExperimentAssigner(experiment);
        var counts = new long[weights.Length];
        var table = new long[weights.Length, weights.Length];
        var arms = values?.Arms();
        long left = 0;
        for (var i = 0; i < units.Count; i++)
        {
            var decision = assigner.Decide(units[i], attributes);
            if (!decision.IsAssigned)
            {
                if (decision.Reason == AssignmentReason.NotExposed) left++;
                continue;
            }
            counts[decision.VariantIndex]++;
            if (declared[i] >= 0) table[declared[i], decision.VariantIndex]++;
            if (arms is not null) values!.Add(arms, decision.VariantIndex, i);
        }
        return new Resalted(counts, left, P(SampleRatio.ChiSquare(counts, weights) is { IsEstimable: true } r ? r.Value.PValue : null), P(AssignmentChecks.Independence(table) is { IsEstimable: true } t ? t.Value.PValue : null),
            arms is null ? [] : values!.PValues(arms));
    }

    // A statistic of 0 can round to a hair above 1.
    private static double? P(double? p) => p is { } value ? Math.Clamp(value, 0, 1) : null;
}
