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
}
