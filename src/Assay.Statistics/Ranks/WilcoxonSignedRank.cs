namespace Assay.Statistics;

/// <summary>Wilcoxon signed-rank test: the same items under both variants, differences symmetric about their centre.</summary>
public static class WilcoxonSignedRank
{
    /// <summary>The most pairs for which <see cref="SignedRankTest.ExactPValue"/> is given.</summary>
    public const int ExactUpTo = 60;

    private const int PseudoMedianUpTo = 5000;

    /// <summary>Tests whether the differences, treatment − control, are centred at 0.</summary>
    /// <param name="control">One finite value per item.</param>
    /// <param name="treatment">As many, the same item at the same place.</param>
    /// <param name="alternative">Two-sided unless said otherwise.</param>
    /// <returns>The test; not estimable when no pair differs.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a value is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The alternative is unknown.</exception>
    /// <remarks>Fixed horizon; O(n log n), the pseudo-median O(n²). F. Wilcoxon, Biometrics Bulletin 1 (1945) 80–83, doi:10.2307/3001968;
    /// J. L. Hodges, E. L. Lehmann, The Annals of Mathematical Statistics 34 (1963) 598–611, doi:10.1214/aoms/1177704172.</remarks>
    public static Estimated<SignedRankTest> Compare(
        ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, Alternative alternative = Alternative.TwoSided)
    {
        Guard.SameLength(treatment.Length, control.Length, nameof(treatment));
        var differences = new List<double>(control.Length);
        for (var i = 0; i < control.Length; i++)
        {
            if (!double.IsFinite(control[i]) || !double.IsFinite(treatment[i]))
                throw new ArgumentException($"pair {i} is not of two finite numbers", nameof(treatment));
            if (treatment[i] != control[i]) differences.Add(treatment[i] - control[i]);
        }
        if (differences.Count == 0) return new NotEstimable($"no pair of {control.Length} differs");

        var (ranks, ties) = MidRanks.Of([.. differences.Select(Math.Abs)], nameof(treatment));
        double n = differences.Count, positive = 0;
        for (var i = 0; i < ranks.Length; i++)
            if (differences[i] > 0) positive += ranks[i];
        double gap = positive - n * (n + 1) / 4, deviation = Math.Sqrt(n * (n + 1) * (2 * n + 1) / 24 - ties / 48);
        var p = alternative switch
        {
            Alternative.TwoSided => StandardNormal.TwoSidedTail(Math.Max(0, Math.Abs(gap) - 0.5) / deviation),
            Alternative.Greater => StandardNormal.UpperTail((gap - 0.5) / deviation),
            Alternative.Less => StandardNormal.UpperTail((-gap - 0.5) / deviation),
            _ => throw new ArgumentOutOfRangeException(nameof(alternative), alternative, "unknown alternative"),
        };
        return new SignedRankTest(
            positive, differences.Count, p, Exact(differences.Count, control.Length, positive, ties, alternative), PseudoMedian(differences));
    }

    private static Estimated<double> Exact(int pairs, int all, double positive, double ties, Alternative alternative)
    {
        if (pairs < all) return new NotEstimable("equal pairs were left out; the normal approximation serves");
        if (ties > 0) return new NotEstimable("differences of equal size have no exact distribution here; the normal approximation corrects for them");
        if (pairs > ExactUpTo) return new NotEstimable($"above {ExactUpTo} pairs the normal approximation serves");
        // Each rank is added or not, with probability ½.
        var mass = new double[pairs * (pairs + 1) / 2 + 1];
        mass[0] = 1;
        for (var rank = 1; rank <= pairs; rank++)
            for (var sum = mass.Length - 1; sum >= 0; sum--)
                mass[sum] = (mass[sum] + (sum >= rank ? mass[sum - rank] : 0)) / 2;
        var at = (int)Math.Round(positive);
        double lower = Sum(mass.AsSpan(0, at + 1)), upper = Sum(mass.AsSpan(0, mass.Length - at));
        return alternative switch
        {
            Alternative.TwoSided => Math.Min(1, 2 * Math.Min(lower, upper)),
            Alternative.Greater => upper,
            _ => lower,
        };
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (var value in values) sum += value;
        return sum;
    }

    private static Estimated<double> PseudoMedian(List<double> differences)
    {
        var n = differences.Count;
        if (n > PseudoMedianUpTo) return new NotEstimable($"above {PseudoMedianUpTo} pairs the means of all two take too long");
        var means = new double[n * (n + 1) / 2];
        var next = 0;
        for (var i = 0; i < n; i++)
            for (var j = i; j < n; j++) means[next++] = differences[i] / 2 + differences[j] / 2;
        Array.Sort(means);
        var middle = means.Length / 2;
        return means.Length % 2 == 1 ? means[middle] : means[middle - 1] / 2 + means[middle] / 2;
    }
}
