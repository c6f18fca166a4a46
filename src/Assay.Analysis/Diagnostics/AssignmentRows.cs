using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>What the assignment, and what comes after it, must not depend on.</summary>
internal static class AssignmentRows
{
    public static ImmutableArray<FilterRow> Filters(Experiment experiment, ImmutableArray<FilterMoments> filters)
    {
        FilterRow[] rows = [.. filters.SelectMany(f => experiment.Variants.Skip(1).Select(v => Filter(experiment, f, v.Key)))];
        var adjusted = GroupEffects.Adjust(rows.Select(r => r.PValue), static p => Multiplicity.Holm(p));
        return [.. rows.Select((row, i) => row with { AdjustedPValue = adjusted[i] })];
    }

    public static ImmutableArray<OverlapRow> Overlaps(Experiment experiment, ImmutableArray<ExperimentOverlap> overlaps)
    {
        OverlapRow[] rows = [.. overlaps.Select(o => Overlap(experiment, o))];
        var adjusted = GroupEffects.Adjust(rows.Select(r => r.PValue), static p => Multiplicity.Holm(p));
        return [.. rows.Select((row, i) => row with { AdjustedPValue = adjusted[i] })];
    }

    public static ImmutableArray<MultipleExposureRow> MultipleExposures(ImmutableArray<ArmUnits> arms) =>
        arms.All(a => a.Crossed == 0) ? [] : [.. arms.Select((arm, i) => new MultipleExposureRow(arm.Variant, arm.Exposed, arm.Crossed, i == 0 ? null : CrossingPValue(arms[0], arm)))];

    private static FilterRow Filter(Experiment experiment, FilterMoments filter, string variant)
    {
        MetricArmMoments control = RowBuilder.Arm(filter.Arms, experiment.Control.Key), treatment = RowBuilder.Arm(filter.Arms, variant);
        var (pValue, reason) = Test(control, treatment, experiment.Plan.Alpha);
        return new FilterRow(filter.Metric, filter.Filter, variant, Rate(control), Rate(treatment), pValue, null, reason);

        static double? Rate(MetricArmMoments arm) => arm.Units > 0 && arm.DenominatorMean > 0 ? arm.Mean / arm.DenominatorMean : null;
    }

    private static (double? PValue, string? Reason) Test(MetricArmMoments control, MetricArmMoments treatment, double alpha)
    {
        // A label is had or not had: then there is one row per unit and the ratio is a share.
        if (control.DenominatorVariance == 0 && treatment.DenominatorVariance == 0 && control.DenominatorMean == 1 && treatment.DenominatorMean == 1)
        {
            var shares = TwoProportions.Compare(new Proportion(control.Successes, control.Units), new Proportion(treatment.Successes, treatment.Units), alpha);
            return Of(shares.IsEstimable ? shares.Value.PValue : new NotEstimable(shares.Reason!));
        }
        var rates = RatioMetric.Compare(Moments(control), Moments(treatment), alpha);
        return Of(rates.IsEstimable ? rates.Value.PValue : new NotEstimable(rates.Reason!));

        static RatioMoments Moments(MetricArmMoments a) => new(a.Units, a.Mean, a.DenominatorMean, a.Variance, a.DenominatorVariance, a.Covariance);
        static (double?, string?) Of(Estimated<double> p) => p.IsEstimable ? (p.Value, null) : (null, p.Reason);
    }

    private static OverlapRow Overlap(Experiment experiment, ExperimentOverlap overlap)
    {
        var table = new long[experiment.Variants.Length, overlap.Variants.Length];
        OrderedDictionary<string, IReadOnlyDictionary<string, long>> shown = [];
        for (var v = 0; v < experiment.Variants.Length; v++)
        {
            OrderedDictionary<string, long> row = [];
            for (var o = 0; o < overlap.Variants.Length; o++) row.Add(overlap.Variants[o], table[v, o] = overlap.Units[v][o]);
            shown.Add(experiment.Variants[v].Key, row);
        }
        var test = AssignmentChecks.Independence(table);
        return new OverlapRow(overlap.Experiment, overlap.Units.Sum(u => u.Sum()), shown, test.IsEstimable ? test.Value.PValue : null, null);
    }

    private static double? CrossingPValue(ArmUnits control, ArmUnits arm)
    {
        if (control.Exposed <= 0 || arm.Exposed <= 0 || control.Crossed < 0 || arm.Crossed < 0 || control.Crossed > control.Exposed || arm.Crossed > arm.Exposed) return null;
        var test = TwoProportions.Compare(new Proportion(control.Crossed, control.Exposed), new Proportion(arm.Crossed, arm.Exposed), 0.05);
        return test is { IsEstimable: true, Value.PValue.IsEstimable: true } ? test.Value.PValue.Value : null;
    }
}
