using Assay.Events;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Difference of means by Welch's t test.</summary>
internal static class MeanEffect
{
    public const string Method = "welch-t";

    public static Effect Estimate(MetricArmMoments control, MetricArmMoments treatment, double alpha)
    {
        SampleMoments c = new(control.Units, control.Mean, control.Variance), t = new(treatment.Units, treatment.Mean, treatment.Variance);
        var effect = new Effect
        {
            Method = Method,
            ArgumentsIfAsked = () => new()
            {
                ["controlN"] = c.N,
                ["controlMean"] = c.Mean,
                ["controlVariance"] = c.Variance,
                ["treatmentN"] = t.N,
                ["treatmentMean"] = t.Mean,
                ["treatmentVariance"] = t.Variance,
                ["alpha"] = alpha,
            },
            ControlValue = c.Mean,
            TreatmentValue = t.Mean,
            ControlIntervalIfAsked = () => ArmInterval(c, alpha),
            TreatmentIntervalIfAsked = () => ArmInterval(t, alpha),
        };
        var result = WelchT.Compare(c, t, alpha);
        if (!result.IsEstimable) return effect with { Reason = result.Reason };
        var (relative, relativeInterval) = Relative.Of(
            MeanEstimate.Of(c), MeanEstimate.Of(t), result.Value.Interval, alpha, result.Value.DegreesOfFreedom);
        return effect with
        {
            Difference = result.Value.Difference,
            StandardError = result.Value.StandardError,
            Interval = result.Value.Interval,
            PValue = result.Value.PValue,
            RelativeDifference = relative,
            RelativeInterval = relativeInterval,
        };
    }

    /// <summary>One sample's t interval is the paired one against zero.</summary>
    public static Interval? ArmInterval(SampleMoments arm, double alpha)
    {
        var result = PairedT.FromDifferences(arm, alpha);
        return result.IsEstimable ? result.Value.Interval : null;
    }
}
