using System.Globalization;
using Assay.Events;

namespace Assay.Analysis;

/// <summary>Refuses moments that no sound data can have, before any formula sees them.</summary>
internal static class ArmCheck
{
    /// <summary>Above this share of refused rows, or of units with an unknown amount, the rest is no longer taken for the whole.</summary>
    public const double LargestInvalidShare = 0.001;

    /// <summary>Why the arm cannot be used; null when it can.</summary>
    public static string? WhyNot(MetricArmMoments arm, string name)
    {
        if (arm.Units < 0 || arm.Successes < 0 || arm.Answered < 0 || arm.Matured < 0 || arm.NonZeroDenominators < 0)
            return $"{name}: a count is negative";
        if (arm.InvalidRows > LargestInvalidShare * arm.Answered)
            return string.Create(CultureInfo.InvariantCulture, $"{name}: {arm.InvalidRows:N0} of its values are no usable numbers (not finite, text, or a negative count)");
        if (arm.Unknown > LargestInvalidShare * arm.Answered)
            return string.Create(CultureInfo.InvariantCulture, $"{name}: for {arm.Unknown:N0} of its units an amount is not known (a model without a price, or a call without token counts)");
        if (!double.IsFinite(arm.Mean) || !double.IsFinite(arm.DenominatorMean) || !double.IsFinite(arm.Covariance))
            return $"{name}: its mean is not a number";
        if (!double.IsFinite(arm.Variance) || arm.Variance < 0 || !double.IsFinite(arm.DenominatorVariance) || arm.DenominatorVariance < 0)
            return $"{name}: its variance is not a number";
        if (arm.Successes > arm.Units) return $"{name}: more successes than units";
        if (arm.Units == 0) return $"{name}: no unit has a value yet";
        return null;
    }
}
