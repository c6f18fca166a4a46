namespace Assay.Statistics;

/// <summary>How many cases a paired comparison needs: every case under both variants.</summary>
public static class PairedSampleSize
{
    /// <summary>Cases to detect a mean difference with the two-sided paired t test.</summary>
    /// <param name="standardDeviation">Of the differences of one case; positive.</param>
    /// <param name="effect">Mean difference to detect, not 0.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <param name="power">Chance to find the effect, a probability in (alpha, 1).</param>
    /// <returns>The smallest number of cases, 2 or more, with that power; not estimable beyond 10¹².</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static Estimated<long> ForMean(double standardDeviation, double effect, double alpha = 0.05, double power = 0.8)
    {
        Guard.Positive(standardDeviation);
        Guard.Finite(effect);
        ArgumentOutOfRangeException.ThrowIfZero(effect);
        Guard.Probability(alpha);
        Guard.Probability(power);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(power, alpha);
        long low = 1, high = 2;
        while (Power(standardDeviation, effect, high, alpha) < power)
        {
            (low, high) = (high, high * 2);
            if (high > 1_000_000_000_000) return new NotEstimable("the effect is too small against the spread of the differences for any golden set");
        }
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            if (Power(standardDeviation, effect, middle, alpha) < power) low = middle; else high = middle;
        }
        return high;
    }

    /// <summary>Power of the two-sided paired t test, by the noncentral t distribution; both sides count.</summary>
    /// <param name="standardDeviation">Of the differences of one case; positive.</param>
    /// <param name="effect">Mean difference; finite.</param>
    /// <param name="cases">Number of cases; above 1, whole or not.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <returns>The chance to reject, in [alpha, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    /// <remarks>The convention of statsmodels' TTestPower.</remarks>
    public static double Power(double standardDeviation, double effect, double cases, double alpha)
    {
        Guard.Positive(standardDeviation);
        Guard.Finite(effect);
        Guard.Probability(alpha);
        if (!(cases > 1)) throw new ArgumentOutOfRangeException(nameof(cases), cases, "must be above 1");
        var noncentrality = Math.Abs(effect) / standardDeviation * Math.Sqrt(cases);
        var critical = StudentTDistribution.UpperQuantile(alpha / 2, cases - 1);
        return NoncentralT.UpperTail(critical, cases - 1, noncentrality) + NoncentralT.UpperTail(critical, cases - 1, -noncentrality);
    }
}
