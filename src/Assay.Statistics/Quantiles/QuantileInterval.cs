namespace Assay.Statistics;

/// <summary>A sample quantile with an interval by order statistics that knows that events of one unit are not independent.</summary>
public static class QuantileInterval
{
    /// <summary>Products such as .95 · 20 come out a hair above their whole number; ranks are taken this much below.</summary>
    public const double RankSlack = 1e-9;

    /// <summary>The quantile of one arm's events.</summary>
    /// <param name="values">One value per event, any order; +∞ for a failure; not NaN.</param>
    /// <param name="clusterIds">The unit of each event, as many; any numbers, equal for the same unit.</param>
    /// <param name="quantile">In (0, 1).</param>
    /// <param name="alpha">Two-sided significance level of the interval, a probability in (0, 1).</param>
    /// <returns>The moments; not estimable with fewer than 2 units, when the interval would reach beyond the smallest or largest value,
    /// or when the quantile itself is infinite. An upper end of +∞ is given as such.</returns>
    /// <exception cref="ArgumentOutOfRangeException">quantile or alpha is outside (0, 1).</exception>
    /// <exception cref="ArgumentException">Lengths differ, or a value is NaN.</exception>
    /// <remarks>
    /// With N events in J units, unit j having n_j of them, and x_(1) ≤ … ≤ x_(N):
    /// rank(p) = clamp(⌈N·p − 1e-9⌉, 1, N), the inverse of the empirical distribution (type 1); estimate q = x_(rank(p));
    /// k_j = number of unit j's events ≤ q; F = Σk_j / N; e_j = k_j − F·n_j;
    /// SE(F) = √(J / (J − 1) · Σe_j²) / N, the ratio delta method; the interval is x_(rank(p − z·SE)) to x_(rank(p + z·SE)),
    /// z = Φ⁻¹(1 − alpha/2). Time O(N log N).
    /// R. S. Woodruff, JASA 47 (1952) 635–646, doi:10.1080/01621459.1952.10483443; A. Deng, U. Knoblich, J. Lu, KDD 2018, 233–242,
    /// doi:10.1145/3219819.3219919.
    /// </remarks>
    public static Estimated<QuantileMoments> FromValues(
        ReadOnlySpan<double> values, ReadOnlySpan<long> clusterIds, double quantile, double alpha)
    {
        Guard.SameLength(clusterIds.Length, values.Length, nameof(clusterIds));
        Guard.Probability(quantile);
        var critical = StandardNormal.Critical(alpha);
        var sorted = values.ToArray();
        foreach (var value in sorted)
            if (double.IsNaN(value)) throw new ArgumentException("a value is NaN", nameof(values));
        Array.Sort(sorted);

        if (sorted.Length == 0) return new NotEstimable("there are no events");
        var estimate = sorted[Rank(sorted.Length, quantile) - 1];
        if (double.IsInfinity(estimate)) return new NotEstimable(QuantileDifference.FailedQuantile);
        var (units, residuals) = Residuals(values, clusterIds, estimate);
        return Conclude(sorted.Length, units, residuals, quantile, critical, rank => sorted[rank - 1]);
    }

    /// <summary>The rank of the quantile among n sorted values, 1 to n.</summary>
    /// <param name="n">Number of values; at least 1.</param>
    /// <param name="probability">Any number; clamped to the first and last rank.</param>
    public static long Rank(long n, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        return (long)Math.Clamp(Math.Ceiling(n * probability - RankSlack), 1, n);
    }

    private static (long Units, double Residuals) Residuals(ReadOnlySpan<double> values, ReadOnlySpan<long> clusterIds, double estimate)
    {
        var counts = new Dictionary<long, (long All, long Below)>();
        long below = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var inside = values[i] <= estimate ? 1 : 0;
            below += inside;
            counts.TryGetValue(clusterIds[i], out var count);
            counts[clusterIds[i]] = (count.All + 1, count.Below + inside);
        }
        var share = (double)below / values.Length;
        double residuals = 0;
        foreach (var (all, inside) in counts.Values) residuals += (inside - share * all) * (inside - share * all);
        return (counts.Count, residuals);
    }

    private static Estimated<QuantileMoments> Conclude(
        long events, long units, double residuals, double quantile, double critical, Func<long, double> ordered)
    {
        if (units < 2) return new NotEstimable($"the error between units needs at least 2 units; there are {units}");
        var standardError = Math.Sqrt((double)units / (units - 1) * residuals) / events;
        if (standardError == 0)
            return new NotEstimable("no unit has a value on the other side of the quantile in other proportion than the rest; there are too few values, or too many ties, for an interval");
        double low = quantile - critical * standardError, high = quantile + critical * standardError;
        if (low <= 0 || high >= 1)
            return new NotEstimable($"too few units for this quantile: its interval would reach beyond the {(high >= 1 ? "largest" : "smallest")} value");
        return new QuantileMoments(
            quantile, events, units, ordered(Rank(events, quantile)), ordered(Rank(events, low)), ordered(Rank(events, high)), critical);
    }
}
