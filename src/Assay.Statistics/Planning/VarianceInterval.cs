using MathNet.Numerics.Distributions;

namespace Assay.Statistics;

/// <summary>How well a pilot knows the variance it is asked for, and so the size that is planned from it: sizes are proportional to the variance.</summary>
public static class VarianceInterval
{
    /// <summary>Interval of the variance of values that need not be normal.</summary>
    /// <param name="values">The pilot's units; finite.</param>
    /// <param name="alpha">Level 1 − alpha; a probability in (0, 1).</param>
    /// <returns>The interval; not estimable below 10 values, or when all are equal.</returns>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1).</exception>
    /// <remarks>exp(ln(c s²) ± z c √((κ − (n − 3)/n)/(n − 1))), c = n/(n − z), κ = n Σ(x − m)⁴/(Σ(x − mean)²)², m the mean trimmed by 1/(2√(n − 4)) at each end.
    /// D. G. Bonett, Computational Statistics &amp; Data Analysis 50 (2006) 775–782, doi:10.1016/j.csda.2004.10.003.</remarks>
    public static Estimated<Interval> Of(ReadOnlySpan<double> values, double alpha = 0.05)
    {
        Guard.Probability(alpha);
        var moments = SampleMoments.FromValues(values);
        double n = values.Length, z = StandardNormal.Critical(alpha);
        if (n < 10 || n <= z) return new NotEstimable($"at least 10 values are needed to say how well their variance is known; there are {values.Length}");
        if (moments.Variance == 0) return new NotEstimable("all values are equal");
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var cut = (int)(n / (2 * Math.Sqrt(n - 4)));
        var middle = sorted.AsSpan(cut, sorted.Length - 2 * cut);
        double centre = SampleMoments.FromValues(middle).Mean, fourth = 0;
        foreach (var value in values)
        {
            var square = (value - centre) / moments.Variance * (value - centre);
            fourth += square * square;
        }
        var kurtosis = n * fourth / ((n - 1) * (n - 1));
        return OfMoments(values.Length, moments.Variance, kurtosis, alpha);
    }

    /// <summary>The same from the values' moments.</summary>
    /// <param name="n">Number of values.</param>
    /// <param name="variance">With n − 1; positive.</param>
    /// <param name="kurtosis">Fourth central moment over the squared variance: 3 of a normal distribution; 1 or more.</param>
    /// <param name="alpha">Level 1 − alpha; a probability in (0, 1).</param>
    /// <returns>The interval; not estimable below 10 values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static Estimated<Interval> OfMoments(long n, double variance, double kurtosis, double alpha = 0.05)
    {
        Guard.Positive(variance);
        Guard.Positive(kurtosis);
        var z = StandardNormal.Critical(alpha);
        if (n < 10 || n <= z) return new NotEstimable($"at least 10 values are needed to say how well their variance is known; there are {n}");
        double c = n / (n - z), half = z * c * Math.Sqrt(Math.Max(0, kurtosis - (n - 3.0) / n) / (n - 1));
        return new Interval(c * variance * Math.Exp(-half), c * variance * Math.Exp(half));
    }

    /// <summary>Of what one unit contributes to a quantile (<see cref="UnitVariance.OfQuantile(QuantileMoments)"/>), which rests on the pilot's order-statistic interval.</summary>
    /// <param name="pilot">The pilot's quantile and its interval.</param>
    /// <param name="alpha">Level 1 − alpha; a probability in (0, 1).</param>
    /// <returns>The interval; not estimable where the variance is not, or when the interval holds fewer than 3 units' values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1).</exception>
    /// <remarks>The probability between two order statistics m ranks apart has a beta distribution with m and n − m + 1, whatever the values' distribution, so the
    /// density, m / n over their distance, is off by the factor of that beta variable to its mean. n is the pilot's units: of events that are alike within units it asks for no more than
    /// independence between units. H. A. David, H. N. Nagaraja, Order Statistics, 3rd edition, Wiley 2003, section 2.3.</remarks>
    public static Estimated<Interval> OfQuantile(QuantileMoments pilot, double alpha = 0.05)
    {
        Guard.Probability(alpha);
        var variance = UnitVariance.OfQuantile(pilot);
        if (!variance.IsEstimable) return new NotEstimable(variance.Reason!);
        double n = pilot.Units, q = pilot.Quantile, ranks = 2 * pilot.IntervalZ * Math.Sqrt(n * q * (1 - q));
        if (ranks < 3) return new NotEstimable($"the pilot's interval of the quantile holds too few of its {pilot.Units} units to say how well it is known");
        double a = Math.Min(ranks, n - 1), b = n - a + 1, mean = a / (a + b);
        double low = Beta.InvCDF(a, b, alpha / 2) / mean, high = Beta.InvCDF(a, b, 1 - alpha / 2) / mean;
        return new Interval(variance.Value / (high * high), variance.Value / (low * low));
    }
}
