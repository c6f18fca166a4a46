namespace Assay.Statistics;

/// <summary>All that a comparison of means needs to know of one arm: how many units, their mean and their variance.</summary>
public readonly record struct SampleMoments
{
    /// <param name="n">Number of units; 0 or more.</param>
    /// <param name="mean">Their mean; finite.</param>
    /// <param name="variance">Sample variance with n − 1 in the denominator; 0 when n is below 2; never negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">n is negative, mean is not finite, or variance is negative or not finite.</exception>
    public SampleMoments(long n, double mean, double variance)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        Guard.Finite(mean);
        Guard.NonNegative(variance);
        (N, Mean, Variance) = (n, mean, variance);
    }

    /// <summary>Number of units.</summary>
    public long N { get; }

    /// <summary>Mean over the units; 0 when there are none.</summary>
    public double Mean { get; }

    /// <summary>Sample variance, denominator n − 1; 0 when N is below 2.</summary>
    public double Variance { get; }

    /// <summary>Moments of values, one per unit, in one pass (Welford), so a large common offset costs no digits.</summary>
    /// <param name="values">Finite values in any order; may be empty.</param>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    /// <remarks>B. P. Welford, Technometrics 4 (1962) 419–420, doi:10.1080/00401706.1962.10490022.</remarks>
    public static SampleMoments FromValues(ReadOnlySpan<double> values)
    {
        double mean = 0, squares = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            if (!double.IsFinite(value)) throw new ArgumentException($"element {i} is {value}, not a finite number", nameof(values));
            var delta = value - mean;
            mean += delta / (i + 1);
            squares += delta * (value - mean);
        }
        return new SampleMoments(values.Length, mean, values.Length < 2 ? 0 : squares / (values.Length - 1));
    }

    /// <summary>Moments from sums, as a database returns them.</summary>
    /// <param name="n">Number of units; 0 or more.</param>
    /// <param name="sum">Σx; finite.</param>
    /// <param name="sumOfSquares">Σx²; finite.</param>
    /// <exception cref="ArgumentException">No data has these sums: Σx² is below (Σx)²/n by more than rounding explains.</exception>
    /// <remarks>Loses digits when the mean is large against the spread; what cannot be told from rounding is a variance of 0.</remarks>
    public static SampleMoments FromSums(long n, double sum, double sumOfSquares)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        Guard.Finite(sum);
        Guard.Finite(sumOfSquares);
        if (n == 0) return default;
        return new SampleMoments(n, sum / n, n < 2 ? 0 : SumsOfProducts.Squares(n, sum, sumOfSquares) / (n - 1));
    }

    /// <summary>Moments of the union of two disjoint samples, exactly as if they had been read together.</summary>
    /// <param name="other">The other sample.</param>
    /// <remarks>T. F. Chan, G. H. Golub, R. J. LeVeque, The American Statistician 37 (1983) 242–247, doi:10.1080/00031305.1983.10483115.</remarks>
    public SampleMoments Merge(SampleMoments other)
    {
        if (N == 0) return other;
        if (other.N == 0) return this;
        double n = N + other.N;
        var delta = other.Mean - Mean;
        var squares = Squares + other.Squares + delta * delta * N * (other.N / n);
        return new SampleMoments(N + other.N, Mean + delta * (other.N / n), squares / (n - 1));
    }

    private double Squares => N < 2 ? 0 : Variance * (N - 1);
}
