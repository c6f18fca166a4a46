namespace Assay.Statistics;

/// <summary>Units, power and detectable effect of a two-sided normal test of any two estimates whose variance falls as one over their units:
/// ratios, quantiles, clustered and covariate-adjusted means.</summary>
/// <remarks>n = (z₁₋α⁄₂ + z_power)² (σ²_C + σ²_T / r) / effect²: S.-C. Chow, J. Shao, H. Wang, Y. Lokhnygina, Sample Size Calculations in Clinical Research,
/// 3rd edition, Chapman &amp; Hall/CRC 2017, section 3.2. The chance to reject on the wrong side is left out, which errs on the safe side.</remarks>
public static class NormalSampleSize
{
    /// <summary>Units to detect a difference.</summary>
    /// <param name="controlVariance">Of one control unit, as <see cref="UnitVariance"/> gives it; not negative.</param>
    /// <param name="treatmentVariance">Of one treatment unit; not negative, the two not both 0.</param>
    /// <param name="effect">Difference to detect, not 0, in the estimate's unit.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <param name="power">Chance to find the effect, a probability in (alpha, 1).</param>
    /// <param name="ratio">Treatment units per control unit; positive.</param>
    /// <returns>The sample; each arm is rounded up by itself.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range, or the effect is too small for any experiment (10¹⁵ units).</exception>
    public static RequiredSample For(
        double controlVariance, double treatmentVariance, double effect, double alpha = 0.05, double power = 0.8, double ratio = 1)
    {
        Guard.Finite(effect);
        ArgumentOutOfRangeException.ThrowIfZero(effect);
        Guard.Probability(power);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(power, alpha);
        var root = (StandardNormal.Critical(alpha) + StandardNormal.Quantile(power)) / effect;
        var exact = root * root * Variance(controlVariance, treatmentVariance, ratio);
        if (!(exact < 1e15)) throw new ArgumentOutOfRangeException(nameof(effect), effect, "is too small against the spread for any experiment");
        return RequiredSample.FromExact(exact, ratio);
    }

    /// <summary>Chance to find an effect, on its own side.</summary>
    /// <param name="controlVariance">Of one control unit; not negative.</param>
    /// <param name="treatmentVariance">Of one treatment unit; not negative, the two not both 0.</param>
    /// <param name="effect">The true difference; finite.</param>
    /// <param name="controlN">Units in the control; positive.</param>
    /// <param name="treatmentN">Units in the treatment; positive.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <returns>Φ(|effect| / SE − z₁₋α⁄₂).</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static double Power(double controlVariance, double treatmentVariance, double effect, double controlN, double treatmentN, double alpha)
    {
        Guard.Finite(effect);
        Guard.Positive(controlN);
        Guard.Positive(treatmentN);
        var error = Math.Sqrt(Variance(controlVariance, treatmentVariance, treatmentN / controlN) / controlN);
        return StandardNormal.Cdf(Math.Abs(effect) / error - StandardNormal.Critical(alpha));
    }

    /// <summary>The smallest difference that so many units find.</summary>
    /// <param name="controlVariance">Of one control unit; not negative.</param>
    /// <param name="treatmentVariance">Of one treatment unit; not negative, the two not both 0.</param>
    /// <param name="controlN">Units in the control; positive.</param>
    /// <param name="treatmentN">Units in the treatment; positive.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <param name="power">Chance to find the effect, a probability in (alpha, 1).</param>
    /// <returns>The effect, positive.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static double DetectableEffect(
        double controlVariance, double treatmentVariance, double controlN, double treatmentN, double alpha = 0.05, double power = 0.8)
    {
        Guard.Positive(controlN);
        Guard.Positive(treatmentN);
        Guard.Probability(power);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(power, alpha);
        var error = Math.Sqrt(Variance(controlVariance, treatmentVariance, treatmentN / controlN) / controlN);
        return (StandardNormal.Critical(alpha) + StandardNormal.Quantile(power)) * error;
    }

    private static double Variance(double controlVariance, double treatmentVariance, double ratio)
    {
        Guard.NonNegative(controlVariance);
        Guard.NonNegative(treatmentVariance);
        Guard.Positive(ratio);
        var sum = controlVariance + treatmentVariance / ratio;
        return sum > 0 ? sum : throw new ArgumentOutOfRangeException(nameof(controlVariance), controlVariance, "the two variances must not both be 0: nothing can be planned without spread");
    }
}
