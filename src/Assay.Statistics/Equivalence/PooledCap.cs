namespace Assay.Statistics;

/// <summary>Limits beyond which values count as outliers, from all arms together; freeze them at the first look.</summary>
/// <remarks>A cap per arm would cut the arm with the larger tail harder and can flip the sign of a difference.</remarks>
public readonly record struct PooledCap
{
    /// <param name="low">Lower limit; −∞ for none.</param>
    /// <param name="high">Upper limit, at least <paramref name="low"/>; +∞ for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is NaN, or high is below low.</exception>
    public PooledCap(double low, double high)
    {
        if (!(high >= low)) throw new ArgumentOutOfRangeException(nameof(high), high, "must be at least the lower limit");
        (Low, High) = (low, high);
    }

    /// <summary>Lower limit; −∞ when there is none.</summary>
    public double Low { get; }

    /// <summary>Upper limit; +∞ when there is none.</summary>
    public double High { get; }

    /// <summary>Limits at two quantiles of the pooled values of both arms.</summary>
    /// <param name="control">Finite values.</param>
    /// <param name="treatment">Finite values.</param>
    /// <param name="lowQuantile">In [0, 1); 0 for no lower limit.</param>
    /// <param name="highQuantile">In (lowQuantile, 1]; 1 for no upper limit.</param>
    /// <returns>The limits, interpolated between neighbouring values; not estimable without values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A quantile is outside its range.</exception>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    public static Estimated<PooledCap> FromValues(
        ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, double lowQuantile, double highQuantile)
    {
        if (!(lowQuantile >= 0 && lowQuantile < 1)) throw new ArgumentOutOfRangeException(nameof(lowQuantile), lowQuantile, "must lie in [0, 1)");
        if (!(highQuantile > lowQuantile && highQuantile <= 1)) throw new ArgumentOutOfRangeException(nameof(highQuantile), highQuantile, "must lie above the lower quantile, up to 1");
        double[] pooled = [.. control, .. treatment];
        _ = SampleMoments.FromValues(pooled);
        if (pooled.Length == 0) return new NotEstimable("there are no values to take a cap from");
        Array.Sort(pooled);
        return new PooledCap(
            lowQuantile == 0 ? double.NegativeInfinity : At(pooled, lowQuantile), highQuantile == 1 ? double.PositiveInfinity : At(pooled, highQuantile));
    }

    private static double At(double[] sorted, double quantile)
    {
        var position = quantile * (sorted.Length - 1);
        var index = (int)position;
        return index + 1 >= sorted.Length ? sorted[^1] : sorted[index] + (position - index) * (sorted[index + 1] - sorted[index]);
    }
}
