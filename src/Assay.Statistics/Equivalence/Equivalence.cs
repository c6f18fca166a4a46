namespace Assay.Statistics;

/// <summary>Equivalence by two one-sided tests (TOST): "not significant" never shows that nothing changed, this does.</summary>
/// <remarks>Fixed horizon. D. J. Schuirmann, Journal of Pharmacokinetics and Biopharmaceutics 15 (1987) 657–680, doi:10.1007/BF01068419.</remarks>
public static class Equivalence
{
    /// <summary>Tests whether any difference with a standard error lies between two margins.</summary>
    /// <param name="difference">Treatment − control; finite.</param>
    /// <param name="standardError">Positive.</param>
    /// <param name="degreesOfFreedom">Positive; infinite for the normal distribution.</param>
    /// <param name="low">Lower margin; finite.</param>
    /// <param name="high">Upper margin, above <paramref name="low"/>.</param>
    /// <param name="alpha">Level of each one-sided test and of the whole, a probability in (0, ½).</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static EquivalenceTest Test(double difference, double standardError, double degreesOfFreedom, double low, double high, double alpha)
    {
        Guard.Finite(difference);
        Guard.Positive(standardError);
        if (!(degreesOfFreedom > 0)) throw new ArgumentOutOfRangeException(nameof(degreesOfFreedom), degreesOfFreedom, "must be positive");
        Guard.Finite(low);
        Guard.Finite(high);
        if (!(high > low)) throw new ArgumentOutOfRangeException(nameof(high), high, "the upper margin must lie above the lower one");
        Guard.Probability(2 * alpha, nameof(alpha));
        var lower = Tails.PValue((difference - low) / standardError, degreesOfFreedom, Alternative.Greater);
        var upper = Tails.PValue((difference - high) / standardError, degreesOfFreedom, Alternative.Less);
        var p = Math.Max(lower, upper);
        return new EquivalenceTest(
            lower, upper, p, Tails.Interval(difference, standardError, degreesOfFreedom, 2 * alpha, Alternative.TwoSided), p <= alpha);
    }

    /// <summary>Tests whether two means differ by less than the margins (Welch).</summary>
    /// <param name="control">Moments of the control.</param>
    /// <param name="treatment">Moments of the treatment.</param>
    /// <param name="low">Lower margin; finite.</param>
    /// <param name="high">Upper margin, above <paramref name="low"/>.</param>
    /// <param name="alpha">Level of the test, a probability in (0, ½).</param>
    /// <returns>The test; not estimable with fewer than 2 units in an arm or without variance.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static Estimated<EquivalenceTest> Means(SampleMoments control, SampleMoments treatment, double low, double high, double alpha)
    {
        var welch = WelchT.Compare(control, treatment, alpha);
        if (!welch.IsEstimable) return new NotEstimable(welch.Reason!);
        return Test(welch.Value.Difference, welch.Value.StandardError, welch.Value.DegreesOfFreedom, low, high, alpha);
    }

    /// <summary>Tests whether two proportions differ by less than the margins (score tests at the margins).</summary>
    /// <param name="control">Successes and trials of the control.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="low">Lower margin, in (−1, 1).</param>
    /// <param name="high">Upper margin, in (−1, 1), above <paramref name="low"/>.</param>
    /// <param name="alpha">Level of the test, a probability in (0, ½).</param>
    /// <returns>The test with Newcombe's interval; not estimable without trials.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static Estimated<EquivalenceTest> Proportions(Proportion control, Proportion treatment, double low, double high, double alpha)
    {
        Guard.Probability(2 * alpha, nameof(alpha));
        if (!(high > low)) throw new ArgumentOutOfRangeException(nameof(high), high, "the upper margin must lie above the lower one");
        Estimated<double> above = MarginScore.Z(control, treatment, low), below = MarginScore.Z(control, treatment, high);
        if (!above.IsEstimable) return new NotEstimable(above.Reason!);
        if (!below.IsEstimable) return new NotEstimable(below.Reason!);
        double lower = StandardNormal.UpperTail(above.Value), upper = StandardNormal.UpperTail(-below.Value), p = Math.Max(lower, upper);
        return new EquivalenceTest(lower, upper, p, TwoProportions.NewcombeInterval(control, treatment, 2 * alpha), p <= alpha);
    }
}
