using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>What segments say about the whole: a reversed winner, or effects that differ between them.</summary>
internal static class SegmentChecks
{
    public static ImmutableArray<SimpsonRow> Simpson(Experiment experiment, ImmutableArray<SegmentMoments> segments)
    {
        var rows = ImmutableArray.CreateBuilder<SimpsonRow>();
        foreach (var (metric, attribute, groups) in Questions(experiment, segments))
            foreach (var treatment in experiment.Variants.Skip(1))
            {
                if (metric.Type == MetricType.Quantile) continue;
                var arms = groups.Select(g => Arms(metric, g.Moments, experiment.Control.Key, treatment.Key)).ToArray();
                if (arms.Any(a => a is null)) continue;
                var check = Statistics.Simpson.Check([.. arms.Select(a => a!.Value)]);
                if (!check.IsEstimable) continue;
                var found = check.Value;
                rows.Add(new SimpsonRow(
                    attribute, metric.Name, treatment.Key, found.Aggregate, found.Standardised, found.IsReversed, found.MixPValue.IsEstimable ? found.MixPValue.Value : null,
                    [.. groups.Select((g, i) => new SimpsonSegment(g.Value, Value(arms[i]!.Value, false), Value(arms[i]!.Value, true), found.WithinSegments[i], found.ControlMix[i], found.TreatmentMix[i]))]));
            }
        return rows.ToImmutable();
    }

    public static ImmutableArray<HeterogeneityRow> Heterogeneity(Experiment experiment, ImmutableArray<SegmentMoments> segments, GroupEffects effects)
    {
        var rows = new List<HeterogeneityRow>();
        foreach (var (metric, attribute, groups) in Questions(experiment, segments))
            foreach (var treatment in experiment.Variants.Skip(1))
            {
                var found = groups.Select(g => (g.Value, Effect: effects.Of(g.Value, metric, g.Moments.Arms, treatment.Key))).ToList();
                GroupEffect[] compared = [.. found.Select(f => f.Effect).OfType<GroupEffect>()];
                var test = Statistics.Heterogeneity.CochranQ([.. compared.Select(e => e.Difference)], [.. compared.Select(e => e.StandardError)]);
                rows.Add(new HeterogeneityRow
                {
                    Attribute = attribute,
                    Metric = metric.Name,
                    Variant = treatment.Key,
                    Q = test.IsEstimable ? test.Value.Q : null,
                    DegreesOfFreedom = test.IsEstimable ? test.Value.DegreesOfFreedom : null,
                    PValue = test.IsEstimable ? test.Value.PValue : null,
                    ISquared = test.IsEstimable ? test.Value.ISquared : null,
                    Segments = [.. compared],
                    LeftOut = [.. found.Where(f => f.Effect is null).Select(f => f.Value ?? "(none)")],
                    Status = test.IsEstimable ? RowStatus.Estimated : RowStatus.NotEstimable,
                    Reason = test.IsEstimable ? null : test.Reason,
                });
            }
        var adjusted = GroupEffects.Adjust(rows.Select(r => r.PValue), PrimaryFamily.Correction(experiment.Plan.Correction));
        return [.. rows.Select((row, i) => row with { AdjustedPValue = adjusted[i] })];
    }

    /// <summary>A treatment whose win comes from a mix that no random assignment gives, and that loses in every segment, is held.</summary>
    public static IEnumerable<LimitFacts> Limits(ImmutableArray<SimpsonRow> checks, string variant) =>
        checks.Where(r => r.Variant == variant && r.Reversed && r.MixPValue < TrafficChecks.MismatchBelow)
            .Select(r => new LimitFacts(r.Metric, LimitState.Undecided, $"{r.Metric} points the other way within every {r.Attribute}, and the arms hold different mixes of {r.Attribute}", IsSegment: true));

    private static IEnumerable<(Metric Metric, string Attribute, List<(string? Value, MetricMoments Moments)> Groups)> Questions(
        Experiment experiment, ImmutableArray<SegmentMoments> segments)
    {
        foreach (var attribute in segments.GroupBy(s => s.Attribute))
        {
            var all = attribute.Select(s => (s.Value, Metrics: s.Metrics.DistinctBy(m => m.Metric).ToDictionary(m => m.Metric))).ToList();
            foreach (var declared in experiment.MetricsOf(MetricRole.Primary))
                if (all.Count >= 2 && all.TrueForAll(s => s.Metrics.ContainsKey(declared.Metric.Name)))
                    yield return (declared.Metric, attribute.Key, all.ConvertAll(s => (s.Value, s.Metrics[declared.Metric.Name])));
        }
    }

    private static SegmentArms? Arms(Metric metric, MetricMoments moments, string control, string treatment)
    {
        MetricArmMoments c = RowBuilder.Arm(moments.Arms, control), t = RowBuilder.Arm(moments.Arms, treatment);
        // Moments that nothing can have are reported where they are estimated.
        if ((c.Units > 0 && ArmCheck.WhyNot(c, "control") is not null) || (t.Units > 0 && ArmCheck.WhyNot(t, "treatment") is not null) || c.Units < 0 || t.Units < 0) return null;
        return metric.Type == MetricType.Ratio
            ? new SegmentArms(c.Units, c.Mean, t.Units, t.Mean, c.DenominatorMean, t.DenominatorMean) : new SegmentArms(c.Units, c.Mean, t.Units, t.Mean);
    }

    private static double? Value(SegmentArms arms, bool ofTreatment)
    {
        var (units, mean, denominator) = ofTreatment ? (arms.TreatmentUnits, arms.TreatmentMean, arms.TreatmentDenominator) : (arms.ControlUnits, arms.ControlMean, arms.ControlDenominator);
        return units > 0 && denominator != 0 ? mean / denominator : null;
    }
}
