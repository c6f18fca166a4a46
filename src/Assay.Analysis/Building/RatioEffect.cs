using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Difference of ratios of sums: delta method, Fieller where the denominator is weak; where neither works, the ratio's parts per unit.</summary>
internal static class RatioEffect
{
    public const string DeltaMethod = "ratio-delta";
    public const string FiellerMethod = "ratio-fieller";

    public static Effect Estimate(Metric metric, MetricArmMoments control, MetricArmMoments treatment, double alpha)
    {
        RatioMoments c = Moments(control), t = Moments(treatment);
        var effect = new Effect
        {
            Method = DeltaMethod,
            Arguments = new()
            {
                ["controlN"] = c.N,
                ["controlMeanNumerator"] = c.MeanNumerator,
                ["controlMeanDenominator"] = c.MeanDenominator,
                ["controlVarianceNumerator"] = c.VarianceNumerator,
                ["controlVarianceDenominator"] = c.VarianceDenominator,
                ["controlCovariance"] = c.Covariance,
                ["treatmentN"] = t.N,
                ["treatmentMeanNumerator"] = t.MeanNumerator,
                ["treatmentMeanDenominator"] = t.MeanDenominator,
                ["treatmentVarianceNumerator"] = t.VarianceNumerator,
                ["treatmentVarianceDenominator"] = t.VarianceDenominator,
                ["treatmentCovariance"] = t.Covariance,
                ["alpha"] = alpha,
            },
            ControlValue = Value(c),
            TreatmentValue = Value(t),
            ControlIntervalIfAsked = () => ArmInterval(c, alpha),
            TreatmentIntervalIfAsked = () => ArmInterval(t, alpha),
        };
        var result = RatioMetric.Compare(c, t, alpha);
        if (!result.IsEstimable)
            return effect with { Reason = $"{result.Reason}; shown instead: the parts per unit", Components = Components(metric, control, treatment, alpha) };
        var (relative, relativeInterval) = Relative.Of(
            new MeanEstimate(result.Value.Control.Ratio, result.Value.Control.StandardError),
            new MeanEstimate(result.Value.Treatment.Ratio, result.Value.Treatment.StandardError), result.Value.Interval, alpha);
        return effect with
        {
            Method = result.Value.Method == RatioMethod.Fieller ? FiellerMethod : DeltaMethod,
            Difference = result.Value.Difference,
            StandardError = result.Value.StandardError,
            Interval = result.Value.Interval,
            PValue = result.Value.PValue.IsEstimable ? result.Value.PValue.Value : null,
            RelativeDifference = relative,
            RelativeInterval = relativeInterval,
        };
    }

    internal static RatioMoments Moments(MetricArmMoments arm)
    {
        // Sums in floating point can leave a covariance a hair beyond what its variances allow.
        var limit = Math.Sqrt(arm.Variance) * Math.Sqrt(arm.DenominatorVariance);
        return new(arm.Units, arm.Mean, arm.DenominatorMean, arm.Variance, arm.DenominatorVariance, Math.Clamp(arm.Covariance, -limit, limit));
    }

    private static double? Value(RatioMoments arm) => arm.MeanDenominator == 0 ? null : arm.MeanNumerator / arm.MeanDenominator;

    private static Interval? ArmInterval(RatioMoments arm, double alpha)
    {
        var result = RatioMetric.Estimate(arm, alpha);
        return result.IsEstimable ? result.Value.Interval : null;
    }

    private static ImmutableArray<ComponentRow> Components(Metric metric, MetricArmMoments control, MetricArmMoments treatment, double alpha)
    {
        var numerator = MeanEffect.Estimate(control, treatment, alpha);
        var share = ProportionEffect.Estimate(
            control with { Successes = control.NonZeroDenominators }, treatment with { Successes = treatment.NonZeroDenominators }, alpha);
        return [
            Row($"{NameOf(metric.Source)} per unit", numerator),
            Row($"share of units with {NameOf(metric.Denominator ?? metric.Source)}", share)];
    }

    private static ComponentRow Row(string name, Effect effect) => new(
        name, effect.ControlValue, effect.TreatmentValue, effect.Difference,
        effect.Interval is { } interval ? ReportInterval.Of(interval.Low, interval.High) : null);

    private static string NameOf(MetricSource source) => source.Column ?? (source.Value == "value" ? source.Event : source.Value);
}
