namespace Assay.Statistics;

/// <summary>Mann–Whitney (Wilcoxon rank sum) test: does one arm tend to larger values? It says nothing about means.</summary>
public static class MannWhitney
{
    /// <summary>The most units in an arm for which <see cref="MannWhitneyTest.ExactPValue"/> is given.</summary>
    public const int ExactUpTo = 50;

    /// <summary>Compares two independent samples by their ranks.</summary>
    /// <param name="control">One finite value per unit, in any order.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="alpha">Significance level of the interval, a probability in (0, 1).</param>
    /// <param name="alternative">Two-sided unless said otherwise; Greater means that the treatment tends to larger values.</param>
    /// <returns>The test; not estimable when an arm is empty or all values are equal.</returns>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN, or the alternative is unknown.</exception>
    /// <remarks>Fixed horizon; O(n log n). H. B. Mann, D. R. Whitney, The Annals of Mathematical Statistics 18 (1947) 50–60,
    /// doi:10.1214/aoms/1177730491; interval from the placements' variance, E. R. DeLong et al., Biometrics 44 (1988) 837–845,
    /// doi:10.2307/2531595, on the logit scale so that it stays inside (0, 1).</remarks>
    public static Estimated<MannWhitneyTest> Compare(
        ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, double alpha, Alternative alternative = Alternative.TwoSided)
    {
        Guard.Probability(alpha);
        double nc = control.Length, nt = treatment.Length, n = nc + nt;
        var (ranks, ties) = MidRanks.Of([.. control, .. treatment], nameof(control));
        if (nc == 0 || nt == 0) return new NotEstimable($"each arm needs at least 1 unit; there are {nc} and {nt}");
        double rankSum = 0;
        for (var i = control.Length; i < ranks.Length; i++) rankSum += ranks[i];
        var u = rankSum - nt * (nt + 1) / 2;
        var variance = nc * nt / 12 * (n + 1 - ties / (n * (n - 1)));
        if (!(variance > 1e-12 * nc * nt)) return new NotEstimable("all values are equal, so there is nothing to rank");

        double gap = u - nc * nt / 2, deviation = Math.Sqrt(variance);
        var p = alternative switch
        {
            Alternative.TwoSided => Math.Min(1, StandardNormal.TwoSidedTail(Math.Max(0, Math.Abs(gap) - 0.5) / deviation)),
            Alternative.Greater => StandardNormal.UpperTail((gap - 0.5) / deviation),
            Alternative.Less => StandardNormal.UpperTail((-gap - 0.5) / deviation),
            _ => throw new ArgumentOutOfRangeException(nameof(alternative), alternative, "unknown alternative"),
        };
        return new MannWhitneyTest(
            u, u / (nc * nt), Interval(control, treatment, ranks, u / (nc * nt), alpha), p, Exact(control.Length, treatment.Length, u, ties, alternative));
    }

    private static Estimated<Interval> Interval(
        ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, double[] ranks, double superiority, double alpha)
    {
        if (control.Length < 2 || treatment.Length < 2) return new NotEstimable("a variance needs at least 2 units in each arm");
        if (superiority is <= 0 or >= 1) return new NotEstimable("the arms do not overlap, so the placements have no variance");
        double[] ownControl = MidRanks.Of([.. control], nameof(control)).Ranks, ownTreatment = MidRanks.Of([.. treatment], nameof(treatment)).Ranks;
        // A unit's placement, the share of the other arm below it, is its rank in both arms less its rank in its own.
        for (var i = 0; i < ownControl.Length; i++) ownControl[i] = (ranks[i] - ownControl[i]) / treatment.Length;
        for (var i = 0; i < ownTreatment.Length; i++) ownTreatment[i] = (ranks[control.Length + i] - ownTreatment[i]) / control.Length;
        var error = Math.Sqrt(
            SampleMoments.FromValues(ownControl).Variance / control.Length + SampleMoments.FromValues(ownTreatment).Variance / treatment.Length);
        if (error == 0) return new NotEstimable("the placements have no variance");
        double logit = Math.Log(superiority / (1 - superiority)), half = StandardNormal.Critical(alpha) * error / (superiority * (1 - superiority));
        return new Interval(1 / (1 + Math.Exp(half - logit)), 1 / (1 + Math.Exp(-half - logit)));
    }

    private static Estimated<double> Exact(int nc, int nt, double u, double ties, Alternative alternative)
    {
        if (ties > 0) return new NotEstimable("equal values have no exact distribution here; the normal approximation corrects for them");
        if (nc > ExactUpTo || nt > ExactUpTo) return new NotEstimable($"above {ExactUpTo} units in an arm the normal approximation serves");
        var cumulative = Distribution(nc, nt);
        var at = (int)Math.Round(u);
        double lower = cumulative[at], upper = cumulative[nc * nt - at];
        return alternative switch
        {
            Alternative.TwoSided => Math.Min(1, 2 * Math.Min(lower, upper)),
            Alternative.Greater => upper,
            _ => lower,
        };
    }

    // P(U ≤ u) for each u: the coefficients of the Gaussian binomial, Π (1 − x^{m+i}) / (1 − x^i), scaled as they grow.
    private static double[] Distribution(int m, int n)
    {
        var counts = new double[m * n + 1];
        counts[0] = 1;
        for (var i = 1; i <= n; i++)
        {
            for (var j = counts.Length - 1; j >= m + i; j--) counts[j] -= counts[j - m - i];
            for (var j = i; j < counts.Length; j++) counts[j] += counts[j - i];
        }
        double total = 0;
        foreach (var count in counts) total += count;
        double running = 0;
        for (var j = 0; j < counts.Length; j++)
        {
            running += counts[j];
            counts[j] = running / total;
        }
        return counts;
    }
}
