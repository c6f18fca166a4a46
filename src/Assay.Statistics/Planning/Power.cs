namespace Assay.Statistics;

/// <summary>Chance of a significant two-sided test at one look, given the true effect.</summary>
public static class Power
{
    /// <summary>Power of the pooled z test of two proportions, by the normal approximation that <see cref="SampleSize"/> inverts.</summary>
    /// <param name="baseline">The control's proportion, in (0, 1).</param>
    /// <param name="effect">Absolute difference, not 0; baseline + effect in [0, 1].</param>
    /// <param name="controlN">Units in the control; positive.</param>
    /// <param name="treatmentN">Units in the treatment; positive.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <returns>The chance to reject on the effect's own side, in (0, 1).</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static double ForProportions(double baseline, double effect, double controlN, double treatmentN, double alpha)
    {
        Guard.Positive(controlN);
        Guard.Positive(treatmentN);
        var (pooled, own) = TwoProportionVariances.Of(baseline, effect, treatmentN / controlN);
        var lead = Math.Abs(effect) * Math.Sqrt(controlN) - StandardNormal.Critical(alpha) * Math.Sqrt(pooled);
        return own == 0 ? lead > 0 ? 1 : 0 : StandardNormal.Cdf(lead / Math.Sqrt(own));
    }

    /// <summary>Power of Student's t test of two means of one variance, exactly, by the noncentral t distribution; both sides count.</summary>
    /// <param name="standardDeviation">Of one unit, in either arm; positive.</param>
    /// <param name="effect">Absolute difference of the means.</param>
    /// <param name="controlN">Units in the control; whole or not; the two arms together above 2.</param>
    /// <param name="treatmentN">Units in the treatment.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <returns>The chance to reject, in [alpha, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    /// <remarks>The convention of statsmodels' TTestIndPower.</remarks>
    public static double ForMeans(double standardDeviation, double effect, double controlN, double treatmentN, double alpha)
    {
        Guard.Positive(standardDeviation);
        Guard.Finite(effect);
        Guard.Positive(controlN);
        Guard.Positive(treatmentN);
        Guard.Probability(alpha);
        var degreesOfFreedom = controlN + treatmentN - 2;
        if (!(degreesOfFreedom > 0)) throw new ArgumentOutOfRangeException(nameof(controlN), controlN, "the two arms together must have more than 2 units");
        var noncentrality = Math.Abs(effect) / standardDeviation / Math.Sqrt(1 / controlN + 1 / treatmentN);
        var critical = StudentTDistribution.UpperQuantile(alpha / 2, degreesOfFreedom);
        return NoncentralT.UpperTail(critical, degreesOfFreedom, noncentrality)
            + NoncentralT.UpperTail(critical, degreesOfFreedom, -noncentrality);
    }

    /// <summary>Power of the two-sided normal test of a relative lift, both arms of one size, with the delta-method variance under the effect.</summary>
    /// <param name="mean">The control's mean; not 0.</param>
    /// <param name="variance">Of one unit, in either arm; positive.</param>
    /// <param name="lift">Relative effect as a fraction.</param>
    /// <param name="perArm">Units in each arm; positive.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <returns>The chance to reject, in [alpha, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    /// <remarks>Var = variance · (1 + (1 + lift)²) / (perArm · mean²), the convention of GrowthBook's power calculator.</remarks>
    public static double ForRelativeMeans(double mean, double variance, double lift, double perArm, double alpha)
    {
        Guard.Finite(mean);
        ArgumentOutOfRangeException.ThrowIfZero(mean);
        Guard.Positive(variance);
        Guard.Finite(lift);
        Guard.Positive(perArm);
        var critical = StandardNormal.Critical(alpha);
        var shift = lift / (Math.Sqrt(variance * (1 + (1 + lift) * (1 + lift)) / perArm) / Math.Abs(mean));
        return StandardNormal.UpperTail(critical - shift) + StandardNormal.UpperTail(critical + shift);
    }
}
