using System.Text.Json.Nodes;
using Assay.Events;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Difference of proportions by the skewness-corrected score; with few events an exact test must agree before anything is decided.</summary>
internal static class ProportionEffect
{
    public const string Method = "score-interval", ExactMethod = "score-interval-fisher";

    public static Effect Estimate(MetricArmMoments control, MetricArmMoments treatment, double alpha)
    {
        Proportion c = new(control.Successes, control.Units), t = new(treatment.Successes, treatment.Units);
        var result = ProportionScore.Compare(c, t, alpha);
        var effect = new Effect { Method = MethodOf(c, t), ArgumentsIfAsked = () => Arguments(c, t, alpha), ControlValue = c.Rate, TreatmentValue = t.Rate };
        if (!result.IsEstimable) return effect with { Reason = result.Reason };
        var (relative, relativeInterval) = Relative.Of(MeanEstimate.Of(c), MeanEstimate.Of(t), result.Value.Interval, alpha);
        return effect with
        {
            ControlIntervalIfAsked = () => ProportionInterval.Of(c, alpha),
            TreatmentIntervalIfAsked = () => ProportionInterval.Of(t, alpha),
            RelativeScoreIfAsked = ratio => ProportionScore.RatioZ(c, t, ratio) is { IsEstimable: true, Value: var z } ? z / StandardNormal.Critical(alpha) : 0,
            Difference = result.Value.Difference,
            StandardError = Math.Sqrt(c.Rate * (1 - c.Rate) / c.Trials + t.Rate * (1 - t.Rate) / t.Trials),
            Interval = result.Value.Interval,
            PValue = result.Value.PValue.IsEstimable ? result.Value.PValue.Value : null,
            ExactPValue = result.Value.ExactPValue,
            IsExtended = result.Value.IsExtended,
            RelativeDifference = relative,
            RelativeInterval = relativeInterval,
        };
    }

    public static string MethodOf(Proportion control, Proportion treatment) => ProportionScore.HasFewEvents(control, treatment) ? ExactMethod : Method;

    private static JsonObject Arguments(Proportion c, Proportion t, double alpha) => new()
    {
        ["controlSuccesses"] = c.Successes,
        ["controlTotal"] = c.Trials,
        ["treatmentSuccesses"] = t.Successes,
        ["treatmentTotal"] = t.Trials,
        ["alpha"] = alpha,
    };
}
