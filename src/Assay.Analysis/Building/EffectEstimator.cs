using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Chooses the method by the metric's type.</summary>
internal static class EffectEstimator
{
    public static Effect Estimate(Metric metric, MetricArmMoments control, MetricArmMoments treatment, double alpha, double quantileZ)
    {
        var why = metric.Type == MetricType.Quantile
            ? QuantileEffect.WhyNot(control, treatment) ?? ClusterEffect.TooFew(control, treatment)
            : ArmCheck.WhyNot(control, $"control '{control.Variant}'") ?? ArmCheck.WhyNot(treatment, $"treatment '{treatment.Variant}'");
        if (why is not null) return Unusable(metric, control, treatment, why);
        var effect = metric.Type switch
        {
            MetricType.Proportion => ProportionEffect.Estimate(control, treatment, alpha),
            MetricType.Mean or MetricType.Count => MeanEffect.Estimate(control, treatment, alpha),
            MetricType.Ratio => RatioEffect.Estimate(metric, control, treatment, alpha),
            MetricType.Quantile => QuantileEffect.Estimate(metric.Quantile ?? throw new ArgumentException($"metric '{metric.Name}' has no quantile", nameof(metric)), control, treatment, alpha, quantileZ),
            _ => throw new ArgumentOutOfRangeException(nameof(metric), metric.Type, "not a metric type"),
        };
        return AdjustedEffect.Adjust(ClusterEffect.Adjust(effect, metric, control, treatment, alpha), metric, control, treatment, alpha);
    }

    /// <summary>The interval alone, for what asks nothing else; null when not estimable.</summary>
    public static Interval? IntervalOf(Metric metric, MetricArmMoments control, MetricArmMoments treatment, double alpha, double quantileZ)
    {
        if (metric.Type is not (MetricType.Mean or MetricType.Count or MetricType.Proportion) || AdjustedEffect.Applies(metric, control, treatment) || ClusterEffect.Applies(metric, control, treatment)) return Estimate(metric, control, treatment, alpha, quantileZ).Interval;
        if (ArmCheck.WhyNot(control, "") is not null || ArmCheck.WhyNot(treatment, "") is not null) return null;
        if (metric.Type == MetricType.Proportion)
            return ProportionScore.Interval(new(control.Successes, control.Units), new(treatment.Successes, treatment.Units), alpha);
        var welch = WelchT.Compare(new(control.Units, control.Mean, control.Variance), new(treatment.Units, treatment.Mean, treatment.Variance), alpha);
        return welch.IsEstimable ? welch.Value.Interval : null;
    }

    private static Effect Unusable(Metric metric, MetricArmMoments control, MetricArmMoments treatment, string why) => new()
    {
        Method = MethodOf(metric.Type),
        Arguments = [],
        ControlValue = ValueOf(metric.Type, control),
        TreatmentValue = ValueOf(metric.Type, treatment),
        Reason = why,
    };

    /// <summary>The value of an arm that is sound by itself, so that a reader sees the one that works.</summary>
    internal static double? ValueOf(MetricType type, MetricArmMoments arm)
    {
        if (type == MetricType.Quantile) return arm.Quantile is { Value: var value } && double.IsFinite(value) ? value : null;
        if (ArmCheck.WhyNot(arm, "") is not null) return null;
        return type == MetricType.Ratio ? arm.DenominatorMean == 0 ? null : arm.Mean / arm.DenominatorMean : arm.Mean;
    }

    private static string MethodOf(MetricType type) => type switch
    {
        MetricType.Proportion => ProportionEffect.Method,
        MetricType.Ratio => RatioEffect.DeltaMethod,
        MetricType.Quantile => QuantileEffect.Method,
        _ => MeanEffect.Method,
    };
}
