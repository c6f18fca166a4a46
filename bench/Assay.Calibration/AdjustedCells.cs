using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>Means made robust, adjusted, resampled, or set in relation: what <see cref="MeanCells"/> leaves.</summary>
internal static class AdjustedCells
{
    public static IEnumerable<Cell> All()
    {
        foreach (var trimmed in new[] { false, true })
            yield return Cell.Of($"{(trimmed ? "trimmed" : "winsorised")} means, cap at the pooled .95 quantile", "latencies, log-normal (skewness 6.2), 600 an arm", Promise.Asymptotic, (ref RandomStream r, double d) => Robust(ref r, 600, trimmed, d), 0.25, 10);
        yield return Cell.Of("winsorised means, cap at the pooled .99 quantile", "latencies, log-normal (skewness 6.2), 100 and 1,000 units", Promise.Published, (ref RandomStream r) => Capped(ref r), 20, "100 units are too few for what skewness is left: the report warns");
        yield return Cell.Of("Mann–Whitney: interval of the superiority", "log-normal, 60 an arm, 3 values rounded together", Promise.Asymptotic, (ref RandomStream r) =>
            MannWhitney.Compare(Rounded(ref r, 60), Rounded(ref r, 60), 0.05) is { IsEstimable: true, Value: var w } ? w.SuperiorityInterval.IsEstimable ? new(w.PValue <= 0.05, w.SuperiorityInterval.Value.Contains(0.5)) : new(w.PValue <= 0.05) : new(false), 3);
        foreach (var (p, n, effect) in new[] { (0.5, 40, 0.3), (0.05, 400, 0.05), (0.02, 1000, 0.02) })
            yield return Cell.Of("permutation of means, 199 drawn", FormattableString.Invariant($"p = {p}, {n:N0} an arm"), Promise.Exact, (ref RandomStream r, double d) =>
                Outcomes.P(PermutationTest.Means(Draws.Coins(ref r, n, p), Draws.Coins(ref r, n, p + d), new ResamplingOptions((long)r.Next(), 199, 1)).Map(t => t.PValue)), effect, n / 16);
        yield return Cell.Of("bootstrap of means, BCa", "latencies, log-normal (skewness 6.2), 200 an arm, 1,000 resamples", Promise.Published, (ref RandomStream r, double d) => Outcomes.Boot(Bootstrap.Means(Draws.LogNormal(ref r, 200, 1), Draws.LogNormal(ref r, 200, 1, d), 0.05, new((long)r.Next(), 1000, 1)), d), 0.6, 150, PairedCells.BootstrapNote);
        yield return Cell.Of("bootstrap of winsorised means, BCa", "latencies, log-normal (skewness 6.2), 200 an arm, 500 resamples", Promise.Published, (ref RandomStream r) => Outcomes.Boot(Bootstrap.Statistic(Draws.LogNormal(ref r, 200, 1), Draws.LogNormal(ref r, 200, 1), static v => Winsorised(v), 0.05, new((long)r.Next(), 500, 1)), 0), 150, PairedCells.BootstrapNote);
        yield return Cell.Of("relative lift, delta method", "control 4 errors from 0", Promise.Published, (ref RandomStream r) => Outcomes.Interval(RelativeLift.Delta(Weak(ref r, 0.4), Weak(ref r, 0.5), 0.05).Map(l => l.Interval), 0.25), note: "a control so near to 0: use Fieller's interval");
        yield return Cell.Of("relative lift, Fieller", "control 4 errors from 0, unbounded sets left out", Promise.Published, (ref RandomStream r) => Outcomes.Interval(RelativeLift.Fieller(Weak(ref r, 0.4), Weak(ref r, 0.5), 0.05), 0.25), note: "exact over all sets; here only the bounded ones are counted");
        yield return Cell.Of("relative lift, Fieller", "control 10 errors from 0", Promise.Asymptotic, (ref RandomStream r) => Outcomes.Interval(RelativeLift.Fieller(Weak(ref r, 1), Weak(ref r, 1.25), 0.05), 0.25));
        yield return Cell.Of("CUPED, total θ", "200 an arm, correlation .7", Promise.Asymptotic, (ref RandomStream r, double d) => Cuped(Statistics.Cuped.Means(Draws.Joint(ref r, 200, 0.7), Draws.Joint(ref r, 200, 0.7, d), 0.05, CupedTheta.Total), d), 0.2, 5);
        yield return Cell.Of("CUPED, skewed outcome and covariate", "log-normal (skewness 1.75), 1,100 an arm, correlation of the logarithms .7", Promise.Asymptotic, (ref RandomStream r, double d) => Cuped(Statistics.Cuped.Means(Skewed(ref r, 1100, 0), Skewed(ref r, 1100, d), 0.05), d), 0.055, 20);
        yield return Cell.Of("CUPED, a third of the covariate missing, filled and marked", "300 an arm, correlation .7", Promise.Asymptotic, (ref RandomStream r, double d) => Missing(ref r, 300, d), 0.2, 10);
        yield return Cell.Of("CUPED, rates", "p = .05 on average, 600 an arm", Promise.Asymptotic, (ref RandomStream r, double d) => Cuped(Statistics.Cuped.Means(Rates(ref r, 600, 0), Rates(ref r, 600, d), 0.05), d), 0.04, 10);
        yield return Cell.Of("CUPED, ratio by the ratio before", "sums over requests, 300 units an arm", Promise.Asymptotic, (ref RandomStream r, double d) => Cuped(Statistics.Cuped.RatiosByPriorRatio(Draws.PriorRatio(ref r, 300), Draws.PriorRatio(ref r, 300, d), 0.05), d), 0.07, 10);
        yield return Cell.Of("post-stratification, ratio", "sums over requests, 3 strata, 400 units an arm", Promise.Asymptotic, (ref RandomStream r, double d) => Stratified(ref r, 400, d), 0.16, 10);
    }

    private static Outcome Robust(ref RandomStream random, int n, bool trimmed, double effect)
    {
        double[] c = Draws.LogNormal(ref random, n, 1), t = Draws.LogNormal(ref random, n, 1, effect);
        var cap = PooledCap.FromValues(c, t, 0, 0.95).Value;
        var result = trimmed ? RobustMeans.Trimmed(c, t, cap, 0.05) : RobustMeans.Winsorised(c, t, cap, 0.05);
        // With an effect the truth of capped values is none that anybody named: power alone.
        return effect == 0 ? Outcomes.Of(result.Map(r => r.Of), 0) : Outcomes.P(result.Map(r => r.Of.PValue));
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

    private static Outcome Cuped(Estimated<CupedComparison> result, double truth) => Outcomes.Of(result.Map(r => r.Adjusted), truth);

    private static JointMoments Skewed(ref RandomStream random, int n, double effect)
    {
        double[] outcome = new double[n], before = new double[n];
        for (var i = 0; i < n; i++)
        {
            double x = random.Normal(), y = 0.7 * x + Math.Sqrt(0.51) * random.Normal();
            (before[i], outcome[i]) = (Math.Exp(0.5 * x), effect + Math.Exp(0.5 * y));
        }
        return JointMoments.FromColumns(outcome, before);
    }

    private static JointMoments Rates(ref RandomStream random, int n, double effect)
    {
        double[] outcome = new double[n], before = new double[n];
        for (var i = 0; i < n; i++)
        {
            var rate = random.Uniform() < 0.25 ? 0.155 : 0.015;
            (before[i], outcome[i]) = (random.Binomial(10, rate), random.Uniform() < rate + effect ? 1 : 0);
        }
        return JointMoments.FromColumns(outcome, before);
    }

    private static Outcome Missing(ref RandomStream random, int n, double effect)
    {
        var (c, cx) = Gaps(ref random, n, 0);
        var (t, tx) = Gaps(ref random, n, effect);
        var filled = MissingCovariate.Fill(cx, tx, 0.05).Value;
        return Cuped(Statistics.Cuped.Means(JointMoments.FromColumns(c, filled.Control, filled.ControlMissing), JointMoments.FromColumns(t, filled.Treatment, filled.TreatmentMissing), 0.05), effect);
    }

    /// <summary>New users have no past, and other outcomes.</summary>
    private static (double[] Outcome, double?[] Before) Gaps(ref RandomStream random, int n, double effect)
    {
        var outcome = new double[n];
        var before = new double?[n];
        for (var i = 0; i < n; i++)
        {
            var x = random.Normal();
            var isNew = random.Uniform() < 1 / 3.0;
            before[i] = isNew ? null : x;
            outcome[i] = effect + 0.7 * x + Math.Sqrt(0.51) * random.Normal() + (isNew ? 1 : 0);
        }
        return (outcome, before);
    }

    private static Outcome Stratified(ref RandomStream random, int n, double effect)
    {
        var strata = new RatioStratum[3];
        for (var s = 0; s < 3; s++)
        {
            // The arms' shares differ by chance, as they do.
            int c = (int)random.Binomial(n, 1 / 3.0), t = (int)random.Binomial(n, 1 / 3.0);
            strata[s] = new(Draws.Ratio(ref random, c, 1), Draws.Ratio(ref random, t, 1, effect));
        }
        return Outcomes.Of(PostStratification.Ratios(strata, 0.05).Map(r => r.Adjusted), effect);
    }
}
