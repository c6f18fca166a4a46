using Assay.Events;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Difference of proportions: decided by Newcombe's interval, p-value of the pooled z test.</summary>
internal static class ProportionEffect
{
    public const string Method = "two-proportion-z";

    public static Effect Estimate(MetricArmMoments control, MetricArmMoments treatment, double alpha)
    {
        Proportion c = new(control.Successes, control.Units), t = new(treatment.Successes, treatment.Units);
        var effect = new Effect
        {
            Method = Method,
            ArgumentsIfAsked = () => new()
            {
                ["controlSuccesses"] = c.Successes,
                ["controlTotal"] = c.Trials,
                ["treatmentSuccesses"] = t.Successes,
                ["treatmentTotal"] = t.Trials,
                ["alpha"] = alpha,
            },
            ControlValue = c.Rate,
            TreatmentValue = t.Rate,
        };
        var result = TwoProportions.Compare(c, t, alpha);
        if (!result.IsEstimable) return effect with { Reason = result.Reason };
        var (relative, relativeInterval) = Relative.Of(MeanEstimate.Of(c), MeanEstimate.Of(t), result.Value.NewcombeInterval, alpha);
        return effect with
        {
            ControlInterval = result.Value.ControlWilson,
            TreatmentInterval = result.Value.TreatmentWilson,
            Difference = result.Value.Difference,
            StandardError = result.Value.StandardError,
            Interval = result.Value.NewcombeInterval,
            PValue = result.Value.PValue.IsEstimable ? result.Value.PValue.Value : null,
            RelativeDifference = relative,
            RelativeInterval = relativeInterval,
        };
    }
}
