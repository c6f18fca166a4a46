namespace Assay.Statistics;

/// <summary>How often raters agree, chance included: the mean over items of the share of pairs of ratings that agree.</summary>
public static class RaterAgreement
{
    /// <summary>Estimates the agreement of several raters, also where all of them use one category and kappa is not estimable.</summary>
    /// <param name="counts">A row per item: how many raters chose each category. Rows have equal sums of 2 or more.</param>
    /// <param name="alpha">Level of the interval, a probability in (0, 1).</param>
    /// <returns>The agreement; not estimable without items.</returns>
    /// <exception cref="ArgumentException">Rows differ in length or in their number of raters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or alpha is outside (0, 1).</exception>
    /// <remarks>Wilson's interval at the effective number of trials p(1 − p) / (error of the mean over items)², from the number of items up to
    /// that of pairs of ratings: for two raters it is Wilson's of the items. At full agreement, or where items do not differ, it is the number of
    /// items. L. Kish, Survey Sampling, Wiley 1965; E. B. Wilson (1927), doi:10.1080/01621459.1927.10502953.</remarks>
    public static Estimated<RaterAgreementEstimate> Estimate(IReadOnlyList<int[]> counts, double alpha)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var critical = StandardNormal.Critical(alpha);
        if (counts.Count == 0) return new NotEstimable("there are no items");
        double items = counts.Count, raters = Raters(counts), pairs = raters * (raters - 1) / 2;
        double[] agreeing = [.. counts.Select(row => row.Sum(c => c * (c - 1.0) / 2))];
        // Sums of whole numbers, so that full agreement is 1 exactly.
        var share = agreeing.Sum() / (items * pairs);
        var variance = agreeing.Sum(a => (a / pairs - share) * (a / pairs - share)) / items;
        var trials = variance > 1e-12 ? Math.Clamp(items * share * (1 - share) / variance, items, items * pairs) : items;
        return new RaterAgreementEstimate(share, Wilson.Interval(share, trials, critical), counts.Count);
    }

    /// <summary>The number of raters of each item; throws when rows are not those of equally many.</summary>
    internal static int Raters(IReadOnlyList<int[]> counts)
    {
        var raters = counts[0].Sum();
        for (var i = 0; i < counts.Count; i++)
        {
            Guard.SameLength(counts[i].Length, counts[0].Length, nameof(counts));
            if (counts[i].Any(c => c < 0)) throw new ArgumentOutOfRangeException(nameof(counts), $"item {i} has a negative count");
            if (counts[i].Sum() != raters || raters < 2)
                throw new ArgumentException($"each item needs the same number of raters, 2 or more; item {i} has {counts[i].Sum()}, item 0 has {raters}: use Krippendorff's alpha for gaps", nameof(counts));
        }
        return raters;
    }
}
