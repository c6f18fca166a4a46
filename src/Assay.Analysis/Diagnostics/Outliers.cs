using System.Collections.Immutable;
using System.Globalization;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>The effect with less of the tail.</summary>
internal static class Outliers
{
    /// <summary>Units that the smaller arm needs per squared skewness for the normal interval (R. Kohavi et al., KDD 2014, doi:10.1145/2623330.2623341).</summary>
    private const double UnitsPerSquaredSkewness = 355;

    public static ImmutableArray<OutlierRow> Of(Experiment experiment, ImmutableArray<MetricMoments> moments, ImmutableArray<MetricTail> tails) =>
        [.. tails.SelectMany(tail => experiment.Variants.Skip(1).Select((_, i) => Row(experiment, moments.First(m => m.Metric == tail.Metric), tail, i + 1)))];

    private static OutlierRow Row(Experiment experiment, MetricMoments moments, MetricTail tail, int treatment)
    {
        var metric = experiment.Metrics.First(m => m.Metric.Name == tail.Metric).Metric;
        MetricArmMoments control = RowBuilder.Arm(moments.Arms, experiment.Control.Key), arm = RowBuilder.Arm(moments.Arms, experiment.Variants[treatment].Key);
        // What remains without the tail is as observed, and so must be what it is held against.
        var all = Estimate(experiment, metric, AdjustedEffect.AsObserved(control), AdjustedEffect.AsObserved(arm));
        var skewness = new[] { tail.Skewness[0], tail.Skewness[treatment] }.OfType<double>().Select(Math.Abs).DefaultIfEmpty(double.NaN).Max();
        return new OutlierRow(
            tail.Metric, arm.Variant, all.IsEstimated ? all.Difference : null,
            [.. tail.Without.Select(rest => Compare(experiment, metric, all, "without " + rest.LeftOut.ToString(CultureInfo.InvariantCulture), rest.Arms, treatment)),
             Compare(experiment, metric, all, "winsorised", tail.Winsorised, treatment)],
            tail.Skewness[0], tail.Skewness[treatment],
            double.IsFinite(skewness) ? (long)Math.Ceiling(Math.Min(1e15, UnitsPerSquaredSkewness * skewness * skewness)) : null,
            Math.Min(control.Units, arm.Units));
    }

    private static OutlierComparison Compare(Experiment experiment, Metric metric, Effect all, string change, ImmutableArray<MetricArmMoments> arms, int treatment)
    {
        var rest = Estimate(experiment, metric, arms[0], arms[treatment]);
        if (rest is not { IsEstimated: true, Difference: { } difference, Interval: { } interval }) return new OutlierComparison(change, null, null, null, false);
        var shift = all is { IsEstimated: true, Difference: { } whole, StandardError: > 0 and { } error } ? (difference - whole) / error : (double?)null;
        return new OutlierComparison(change, difference, ReportInterval.Of(interval.Low, interval.High), shift, all.Interval is { } before && Sign(before) != Sign(interval));
    }

    private static Effect Estimate(Experiment experiment, Metric metric, MetricArmMoments control, MetricArmMoments treatment) =>
        EffectEstimator.Estimate(metric, control, treatment, experiment.Plan.Alpha, Statistics.StandardNormal.Critical(experiment.Plan.Alpha));

    private static int Sign(Statistics.Interval interval) => interval.Low > 0 ? 1 : interval.High < 0 ? -1 : 0;
}
