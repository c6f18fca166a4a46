namespace Assay.Statistics;

/// <summary>Intervals for a quantile of independent values that are exact at any sample size and hold at all times at once.</summary>
/// <remarks>
/// If Q is the quantile, the number of values up to it is binomial with the quantile's level; the ranks that a Beta mixture around that level does not
/// refute bound Q. Ties do no harm (they could be broken at random without changing the interval). One value per unit, or units of one event:
/// values that come in clusters are not independent, and this interval is then too narrow.
/// S. R. Howard, A. Ramdas, Bernoulli 28 (2022) 1704–1728, doi:10.3150/21-BEJ1388, with the Beta-binomial mixture.
/// </remarks>
public static class QuantileConfidenceSequence
{
    /// <summary>Which order statistics bound the quantile.</summary>
    /// <param name="n">Values so far; 0 or more.</param>
    /// <param name="quantile">Level of the quantile, in (0, 1).</param>
    /// <param name="alpha">Over all times and both sides; a probability in (0, 1).</param>
    /// <param name="tunedFor">The number of values at which the interval should be narrowest; positive; fixed before data.</param>
    /// <returns>Ranks from 1; 0 below and n + 1 above mean that there are not yet enough values for a bound on that side.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static (long Low, long High) Ranks(long n, double quantile, double alpha, double tunedFor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        Guard.Probability(quantile);
        Guard.Probability(alpha);
        Guard.Positive(tunedFor);
        // The prior's variance is to the value's as the mixing variance of a mean's sequence is to the mean's.
        var concentration = 1 / AsymptoticConfidenceSequence.Mixing(alpha, tunedFor, Alternative.TwoSided);
        double[] shares = [quantile, 1 - quantile], priors = [concentration * quantile, concentration * (1 - quantile)];
        var limit = -Math.Log(alpha);
        var middle = Math.Clamp((long)Math.Round(n * quantile), 0, n);
        // Smallest and largest count that are not refuted; the evidence is convex in the count.
        long low = middle, high = middle, refutedBelow = -1, refutedAbove = n + 1;
        while (low - refutedBelow > 1)
        {
            var count = refutedBelow + (low - refutedBelow) / 2;
            if (Refuted(count)) refutedBelow = count; else low = count;
        }
        while (refutedAbove - high > 1)
        {
            var count = high + (refutedAbove - high) / 2;
            if (Refuted(count)) refutedAbove = count; else high = count;
        }
        return (low, high + 1);

        bool Refuted(long count) => DirichletMultinomial.LogBayesFactor([count, n - count], shares, priors) >= limit;
    }

    /// <summary>The interval of one sample's quantile.</summary>
    /// <param name="sorted">The values so far, ascending; +∞ for failures; no NaN.</param>
    /// <param name="quantile">Level of the quantile, in (0, 1).</param>
    /// <param name="alpha">Over all times and both sides; a probability in (0, 1).</param>
    /// <param name="tunedFor">The number of values at which the interval should be narrowest; positive; fixed before data.</param>
    /// <returns>An end is infinite while there are too few values for it, or where it falls on failures.</returns>
    /// <exception cref="ArgumentException">The values are not ascending.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static Interval Of(ReadOnlySpan<double> sorted, double quantile, double alpha, double tunedFor)
    {
        var (low, high) = Ranks(sorted.Length, quantile, alpha, tunedFor);
        for (var i = 0; i < sorted.Length; i++)
            if (double.IsNaN(sorted[i]) || (i > 0 && sorted[i] < sorted[i - 1])) throw new ArgumentException($"element {i} is not a number or out of order", nameof(sorted));
        return new(low < 1 ? double.NegativeInfinity : sorted[(int)low - 1], high > sorted.Length ? double.PositiveInfinity : sorted[(int)high - 1]);
    }

    /// <summary>The interval of the difference of two samples' quantiles, treatment minus control: each arm's own at half of alpha.</summary>
    /// <param name="control">The control's values so far, ascending; +∞ for failures; no NaN.</param>
    /// <param name="treatment">The treatment's.</param>
    /// <param name="quantile">Level of the quantile, in (0, 1).</param>
    /// <param name="alpha">Over all times and both sides; a probability in (0, 1).</param>
    /// <param name="tunedFor">The number of values of one arm at which the interval should be narrowest; positive; fixed before data.</param>
    /// <returns>The interval; not estimable when neither side is bounded.</returns>
    /// <exception cref="ArgumentException">Values are not ascending.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static Estimated<Interval> Difference(
        ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, double quantile, double alpha, double tunedFor)
    {
        Guard.Probability(alpha);
        Interval c = Of(control, quantile, alpha / 2, tunedFor), t = Of(treatment, quantile, alpha / 2, tunedFor);
        var low = double.IsFinite(t.Low) && double.IsFinite(c.High) ? t.Low - c.High : double.NegativeInfinity;
        var high = double.IsFinite(t.High) && double.IsFinite(c.Low) ? t.High - c.Low : double.PositiveInfinity;
        return double.IsFinite(low) || double.IsFinite(high) ? new Interval(low, high)
            : new NotEstimable("too few values, or too many failures, for a bound on either side");
    }
}
