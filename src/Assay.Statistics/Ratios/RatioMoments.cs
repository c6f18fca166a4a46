namespace Assay.Statistics;

/// <summary>All that a ratio of sums needs to know of one arm: means, variances and covariance of numerator and denominator per unit.</summary>
public readonly record struct RatioMoments
{
    /// <param name="n">Number of units; 0 or more.</param>
    /// <param name="meanNumerator">Mean of the numerator per unit; finite.</param>
    /// <param name="meanDenominator">Mean of the denominator per unit; finite.</param>
    /// <param name="varianceNumerator">Sample variance, denominator n − 1.</param>
    /// <param name="varianceDenominator">The same for the denominator.</param>
    /// <param name="covariance">Sample covariance, denominator n − 1; at most the geometric mean of the variances in size.</param>
    /// <exception cref="ArgumentOutOfRangeException">n or a variance is negative, or a number is not finite.</exception>
    /// <exception cref="ArgumentException">The covariance is larger than its variances allow.</exception>
    public RatioMoments(
        long n, double meanNumerator, double meanDenominator, double varianceNumerator, double varianceDenominator, double covariance)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        Guard.Finite(meanNumerator);
        Guard.Finite(meanDenominator);
        Guard.NonNegative(varianceNumerator);
        Guard.NonNegative(varianceDenominator);
        Guard.Finite(covariance);
        var limit = Math.Sqrt(varianceNumerator) * Math.Sqrt(varianceDenominator);
        // Rounding of sums can leave a trace of covariance beside a variance of 0; its own scale is the means'.
        if (Math.Abs(covariance) > limit * (1 + 1e-6) + 1e-9 * Math.Abs(meanNumerator * meanDenominator))
            throw new ArgumentException($"a covariance of {covariance} is impossible with variances {varianceNumerator} and {varianceDenominator}", nameof(covariance));
        (N, MeanNumerator, MeanDenominator) = (n, meanNumerator, meanDenominator);
        (VarianceNumerator, VarianceDenominator, Covariance) = (varianceNumerator, varianceDenominator, Math.Clamp(covariance, -limit, limit));
    }

    public long N { get; }

    public double MeanNumerator { get; }

    public double MeanDenominator { get; }

    public double VarianceNumerator { get; }

    public double VarianceDenominator { get; }

    public double Covariance { get; }

    /// <summary>Moments of values, one pair per unit, in one pass.</summary>
    /// <param name="numerators">Finite values; may be empty.</param>
    /// <param name="denominators">As many; the same unit at the same place.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a value is NaN or infinite.</exception>
    public static RatioMoments FromValues(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators)
    {
        Guard.SameLength(denominators.Length, numerators.Length, nameof(denominators));
        SampleMoments numerator = SampleMoments.FromValues(numerators), denominator = SampleMoments.FromValues(denominators);
        double products = 0;
        for (var i = 0; i < numerators.Length; i++) products += (numerators[i] - numerator.Mean) * (denominators[i] - denominator.Mean);
        return new RatioMoments(
            numerators.Length, numerator.Mean, denominator.Mean, numerator.Variance, denominator.Variance,
            numerators.Length < 2 ? 0 : products / (numerators.Length - 1));
    }

    /// <summary>Moments from sums, as a database returns them.</summary>
    /// <param name="n">Number of units; 0 or more.</param>
    /// <param name="sumNumerator">Σy.</param>
    /// <param name="sumDenominator">Σx.</param>
    /// <param name="sumOfSquaresNumerator">Σy².</param>
    /// <param name="sumOfSquaresDenominator">Σx².</param>
    /// <param name="sumOfProducts">Σxy.</param>
    /// <exception cref="ArgumentException">No data has these sums, or one is not finite.</exception>
    public static RatioMoments FromSums(
        long n, double sumNumerator, double sumDenominator, double sumOfSquaresNumerator, double sumOfSquaresDenominator, double sumOfProducts)
    {
        var numerator = SampleMoments.FromSums(n, sumNumerator, sumOfSquaresNumerator);
        var denominator = SampleMoments.FromSums(n, sumDenominator, sumOfSquaresDenominator);
        Guard.Finite(sumOfProducts);
        return new RatioMoments(
            n, numerator.Mean, denominator.Mean, numerator.Variance, denominator.Variance,
            n < 2 ? 0 : SumsOfProducts.Products(n, sumNumerator, sumDenominator, sumOfProducts) / (n - 1));
    }

    /// <summary>Moments of the union of two disjoint samples, exactly as if they had been read together.</summary>
    /// <param name="other">The other sample.</param>
    public RatioMoments Merge(RatioMoments other)
    {
        if (N == 0) return other;
        if (other.N == 0) return this;
        var numerator = Numerator.Merge(other.Numerator);
        var denominator = Denominator.Merge(other.Denominator);
        double n = N + other.N;
        var products = Covariance * (N - 1) + other.Covariance * (other.N - 1)
            + (other.MeanNumerator - MeanNumerator) * (other.MeanDenominator - MeanDenominator) * N * (other.N / n);
        return new RatioMoments(
            N + other.N, numerator.Mean, denominator.Mean, numerator.Variance, denominator.Variance, products / (n - 1));
    }

    private SampleMoments Numerator => new(N, MeanNumerator, VarianceNumerator);

    private SampleMoments Denominator => new(N, MeanDenominator, VarianceDenominator);
}
