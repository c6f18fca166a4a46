namespace Assay.Statistics;

/// <summary>The smallest true effect that a given sample finds with the wanted power: the inverse of <see cref="SampleSize"/>.</summary>
public static class DetectableEffect
{
    /// <summary>Smallest detectable absolute difference of two proportions.</summary>
    /// <param name="baseline">The control's proportion, in (0, 1).</param>
    /// <param name="controlN">Units in the control; positive.</param>
    /// <param name="treatmentN">Units in the treatment; positive.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <param name="power">Chance to find the effect, a probability in (0, 1).</param>
    /// <param name="decrease">True to look for a decrease; the answer is then negative.</param>
    /// <returns>The effect; not estimable when even the largest possible one would be missed too often.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static Estimated<double> ForProportions(
        double baseline, double controlN, double treatmentN, double alpha = 0.05, double power = 0.8, bool decrease = false)
    {
        Guard.Probability(baseline);
        Guard.Probability(power);
        var sign = decrease ? -1 : 1;
        var largest = decrease ? baseline : 1 - baseline;
        if (PowerAt(largest) < power)
            return new NotEstimable("too few units: even the largest possible effect would be missed too often");
        return sign * Root.OfIncreasing(effect => PowerAt(effect) - power, largest * 1e-12, largest);

        double PowerAt(double effect) => Power.ForProportions(baseline, sign * effect, controlN, treatmentN, alpha);
    }

    /// <summary>Smallest detectable absolute difference of two means.</summary>
    /// <param name="standardDeviation">Of one unit; positive.</param>
    /// <param name="controlN">Units in the control; the two arms together above 2.</param>
    /// <param name="treatmentN">Units in the treatment.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <param name="power">Chance to find the effect, a probability in (alpha, 1).</param>
    /// <returns>The effect, positive.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static double ForMeans(double standardDeviation, double controlN, double treatmentN, double alpha = 0.05, double power = 0.8)
    {
        Guard.Probability(alpha);
        Guard.Probability(power);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(power, alpha);
        double low = 0, high = standardDeviation;
        while (PowerAt(high) < power) (low, high) = (high, high * 2);
        return Root.OfIncreasing(effect => PowerAt(effect) - power, low, high);

        double PowerAt(double effect) => Power.ForMeans(standardDeviation, effect, controlN, treatmentN, alpha);
    }

    /// <summary>Smallest detectable relative lift of a mean, both arms of one size: the inverse of <see cref="Power.ForRelativeMeans"/>.</summary>
    /// <param name="mean">The control's mean; not 0.</param>
    /// <param name="variance">Of one unit; positive.</param>
    /// <param name="perArm">Units in each arm; positive.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <param name="power">Chance to find the effect, a probability above .5.</param>
    /// <returns>The lift as a positive fraction; not estimable when no lift, however large, would be found often enough,
    /// since the error of a lift grows with the lift.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    /// <remarks>Closed form, leaving out the chance to reject on the wrong side, as GrowthBook's power calculator does.</remarks>
    public static Estimated<double> ForRelativeMeans(double mean, double variance, double perArm, double alpha = 0.05, double power = 0.8)
    {
        Guard.Finite(mean);
        ArgumentOutOfRangeException.ThrowIfZero(mean);
        Guard.Positive(variance);
        Guard.Positive(perArm);
        Guard.Probability(power);
        ArgumentOutOfRangeException.ThrowIfLessThan(power, 0.5);
        var z = StandardNormal.Critical(alpha) + StandardNormal.Quantile(power);
        var k = z * z * variance / (perArm * mean * mean);
        // lift² = k (1 + (1 + lift)²)
        if (k >= 1) return new NotEstimable("too few units: no lift, however large, would be found often enough");
        return (k + Math.Sqrt(k * k + 2 * k * (1 - k))) / (1 - k);
    }
}
