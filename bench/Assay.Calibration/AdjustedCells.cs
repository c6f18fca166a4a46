using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>Means made robust, adjusted, resampled, or set in relation: what <see cref="MeanCells"/> leaves.</summary>
internal static class AdjustedCells
{
    public static IEnumerable<Cell> All()
    {
        foreach (var trimmed in new[] { false, true })
            yield return Cell.Of($"{(trimmed ? "trimmed" : "winsorised")} means, cap at the pooled .95 quantile", "latencies, log-normal (skewness 6.2), 600 an arm", Promise.Asymptotic, (ref RandomStream r) => Robust(ref r, 600, 600, trimmed), 20);
        yield return Cell.Of("winsorised means, cap at the pooled .99 quantile", "latencies, log-normal (skewness 6.2), 100 and 1,000 units", Promise.Published, (ref RandomStream r) => Capped(ref r), 20, "100 units are too few for what skewness is left: the report warns");
        yield return Cell.Of("Student's t", "normal, 20 an arm", Promise.Exact, (ref RandomStream r) => Outcomes.Of(StudentT.Compare(Draws.Moments(ref r, 20, 0, 1), Draws.Moments(ref r, 20, 0, 1), 0.05), 0));
        yield return Cell.Of("Student's t where variances differ: what it would cost", "normal, 20 and 40 units, sd 4 and 1", Promise.Published, (ref RandomStream r) => Outcomes.Of(StudentT.Compare(Draws.Moments(ref r, 20, 0, 4), Draws.Moments(ref r, 40, 0, 1), 0.05), 0), note: "use Welch's t");
        yield return Cell.Of("Mann–Whitney: interval of the superiority", "log-normal, 60 an arm, 3 values rounded together", Promise.Asymptotic, (ref RandomStream r) =>
            MannWhitney.Compare(Rounded(ref r, 60), Rounded(ref r, 60), 0.05) is { IsEstimable: true, Value: var w } ? w.SuperiorityInterval.IsEstimable ? new(w.PValue <= 0.05, w.SuperiorityInterval.Value.Contains(0.5)) : new(w.PValue <= 0.05) : new(false), 20);
        foreach (var (p, n) in new[] { (0.5, 40), (0.05, 400), (0.02, 1000) })
            yield return Cell.Of("permutation of means, 199 drawn", FormattableString.Invariant($"p = {p}, {n:N0} an arm"), Promise.Exact, (ref RandomStream r) =>
                Outcomes.P(PermutationTest.Means(Draws.Coins(ref r, n, p), Draws.Coins(ref r, n, p), new ResamplingOptions((long)r.Next(), 199, 1)).Map(t => t.PValue)), n / 2);
        yield return Cell.Of("bootstrap of means, BCa", "latencies, log-normal (skewness 6.2), 200 an arm, 1,000 resamples", Promise.Published, (ref RandomStream r) => Outcomes.Boot(Bootstrap.Means(Draws.LogNormal(ref r, 200, 1), Draws.LogNormal(ref r, 200, 1), 0.05, new((long)r.Next(), 1000, 1))), 150, PairedCells.BootstrapNote);
        yield return Cell.Of("bootstrap of winsorised means, BCa", "latencies, log-normal (skewness 6.2), 200 an arm, 500 resamples", Promise.Published, (ref RandomStream r) => Outcomes.Boot(Bootstrap.Statistic(Draws.LogNormal(ref r, 200, 1), Draws.LogNormal(ref r, 200, 1), static v => Winsorised(v), 0.05, new((long)r.Next(), 500, 1))), 150, PairedCells.BootstrapNote);
        yield return Cell.Of("relative lift, delta method", "control 4 errors from 0", Promise.Published, (ref RandomStream r) => Outcomes.Interval(RelativeLift.Delta(Weak(ref r, 0.4), Weak(ref r, 0.5), 0.05).Map(l => l.Interval), 0.25), note: "a control so near to 0: use Fieller's interval");
        yield return Cell.Of("relative lift, Fieller", "control 4 errors from 0, unbounded sets left out", Promise.Published, (ref RandomStream r) => Outcomes.Interval(RelativeLift.Fieller(Weak(ref r, 0.4), Weak(ref r, 0.5), 0.05), 0.25), note: "exact over all sets; here only the bounded ones are counted");
        yield return Cell.Of("relative lift, Fieller", "control 10 errors from 0", Promise.Asymptotic, (ref RandomStream r) => Outcomes.Interval(RelativeLift.Fieller(Weak(ref r, 1), Weak(ref r, 1.25), 0.05), 0.25));
        yield return Cell.Of("CUPED, total θ", "200 an arm, correlation .7", Promise.Asymptotic, (ref RandomStream r) => Cuped(Statistics.Cuped.Means(Draws.Joint(ref r, 200, 0.7), Draws.Joint(ref r, 200, 0.7), 0.05, CupedTheta.Total)), 5);
        yield return Cell.Of("CUPED, skewed outcome and covariate", "log-normal (skewness 1.75), 1,100 an arm, correlation of the logarithms .7", Promise.Asymptotic, (ref RandomStream r) => Cuped(Statistics.Cuped.Means(Skewed(ref r, 1100), Skewed(ref r, 1100), 0.05)), 20);
        yield return Cell.Of("CUPED, a third of the covariate missing, filled and marked", "300 an arm, correlation .7", Promise.Asymptotic, (ref RandomStream r) => Missing(ref r, 300), 20);
        yield return Cell.Of("CUPED, rates", "p = .05 on average, 600 an arm", Promise.Asymptotic, (ref RandomStream r) => Cuped(Statistics.Cuped.Means(Rates(ref r, 600), Rates(ref r, 600), 0.05)), 10);
        yield return Cell.Of("CUPED, ratio by the ratio before", "sums over requests, 300 units an arm", Promise.Asymptotic, (ref RandomStream r) => Cuped(Statistics.Cuped.RatiosByPriorRatio(Draws.PriorRatio(ref r, 300), Draws.PriorRatio(ref r, 300), 0.05)), 10);
        yield return Cell.Of("post-stratification, ratio", "sums over requests, 3 strata, 400 units an arm", Promise.Asymptotic, (ref RandomStream r) => Stratified(ref r, 400), 10);
    }

    private static Outcome Robust(ref RandomStream random, int controls, int treatments, bool trimmed)
    {
        double[] c = Draws.LogNormal(ref random, controls, 1), t = Draws.LogNormal(ref random, treatments, 1);
        var cap = PooledCap.FromValues(c, t, 0, 0.95).Value;
        return Outcomes.Of((trimmed ? RobustMeans.Trimmed(c, t, cap, 0.05) : RobustMeans.Winsorised(c, t, cap, 0.05)).Map(r => r.Of), 0);
    }

    private static Outcome Capped(ref RandomStream random)
    {
        double[] c = Draws.LogNormal(ref random, 100, 1), t = Draws.LogNormal(ref random, 1000, 1);
        return Outcomes.Of(RobustMeans.Winsorised(c, t, PooledCap.FromValues(c, t, 0, 0.99).Value, 0.05).Map(r => r.Of), 0);
    }

    private static double[] Rounded(ref RandomStream random, int n) => [.. Draws.LogNormal(ref random, n, 1).Select(v => Math.Round(3 * v))];

    private static double Winsorised(Span<double> sorted)
    {
        var cap = sorted[(int)(0.95 * (sorted.Length - 1))];
        double sum = 0;
        foreach (var v in sorted) sum += Math.Min(v, cap);
        return sum / sorted.Length;
    }

    private static MeanEstimate Weak(ref RandomStream random, double mean) => new(mean + 0.1 * random.Normal(), 0.1);

    private static Outcome Cuped(Estimated<CupedComparison> result) => Outcomes.Of(result.Map(r => r.Adjusted), 0);

    private static JointMoments Skewed(ref RandomStream random, int n)
    {
        double[] outcome = new double[n], before = new double[n];
        for (var i = 0; i < n; i++)
        {
            double x = random.Normal(), y = 0.7 * x + Math.Sqrt(0.51) * random.Normal();
            (before[i], outcome[i]) = (Math.Exp(0.5 * x), Math.Exp(0.5 * y));
        }
        return JointMoments.FromColumns(outcome, before);
    }

    private static JointMoments Rates(ref RandomStream random, int n)
    {
        double[] outcome = new double[n], before = new double[n];
        for (var i = 0; i < n; i++)
        {
            var rate = random.Uniform() < 0.25 ? 0.155 : 0.015;
            (before[i], outcome[i]) = (random.Binomial(10, rate), random.Uniform() < rate ? 1 : 0);
        }
        return JointMoments.FromColumns(outcome, before);
    }

    private static Outcome Missing(ref RandomStream random, int n)
    {
        var (c, cx) = Gaps(ref random, n);
        var (t, tx) = Gaps(ref random, n);
        var filled = MissingCovariate.Fill(cx, tx, 0.05).Value;
        return Cuped(Statistics.Cuped.Means(JointMoments.FromColumns(c, filled.Control, filled.ControlMissing), JointMoments.FromColumns(t, filled.Treatment, filled.TreatmentMissing), 0.05));
    }

    /// <summary>New users have no past, and other outcomes.</summary>
    private static (double[] Outcome, double?[] Before) Gaps(ref RandomStream random, int n)
    {
        var outcome = new double[n];
        var before = new double?[n];
        for (var i = 0; i < n; i++)
        {
            var x = random.Normal();
            var isNew = random.Uniform() < 1 / 3.0;
            before[i] = isNew ? null : x;
            outcome[i] = 0.7 * x + Math.Sqrt(0.51) * random.Normal() + (isNew ? 1 : 0);
        }
        return (outcome, before);
    }

    private static Outcome Stratified(ref RandomStream random, int n)
    {
        var strata = new RatioStratum[3];
        for (var s = 0; s < 3; s++)
        {
            // The arms' shares differ by chance, as they do.
            int c = (int)random.Binomial(n, 1 / 3.0), t = (int)random.Binomial(n, 1 / 3.0);
            strata[s] = new(Draws.Ratio(ref random, c, 1), Draws.Ratio(ref random, t, 1));
        }
        return Outcomes.Of(PostStratification.Ratios(strata, 0.05).Map(r => r.Adjusted), 0);
    }
}
