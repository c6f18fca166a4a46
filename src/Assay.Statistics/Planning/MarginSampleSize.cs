namespace Assay.Statistics;

/// <summary>Power and units of tests against a margin: non-inferiority (one side) and equivalence (both, by two one-sided tests).</summary>
/// <remarks>The tests are those of <see cref="NonInferiority"/> and <see cref="Equivalence"/>: t for means, the score test with null-constrained variance for proportions.</remarks>
public static class MarginSampleSize
{
    /// <summary>Power to show that a mean is not worse than the margin allows.</summary>
    /// <param name="standardDeviation">Of one unit; positive.</param>
    /// <param name="margin">How much worse is still tolerable; positive.</param>
    /// <param name="benefit">True difference, positive when the treatment is better; 0 when they are alike. Above −margin.</param>
    /// <param name="controlN">Units in the control; the two arms together above 2.</param>
    /// <param name="treatmentN">Units in the treatment.</param>
    /// <param name="alpha">One-sided significance level, a probability in (0, 1).</param>
    /// <returns>The chance to reject "worse by the margin", by the noncentral t distribution.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    /// <remarks>S. A. Julious, Statistics in Medicine 23 (2004) 1921–1986, doi:10.1002/sim.1783, section 5.</remarks>
    public static double NonInferiorityPowerOfMeans(double standardDeviation, double margin, double benefit, double controlN, double treatmentN, double alpha)
    {
        CheckMargin(margin, benefit);
        Guard.Probability(alpha);
        var (scale, df) = Scale(standardDeviation, controlN, treatmentN);
        return NoncentralT.UpperTail(StudentTDistribution.UpperQuantile(alpha, df), df, (margin + benefit) / scale);
    }

    /// <summary>Units to show that a mean is not worse than the margin allows.</summary>
    /// <inheritdoc cref="NonInferiorityPowerOfMeans"/>
    /// <param name="power">Chance to show it, a probability in (alpha, 1).</param>
    /// <param name="ratio">Treatment units per control unit; positive.</param>
    /// <returns>The sample; each arm is rounded up by itself.</returns>
    public static RequiredSample NonInferiorityOfMeans(
        double standardDeviation, double margin, double benefit = 0, double alpha = 0.025, double power = 0.8, double ratio = 1)
    {
        CheckPower(alpha, power, ratio);
        return SizeSearch.For(n => NonInferiorityPowerOfMeans(standardDeviation, margin, benefit, n, n * ratio, alpha), power, ratio, Smallest(ratio), nameof(benefit));
    }

    /// <summary>Power to show that a proportion is not worse than the margin allows.</summary>
    /// <param name="baseline">The control's proportion, in (0, 1).</param>
    /// <param name="effect">True difference treatment − control; baseline + effect in [0, 1].</param>
    /// <param name="margin">How much worse is still tolerable; in (0, 1).</param>
    /// <param name="higherIsBetter">Which way is worse.</param>
    /// <param name="controlN">Units in the control; positive.</param>
    /// <param name="treatmentN">Units in the treatment; positive.</param>
    /// <param name="alpha">One-sided significance level, a probability in (0, 1).</param>
    /// <returns>The chance to reject "worse by the margin", by the normal approximation.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    /// <remarks>C. P. Farrington, G. Manning, Statistics in Medicine 9 (1990) 1447–1454, doi:10.1002/sim.4780091208.</remarks>
    public static double NonInferiorityPowerOfProportions(
        double baseline, double effect, double margin, bool higherIsBetter, double controlN, double treatmentN, double alpha)
    {
        CheckShares(baseline, effect, margin);
        CheckMargin(margin, higherIsBetter ? effect : -effect);
        return OneSided(baseline, effect, higherIsBetter ? -margin : margin, controlN, treatmentN, alpha);
    }

    /// <summary>Units to show that a proportion is not worse than the margin allows.</summary>
    /// <inheritdoc cref="NonInferiorityPowerOfProportions"/>
    /// <param name="power">Chance to show it, a probability in (alpha, 1).</param>
    /// <param name="ratio">Treatment units per control unit; positive.</param>
    /// <returns>The sample; each arm is rounded up by itself.</returns>
    public static RequiredSample NonInferiorityOfProportions(
        double baseline, double margin, double effect = 0, bool higherIsBetter = true, double alpha = 0.025, double power = 0.8, double ratio = 1)
    {
        CheckPower(alpha, power, ratio);
        return SizeSearch.For(n => NonInferiorityPowerOfProportions(baseline, effect, margin, higherIsBetter, n, n * ratio, alpha), power, ratio, 1e-3, nameof(effect));
    }

    /// <summary>Power to show that two means differ by less than the margin.</summary>
    /// <param name="standardDeviation">Of one unit; positive.</param>
    /// <param name="margin">The largest difference that counts as none, either way; positive.</param>
    /// <param name="effect">True difference; inside the margin.</param>
    /// <param name="controlN">Units in the control; the two arms together above 2.</param>
    /// <param name="treatmentN">Units in the treatment.</param>
    /// <param name="alpha">Level of each one-sided test, a probability in (0, ½).</param>
    /// <returns>The chance that both tests reject, as the difference of two noncentral t tails, and 0 where that is negative:
    /// up to some 0.0001 below the exact value at useful powers, further below it at small ones.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    /// <remarks>D. J. Schuirmann, Journal of Pharmacokinetics and Biopharmaceutics 15 (1987) 657–680, doi:10.1007/BF01068419; the approximation that PowerTOST calls "nct".</remarks>
    public static double EquivalencePowerOfMeans(double standardDeviation, double margin, double effect, double controlN, double treatmentN, double alpha)
    {
        CheckEquivalence(margin, effect, alpha);
        var (scale, df) = Scale(standardDeviation, controlN, treatmentN);
        var t = StudentTDistribution.UpperQuantile(alpha, df);
        // Both reject when T + margin/s is above t and T − margin/s below −t.
        return Math.Max(0, NoncentralT.UpperTail(t, df, (margin - effect) / scale) + NoncentralT.UpperTail(t, df, (margin + effect) / scale) - 1);
    }

    /// <summary>Units to show that two means differ by less than the margin.</summary>
    /// <inheritdoc cref="EquivalencePowerOfMeans"/>
    /// <param name="power">Chance to show it, a probability in (0, 1).</param>
    /// <param name="ratio">Treatment units per control unit; positive.</param>
    /// <returns>The sample; each arm is rounded up by itself.</returns>
    public static RequiredSample EquivalenceOfMeans(
        double standardDeviation, double margin, double effect = 0, double alpha = 0.05, double power = 0.8, double ratio = 1)
    {
        CheckPower(alpha, power, ratio);
        return SizeSearch.For(n => EquivalencePowerOfMeans(standardDeviation, margin, effect, n, n * ratio, alpha), power, ratio, Smallest(ratio), nameof(effect));
    }

    /// <summary>Power to show that two proportions differ by less than the margin.</summary>
    /// <param name="baseline">The control's proportion, in (0, 1).</param>
    /// <param name="effect">True difference; inside the margin, baseline + effect in [0, 1].</param>
    /// <param name="margin">The largest difference that counts as none, either way; in (0, 1).</param>
    /// <param name="controlN">Units in the control; positive.</param>
    /// <param name="treatmentN">Units in the treatment; positive.</param>
    /// <param name="alpha">Level of each one-sided test, a probability in (0, ½).</param>
    /// <returns>The chance that both score tests reject, by the normal approximation.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static double EquivalencePowerOfProportions(double baseline, double effect, double margin, double controlN, double treatmentN, double alpha)
    {
        CheckShares(baseline, effect, margin);
        CheckEquivalence(margin, effect, alpha);
        return Math.Max(0, OneSided(baseline, effect, -margin, controlN, treatmentN, alpha) + OneSided(baseline, effect, margin, controlN, treatmentN, alpha) - 1);
    }

    /// <summary>Units to show that two proportions differ by less than the margin.</summary>
    /// <inheritdoc cref="EquivalencePowerOfProportions"/>
    /// <param name="power">Chance to show it, a probability in (0, 1).</param>
    /// <param name="ratio">Treatment units per control unit; positive.</param>
    /// <returns>The sample; each arm is rounded up by itself.</returns>
    public static RequiredSample EquivalenceOfProportions(
        double baseline, double margin, double effect = 0, double alpha = 0.05, double power = 0.8, double ratio = 1)
    {
        CheckPower(alpha, power, ratio);
        return SizeSearch.For(n => EquivalencePowerOfProportions(baseline, effect, margin, n, n * ratio, alpha), power, ratio, 1e-3, nameof(effect));
    }

    private static double OneSided(double baseline, double effect, double margin, double controlN, double treatmentN, double alpha)
    {
        Guard.Positive(controlN);
        Guard.Positive(treatmentN);
        Guard.Probability(alpha);
        var (atMargin, own) = MarginVariances.Of(baseline, effect, margin, treatmentN / controlN);
        var lead = Math.Abs(effect - margin) * Math.Sqrt(controlN) + StandardNormal.Quantile(alpha) * Math.Sqrt(atMargin);
        return own == 0 ? lead > 0 ? 1 : 0 : StandardNormal.Cdf(lead / Math.Sqrt(own));
    }

    private static (double Error, double DegreesOfFreedom) Scale(double standardDeviation, double controlN, double treatmentN)
    {
        Guard.Positive(standardDeviation);
        Guard.Positive(controlN);
        Guard.Positive(treatmentN);
        var df = controlN + treatmentN - 2;
        return df > 0 ? (standardDeviation * Math.Sqrt(1 / controlN + 1 / treatmentN), df)
            : throw new ArgumentOutOfRangeException(nameof(controlN), controlN, "the two arms together must have more than 2 units");
    }

    // Just above the two arms' last degree of freedom.
    private static double Smallest(double ratio) => 2 / (1 + ratio) * (1 + 1e-6);

    private static void CheckPower(double alpha, double power, double ratio)
    {
        Guard.Probability(alpha);
        Guard.Probability(power);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(power, alpha);
        Guard.Positive(ratio);
    }

    private static void CheckMargin(double margin, double benefit)
    {
        Guard.Positive(margin);
        Guard.Finite(benefit);
        if (!(benefit > -margin)) throw new ArgumentOutOfRangeException(nameof(benefit), benefit, $"a treatment that is worse by the margin of {margin} cannot be shown not to be");
    }

    private static void CheckEquivalence(double margin, double effect, double alpha)
    {
        Guard.Positive(margin);
        Guard.Finite(effect);
        Guard.Probability(2 * alpha, nameof(alpha));
        if (!(Math.Abs(effect) < margin)) throw new ArgumentOutOfRangeException(nameof(effect), effect, $"must lie inside the margin of {margin}: what differs by more cannot be shown to be alike");
    }

    private static void CheckShares(double baseline, double effect, double margin)
    {
        Guard.Probability(baseline);
        Guard.Finite(effect);
        Guard.Probability(margin);
        if (baseline + effect is < 0 or > 1) throw new ArgumentOutOfRangeException(nameof(effect), effect, $"baseline + effect is {baseline + effect}, which is no proportion");
    }
}
