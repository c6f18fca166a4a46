namespace Assay.Statistics;

/// <summary>Success over repeated tries of the same cases.</summary>
/// <remarks>pass@k: M. Chen et al. (2021), arXiv:2107.03374, equation 1; pass^k: S. Yao et al. (2024), arXiv:2406.12045.
/// Both are unbiased; a case counts once however often it was tried.</remarks>
public static class Repeats
{
    /// <summary>pass^k: the probability that all of k tries of a case succeed, mean over cases of C(c, k)/C(n, k).</summary>
    /// <param name="cases">Successes and tries per case; may be empty.</param>
    /// <param name="k">1 or more.</param>
    /// <param name="alpha">Level of the interval, a probability in (0, 1).</param>
    /// <returns>The estimate; not estimable with fewer than 2 cases, or when a case was tried fewer than k times.</returns>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1, or alpha is outside (0, 1).</exception>
    public static Estimated<RepeatEstimate> PassHatK(ReadOnlySpan<Proportion> cases, int k, double alpha) =>
        Estimate(cases, k, alpha, (c, n) => AllOf(c, n, k));

    /// <summary>pass@k: the probability that any of k tries of a case succeeds, mean over cases of 1 − C(n − c, k)/C(n, k).</summary>
    /// <param name="cases">Successes and tries per case; may be empty.</param>
    /// <param name="k">1 or more.</param>
    /// <param name="alpha">Level of the interval, a probability in (0, 1).</param>
    /// <returns>The estimate; not estimable with fewer than 2 cases, or when a case was tried fewer than k times.</returns>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1, or alpha is outside (0, 1).</exception>
    public static Estimated<RepeatEstimate> PassAtK(ReadOnlySpan<Proportion> cases, int k, double alpha) =>
        Estimate(cases, k, alpha, (c, n) => 1 - AllOf(n - c, n, k));

    // C(c, k) / C(n, k) as a product of fractions, which no count can overflow.
    private static double AllOf(long c, long n, int k)
    {
        double product = 1;
        for (var i = 0; i < k && product > 0; i++) product *= Math.Max(0, c - i) / (double)(n - i);
        return product;
    }

    private static Estimated<RepeatEstimate> Estimate(ReadOnlySpan<Proportion> cases, int k, double alpha, Func<long, long, double> value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        Guard.Probability(alpha);
        if (cases.Length < 2) return new NotEstimable($"an error needs at least 2 cases; there are {cases.Length}");
        var values = new double[cases.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (cases[i].Trials < k) return new NotEstimable($"case {i} was tried {cases[i].Trials} times; k = {k} needs at least as many tries of every case");
            values[i] = value(cases[i].Successes, cases[i].Trials);
        }
        var moments = SampleMoments.FromValues(values);
        var error = Math.Sqrt(moments.Variance / moments.N);
        Estimated<Interval> interval = error == 0
            ? new NotEstimable("all cases have the same value, so nothing tells how far off it may be")
            : Clamped(Tails.Interval(moments.Mean, error, moments.N - 1, alpha, Alternative.TwoSided));
        return new RepeatEstimate(k, moments.Mean, error, interval, cases.Length);

        static Interval Clamped(Interval interval) => new(Math.Max(0, interval.Low), Math.Min(1, interval.High));
    }
}
