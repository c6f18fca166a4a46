using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>One comparison reduced to what a boundary asks of it.</summary>
/// <param name="Metric">The primary.</param>
/// <param name="Variant">The treatment.</param>
/// <param name="HigherIsBetter">Of the metric.</param>
/// <param name="Z">Treatment − control in standard errors; null when not estimable.</param>
/// <param name="Difference">Treatment − control; null when not estimable.</param>
/// <param name="StandardError">Difference / z, so that both tell the same; null where z is 0 or unknown.</param>
public readonly record struct LookStatistic(string Metric, string Variant, bool HigherIsBetter, double? Z, double? Difference, double? StandardError)
{
    // Beyond it the two-sided p-value is no double any more.
    internal const double LargestZ = 37;

    /// <summary>From an estimate: the z that has its two-sided p-value. Null where the estimate has no test.</summary>
    internal static LookStatistic Of(Metric metric, string variant, Effect effect)
    {
        var higher = metric.Better == Direction.Higher;
        if (!effect.IsEstimated || effect.Difference is not { } difference || ZOf(effect) is not { } z) return new(metric.Name, variant, higher, null, effect.Difference, null);
        return new(metric.Name, variant, higher, z, difference, z == 0 ? null : difference / z);
    }

    /// <summary>The same, without the parts of a report, for the types where that is cheap.</summary>
    internal static LookStatistic Of(Metric metric, MetricArmMoments control, MetricArmMoments treatment, double quantileZ)
    {
        if (metric.Type == MetricType.Proportion && !AdjustedEffect.Applies(metric, control, treatment) && !ClusterEffect.Applies(metric, control, treatment) && ArmCheck.WhyNot(control, "") is null && ArmCheck.WhyNot(treatment, "") is null)
        {
            Proportion c = new(control.Successes, control.Units), t = new(treatment.Successes, treatment.Units);
            var z = ProportionScore.Test(c, t).Z;
            var difference = t.Rate - c.Rate;
            return new(metric.Name, treatment.Variant, metric.Better == Direction.Higher, z.IsEstimable ? z.Value : null, difference,
                z.IsEstimable && z.Value != 0 ? difference / z.Value : null);
        }
        return Of(metric, treatment.Variant, EffectEstimator.Estimate(metric, control, treatment, 0.05, quantileZ));
    }

    /// <summary>Null without a p-value.</summary>
    internal static double? ZOf(Effect effect) => effect is not { PValue: { } p, Difference: { } difference } ? null
        : Math.Sign(difference) * (p >= 1 ? 0 : p <= 0 ? LargestZ : Math.Min(LargestZ, StandardNormal.Critical(p)));
}
