using MathNet.Numerics.Distributions;

namespace Assay.Statistics;

/// <summary>Intraclass correlation and design effect of clustered values.</summary>
public static class DesignEffect
{
    /// <summary>Estimates both from the values of one arm (with two arms, subtract each arm's mean first or the effect counts as likeness).</summary>
    /// <param name="values">Finite values, in any order.</param>
    /// <param name="clusters">As many ids: equal for values of one cluster.</param>
    /// <param name="alpha">Level of the interval, a probability in (0, 1).</param>
    /// <returns>The correlation; not estimable with fewer than 2 clusters, without a cluster of 2 values, or without variance.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a value is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    /// <remarks>One-way analysis of variance with the average size n₀ = (N − Σn²/N)/(G − 1). A. Donner, International Statistical Review 54
    /// (1986) 67–82, doi:10.2307/1403259; design effect by L. Kish, Survey Sampling (1965), 8.2.</remarks>
    public static Estimated<ClusterCorrelation> Estimate(ReadOnlySpan<double> values, ReadOnlySpan<long> clusters, double alpha)
    {
        Guard.Probability(alpha);
        Guard.SameLength(clusters.Length, values.Length, nameof(clusters));
        var all = SampleMoments.FromValues(values);
        var totals = ClusterTotals.Of(values, new bool[values.Length], clusters);
        double[] sizes = totals.ControlN, sums = totals.ControlSum;
        int count = sizes.Length;
        double n = values.Length;
        if (count < 2) return new NotEstimable($"at least 2 clusters are needed; there are {count}");
        if (n == count) return new NotEstimable("every cluster has a single value, so likeness within clusters cannot be seen");
        if (all.Variance == 0) return new NotEstimable("all values are equal");

        double between = 0, sumOfSquares = 0;
        for (var g = 0; g < count; g++)
        {
            var gap = sums[g] / sizes[g] - all.Mean;
            between += sizes[g] * gap * gap;
            sumOfSquares += sizes[g] * sizes[g];
        }
        return Conclude(values.Length, count, sumOfSquares, between, all.Variance * (n - 1), alpha);
    }

    /// <summary>The same from sums over the clusters, of values that have been centred (each at its arm's mean).</summary>
    /// <param name="values">Number of values, N.</param>
    /// <param name="clusters">Number of clusters, G.</param>
    /// <param name="squaredSizes">Σ n² over clusters; between N and N².</param>
    /// <param name="between">Σ (Σ values)² / n over clusters.</param>
    /// <param name="total">Σ values²; at least <paramref name="between"/> but for rounding.</param>
    /// <param name="alpha">Level of the interval, a probability in (0, 1).</param>
    /// <returns>As of the values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN, or a sum is negative or not finite.</exception>
    public static Estimated<ClusterCorrelation> FromSums(long values, int clusters, double squaredSizes, double between, double total, double alpha)
    {
        Guard.Probability(alpha);
        Guard.NonNegative(squaredSizes);
        Guard.NonNegative(between);
        Guard.NonNegative(total);
        if (clusters < 2) return new NotEstimable($"at least 2 clusters are needed; there are {clusters}");
        if (values == clusters) return new NotEstimable("every cluster has a single value, so likeness within clusters cannot be seen");
        if (total == 0) return new NotEstimable("all values are equal");
        return Conclude(values, clusters, squaredSizes, between, total, alpha);
    }

    private static ClusterCorrelation Conclude(long values, int clusters, double squaredSizes, double between, double total, double alpha)
    {
        double n = values, count = clusters;
        var within = Math.Max(0, total - between);
        double averageSize = (n - squaredSizes / n) / (count - 1);
        double meanBetween = between / (count - 1), meanWithin = within / (n - count);
        var correlation = (meanBetween - meanWithin) / (meanBetween + (averageSize - 1) * meanWithin);
        var designEffect = Math.Max(1, 1 + (squaredSizes / n - 1) * correlation);
        return new ClusterCorrelation(
            correlation, Interval(meanBetween, meanWithin, count - 1, n - count, averageSize, alpha), designEffect, n / designEffect, values, clusters);
    }

    private static Interval Interval(double between, double within, double dfBetween, double dfWithin, double size, double alpha)
    {
        if (within == 0) return new Interval(1, 1);
        var f = between / within;
        return new Interval(Bound(f / FisherSnedecor.InvCDF(dfBetween, dfWithin, 1 - alpha / 2)), Bound(f / FisherSnedecor.InvCDF(dfBetween, dfWithin, alpha / 2)));

        double Bound(double ratio) => double.IsInfinity(ratio) ? 1 : (ratio - 1) / (ratio + size - 1);
    }
}
