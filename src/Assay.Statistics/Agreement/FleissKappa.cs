namespace Assay.Statistics;

/// <summary>Fleiss' kappa: agreement of several raters who may differ from item to item, as many for each.</summary>
public static class FleissKappa
{
    /// <summary>Estimates kappa with an error from leaving out items.</summary>
    /// <param name="counts">A row per item: how many raters chose each category. Rows have equal sums of 2 or more.</param>
    /// <param name="alpha">Level of the interval, a probability in (0, 1).</param>
    /// <returns>The estimate; not estimable with fewer than 2 items or when only one category was used (<see cref="RaterAgreement"/> is then all the same).</returns>
    /// <exception cref="ArgumentException">Rows differ in length or in their number of raters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or alpha is outside (0, 1).</exception>
    /// <remarks>J. L. Fleiss, Psychological Bulletin 76 (1971) 378–382, doi:10.1037/h0031619. His error holds at kappa 0 only; this one does not.</remarks>
    public static Estimated<AgreementEstimate> Estimate(IReadOnlyList<int[]> counts, double alpha)
    {
        ArgumentNullException.ThrowIfNull(counts);
        Guard.Probability(alpha);
        if (counts.Count < 2) return new NotEstimable($"at least 2 items are needed; there are {counts.Count}");
        var raters = RaterAgreement.Raters(counts);
        if (Coefficient(counts, raters, _ => true) is not { } all) return new NotEstimable("all raters use one category only, so chance alone gives full agreement");
        var (error, degreesOfFreedom) = all.Kappa > 1 - 1e-12 ? (0, 1) : ItemJackknife.Error(counts.Count, keep => Coefficient(counts, raters, keep)?.Kappa);
        return AgreementEstimate.Of(all.Kappa, error, degreesOfFreedom, all.Observed, counts.Count, alpha);
    }

    private static (double Kappa, double Observed)? Coefficient(IReadOnlyList<int[]> counts, int raters, Func<int, bool> keep)
    {
        var shares = new double[counts[0].Length];
        double observed = 0, items = 0;
        for (var i = 0; i < counts.Count; i++)
        {
            if (!keep(i)) continue;
            items++;
            for (var c = 0; c < shares.Length; c++)
            {
                shares[c] += counts[i][c];
                observed += counts[i][c] * (counts[i][c] - 1.0) / (raters * (raters - 1.0));
            }
        }
        observed /= items;
        var expected = shares.Sum(s => s / (items * raters) * (s / (items * raters)));
        return 1 - expected < 1e-12 ? null : ((observed - expected) / (1 - expected), observed);
    }
}
