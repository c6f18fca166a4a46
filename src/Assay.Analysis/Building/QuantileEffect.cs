using System.Text.Json.Nodes;
using Assay.Events;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Difference of quantiles from the arms' order-statistic intervals.</summary>
internal static class QuantileEffect
{
    public const string Method = "quantile-order-statistics";

    /// <summary>Why an arm cannot be used; null when both can.</summary>
    public static string? WhyNot(MetricArmMoments control, MetricArmMoments treatment) =>
        WhyNot(control, $"control '{control.Variant}'") ?? WhyNot(treatment, $"treatment '{treatment.Variant}'");

    public static Effect Estimate(double quantile, MetricArmMoments control, MetricArmMoments treatment, double alpha, double z)
    {
        QuantileArmMoments c = control.Quantile!, t = treatment.Quantile!;
        var effect = new Effect
        {
            Method = Method,
            Arguments = new() { ["quantile"] = quantile, ["control"] = Describe(c), ["treatment"] = Describe(t), ["intervalZ"] = z, ["alpha"] = alpha },
            ControlValue = double.IsFinite(c.Value) ? c.Value : null,
            TreatmentValue = double.IsFinite(t.Value) ? t.Value : null,
            ControlInterval = ArmInterval(c),
            TreatmentInterval = ArmInterval(t),
        };
        if ((TooFew(c, "control") ?? TooFew(t, "treatment")) is { } why) return effect with { Reason = why };
        var result = QuantileDifference.Compare(Moments(quantile, c, z), Moments(quantile, t, z), alpha);
        if (!result.IsEstimable) return effect with { Reason = result.Reason };
        var (relative, relativeInterval) = Relative.Of(
            new MeanEstimate(c.Value, (c.High!.Value - c.Low!.Value) / (2 * z)), new MeanEstimate(t.Value, (t.High!.Value - t.Low!.Value) / (2 * z)),
            result.Value.Interval, alpha);
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

    private static string? WhyNot(MetricArmMoments arm, string name) =>
        arm.Units < 0 || arm.Quantile is { Events: < 0 } or { Units: < 0 } ? $"{name}: a count is negative"
        : arm.Quantile is not { Events: > 0 } quantile ? $"{name}: there are no events yet"
        : arm.InvalidRows > ArmCheck.LargestInvalidShare * arm.Quantile.Events ? $"{name}: {arm.InvalidRows} of its values are no usable numbers"
        : double.IsNaN(quantile.Value) || quantile.Low is double.NaN || quantile.High is double.NaN ? $"{name}: its value is not a number"
        : null;

    private static string? TooFew(QuantileArmMoments arm, string name) =>
        arm.Low is null || arm.High is null ? $"{name}: too few units ({arm.Units}) for this quantile: its interval would reach beyond the values seen"
        : !HasError(arm) && double.IsFinite(arm.Value) ? $"{name}: too few units ({arm.Units}), or too many equal values, to tell the error of this quantile"
        : null;

    /// <summary>Without an error the ends of the interval are the value itself, which would pass for certainty: the largest of five values is no 95th percentile.</summary>
    private static bool HasError(QuantileArmMoments arm) => arm.StandardErrorOfProbability > 0;

    private static QuantileMoments Moments(double quantile, QuantileArmMoments arm, double z) =>
        new(quantile, arm.Events, arm.Units, arm.Value, arm.Low!.Value, arm.High!.Value, z);

    /// <summary>Also half an interval decides a limit: an unknown end is unbounded.</summary>
    private static Interval? ArmInterval(QuantileArmMoments arm) =>
        !HasError(arm) || (arm.Low is null && arm.High is null) ? null : new Interval(arm.Low ?? double.NegativeInfinity, arm.High ?? double.PositiveInfinity);

    private static JsonObject Describe(QuantileArmMoments arm) => new()
    {
        ["events"] = arm.Events,
        ["units"] = arm.Units,
        ["value"] = Finite(arm.Value),
        ["low"] = Finite(arm.Low),
        ["high"] = Finite(arm.High),
    };

    private static JsonValue? Finite(double? value) => value is { } number && double.IsFinite(number) ? JsonValue.Create(number) : null;
}
