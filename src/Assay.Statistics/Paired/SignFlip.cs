namespace Assay.Statistics;

/// <summary>The exact sign-flip test of a mean paired difference, with the interval that belongs to it: for few cases.</summary>
public static class SignFlip
{
    /// <summary>Most pairs that are counted through.</summary>
    public const int MostPairs = 40;

    /// <summary>Counts through all 2ⁿ patterns of signs.</summary>
    /// <param name="differences">Treatment − control, one finite value per case; at most <see cref="MostPairs"/>.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <returns>Mean, two-sided p and interval; not estimable with fewer than 2 pairs or when all differ by the same amount.</returns>
    /// <exception cref="ArgumentException">A value is NaN or infinite, or there are too many.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    /// <remarks>Exact when the differences are symmetric about their centre. Fixed horizon. The interval is the set of shifts that the test
    /// does not reject; its ends are means of subsets (J. A. Hartigan, JASA 64 (1969) 1303–1317, doi:10.1080/01621459.1969.10501057).
    /// The test: R. A. Fisher, The Design of Experiments (1935), 21. Two sorted halves are counted against each other: O(2^(n/2)).</remarks>
    public static Estimated<SignFlipEstimate> Estimate(ReadOnlySpan<double> differences, double alpha)
    {
        Guard.Probability(alpha);
        if (differences.Length > MostPairs) throw new ArgumentException($"at most {MostPairs} pairs can be counted through; there are {differences.Length}", nameof(differences));
        var moments = SampleMoments.FromValues(differences);
        if (moments.N < 2) return new NotEstimable($"at least 2 pairs are needed; there are {moments.N}");
        if (moments.Variance == 0 && moments.Mean == 0) return new NotEstimable($"none of the {moments.N} pairs differs");
        var values = differences.ToArray();
        double upper = Above(values, 0), lower = Above(Negated(values), 0);
        var low = Limit(values, moments.Mean, alpha);
        var high = -Limit(Negated(values), -moments.Mean, alpha);
        return new SignFlipEstimate(moments.Mean, Math.Min(1, 2 * Math.Min(upper, lower)), new Interval(low, high), (int)moments.N);
    }

    private static double[] Negated(double[] values) => [.. values.Select(v => -v)];

    // The largest shift at which the test still rejects on the upper side; −∞ where no shift is rejected.
    private static double Limit(double[] values, double mean, double alpha)
    {
        var outside = values.Min() - 1 - Math.Abs(values.Min()) * 1e-6;
        if (Above(values, outside) > alpha / 2 * (1 + 1e-12)) return double.NegativeInfinity;
        double low = outside, high = mean;
        for (var i = 0; i < 60 && high - low > 1e-12 * Math.Max(1, Math.Abs(mean)); i++)
        {
            var middle = low + (high - low) / 2;
            if (Above(values, middle) > alpha / 2 * (1 + 1e-12)) high = middle; else low = middle;
        }
        return high;
    }

    // Share of sign patterns whose sum is at least the one seen, after the shift: those whose flipped items sum to 0 or less.
    private static double Above(double[] values, double shift)
    {
        double slack = 1e-10 * values.Sum(v => Math.Abs(v - shift));
        var half = values.Length / 2;
        double[] left = Sums(values.AsSpan(0, half), shift), right = Sums(values.AsSpan(half), shift);
        long hits = 0;
        var j = right.Length;
        foreach (var sum in left)
        {
            while (j > 0 && sum + right[j - 1] > slack) j--;
            hits += j;
        }
        return hits / Math.Pow(2, values.Length);
    }

    // Sums of all subsets, ascending: each item merges the list with itself moved by the item.
    private static double[] Sums(ReadOnlySpan<double> values, double shift)
    {
        double[] sums = [0];
        foreach (var value in values)
        {
            var step = value - shift;
            var merged = new double[sums.Length * 2];
            for (int i = 0, j = 0, k = 0; k < merged.Length; k++)
                merged[k] = j >= sums.Length || (i < sums.Length && sums[i] <= sums[j] + step) ? sums[i++] : sums[j++] + step;
            sums = merged;
        }
        return sums;
    }
}
