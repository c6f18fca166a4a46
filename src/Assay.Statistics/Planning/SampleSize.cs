namespace Assay.Statistics;

/// <summary>How many units a two-sided test at one look needs.</summary>
public static class SampleSize
{
    /// <summary>Units to detect a difference of two proportions with the pooled z test.</summary>
    /// <param name="baseline">The control's proportion, in (0, 1).</param>
    /// <param name="effect">Absolute difference to detect, not 0; baseline + effect in [0, 1].</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <param name="power">Chance to find the effect, a probability in (0, 1).</param>
    /// <param name="ratio">Treatment units per control unit; positive.</param>
    /// <returns>The sample; each arm is rounded up by itself.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    /// <remarks>n = (z₁₋α⁄₂ √(p̄q̄(1 + 1/r)) + z_power √(p₁q₁ + p₂q₂/r))² / effect², p̄ weighted by allocation.
    /// J. L. Fleiss, A. Tytun, H. K. Ury, Biometrics 36 (1980) 343–346, doi:10.2307/2529990, without continuity correction.</remarks>
    public static RequiredSample ForProportions(double baseline, double effect, double alpha = 0.05, double power = 0.8, double ratio = 1)
    {
        var (pooled, own) = TwoProportionVariances.Of(baseline, effect, ratio);
        var root = StandardNormal.Critical(alpha) * Math.Sqrt(pooled) + StandardNormal.Quantile(power) * Math.Sqrt(own);
        // A power so low that no data at all would reach it asks for the smallest experiment there is.
        return RequiredSample.FromExact(root <= 0 ? 0 : root / effect * (root / effect), ratio);
    }

    /// <summary>Units to detect a difference of two means with Student's t test, by the noncentral t distribution.</summary>
    /// <param name="standardDeviation">Of one unit; positive.</param>
    /// <param name="effect">Absolute difference to detect, not 0.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <param name="power">Chance to find the effect, a probability in (alpha, 1).</param>
    /// <param name="ratio">Treatment units per control unit; positive.</param>
    /// <returns>The sample; each arm is rounded up by itself, and has 2 units or more.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range, or the effect is too small for any experiment (10¹⁵ units).</exception>
    /// <remarks>Solves <see cref="Power.ForMeans"/> for the control's n.</remarks>
    public static RequiredSample ForMeans(double standardDeviation, double effect, double alpha = 0.05, double power = 0.8, double ratio = 1)
    {
        Guard.Positive(standardDeviation);
        Guard.Finite(effect);
        ArgumentOutOfRangeException.ThrowIfZero(effect);
        Guard.Probability(alpha);
        Guard.Probability(power);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(power, alpha);
        Guard.Positive(ratio);
        // The noncentrality of one control unit; the normal test's size is where t's search starts.
        var unit = Math.Abs(effect) / standardDeviation / Math.Sqrt(1 + 1 / ratio);
        var start = (StandardNormal.Critical(alpha) + StandardNormal.Quantile(power)) / unit;
        if (!(start * start < 1e15)) throw new ArgumentOutOfRangeException(nameof(effect), effect, "is too small against the standard deviation for any experiment");
        // Below this the two arms together have no degree of freedom left.
        var smallest = 2 / (1 + ratio) * (1 + 1e-6);
        return RequiredSample.FromExact(Root.OfPower(PowerAt, power, unit, Math.Max(start * Math.Abs(start), 2 * smallest), smallest), ratio);

        double PowerAt(double n) => Power.ForMeans(standardDeviation, effect, n, n * ratio, alpha);
    }
}
