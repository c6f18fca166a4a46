using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>Means, ranks, resampling, adjusted means, quantiles, ratios.</summary>
internal static class MeanCells
{
    public static IEnumerable<Cell> All()
    {
        yield return Welch("Welch's t", "normal, 20 and 40 units, sd 4 and 1", Promise.Asymptotic, (ref RandomStream r, double d) => (Draws.Normal(ref r, 20, 0, 4), Draws.Normal(ref r, 40, d, 1)));
        yield return Welch("Welch's t", "normal, 100 an arm", Promise.Asymptotic, (ref RandomStream r, double d) => (Draws.Normal(ref r, 100, 0, 1), Draws.Normal(ref r, 100, d, 1)), 0.4, Power.ForMeans(1, 0.4, 100, 100, 0.05));
        // Skewness 6.2: the report warns below 355 · 6.2² = 13,600 units in the smaller arm.
        yield return Welch("Welch's t", "latencies, log-normal (skewness 6.2), 100 an arm", Promise.Published, (ref RandomStream r, double d) => (Draws.LogNormal(ref r, 100, 1), Draws.LogNormal(ref r, 100, 1)));
        yield return Welch("Welch's t", "latencies, log-normal (skewness 6.2), 100 and 1,000 units", Promise.Published, (ref RandomStream r, double d) => (Draws.LogNormal(ref r, 100, 1), Draws.LogNormal(ref r, 1000, 1)), cost: 5);
        yield return Welch("Welch's t", "latencies, log-normal (skewness 1.75), 1,100 an arm", Promise.Asymptotic, (ref RandomStream r, double d) => (Draws.LogNormal(ref r, 1100, 0.5), Draws.LogNormal(ref r, 1100, 0.5)), cost: 5);
        yield return Cell.Of("paired t", "normal differences, 30 pairs", Promise.Exact, (ref RandomStream r) => Outcomes.Of(PairedT.FromDifferences(SampleMoments.FromValues(Draws.Normal(ref r, 30, 0, 1)), 0.05), 0));
        yield return Cell.Of("Mann–Whitney", "log-normal, 20 an arm, exact", Promise.Exact, (ref RandomStream r) => Rank(MannWhitney.Compare(Draws.LogNormal(ref r, 20, 1), Draws.LogNormal(ref r, 20, 1), 0.05)), 20);
        yield return Cell.Of("Mann–Whitney", "log-normal, 200 an arm", Promise.Asymptotic, (ref RandomStream r) => Rank(MannWhitney.Compare(Draws.LogNormal(ref r, 200, 1), Draws.LogNormal(ref r, 200, 1), 0.05)), 10);
        yield return Cell.Of("Wilcoxon signed rank", "symmetric differences, 25 pairs, exact", Promise.Exact, (ref RandomStream r) =>
            WilcoxonSignedRank.Compare(new double[25], Draws.Normal(ref r, 25, 0, 1)) is { IsEstimable: true, Value: var w } ? new((w.ExactPValue.IsEstimable ? w.ExactPValue.Value : w.PValue) <= 0.05) : new(false), 20);
        yield return Cell.Of("permutation of means", "log-normal, 12 an arm, 999 drawn", Promise.Exact, (ref RandomStream r) =>
            new(PermutationTest.Means(Draws.LogNormal(ref r, 12, 1), Draws.LogNormal(ref r, 12, 1), new ResamplingOptions((long)r.Next(), 999, 1)).Value.PValue <= 0.05), 20);
        yield return Cell.Of("bootstrap of means, BCa", "normal, 50 an arm, 1,000 resamples", Promise.Published, (ref RandomStream r) => Outcomes.Boot(Bootstrap.Means(Draws.Normal(ref r, 50, 0, 1), Draws.Normal(ref r, 50, 0, 1), 0.05, new((long)r.Next(), 1000, 1))), 50);
        yield return Cell.Of("bootstrap of medians, BCa", "log-normal, 100 an arm, 1,000 resamples", Promise.Published, (ref RandomStream r) =>
            Outcomes.Boot(Bootstrap.Statistic(Draws.LogNormal(ref r, 100, 1), Draws.LogNormal(ref r, 100, 1), static v => (v[(v.Length - 1) / 2] + v[v.Length / 2]) / 2, 0.05, new((long)r.Next(), 1000, 1))), 100);
        yield return Cell.Of("relative lift, delta method", "control 3 ± 1, 200 an arm, lift .1", Promise.Asymptotic, (ref RandomStream r) =>
            Outcomes.Interval(RelativeLift.Delta(Draws.Moments(ref r, 200, 3, 1), Draws.Moments(ref r, 200, 3.3, 1), 0.05).Map(l => l.Interval), 0.1));
        yield return Cell.Of("equivalence of means (TOST), at the margin", "normal, 100 an arm", Promise.Exact, (ref RandomStream r) =>
            new(Equivalence.Means(Draws.Moments(ref r, 100, 0, 1), Draws.Moments(ref r, 100, 0.5, 1), -0.5, 0.5, 0.05).Value.Equivalent));
        yield return Cell.Of("CUPED, one covariate (correlation .7)", "200 an arm", Promise.Asymptotic, (ref RandomStream r) =>
            Outcomes.Of(Cuped.Means(Draws.Joint(ref r, 200, 0.7), Draws.Joint(ref r, 200, 0.7), 0.05).Value.Adjusted, 0), 5);
        yield return Cell.Of("post-stratification", "4 strata, 400 an arm", Promise.Asymptotic, (ref RandomStream r) => Outcomes.Of(PostStratification.Means(Draws.Strata(ref r, 400, 4), 0.05).Value.Adjusted, 0), 5);
        yield return Cell.Of("quantile difference, P95, one event a unit", "latencies, log-normal, 500 an arm", Promise.Asymptotic, (ref RandomStream r) => Quantile(ref r, 500, 1), 30);
        yield return Cell.Of("quantile difference, P95, 5 events a unit", "clustered latencies, 500 units an arm", Promise.Asymptotic, (ref RandomStream r) => Quantile(ref r, 500, 5), 100);
        yield return Cell.Of("ratio, delta method", "sums over requests, 300 units an arm", Promise.Asymptotic, (ref RandomStream r) => Ratio(ref r, 300, 1), 5);
        yield return Cell.Of("ratio, Fieller (few denominators)", "cost per resolved, 80 units an arm, a quarter resolved", Promise.Published, (ref RandomStream r) => Ratio(ref r, 80, 0), 5);
    }

    private delegate (double[] Control, double[] Treatment) Arms(ref RandomStream random, double effect);

    private static Cell Welch(string method, string setting, Promise promise, Arms arms, double effect = 0, double? power = null, int cost = 1) => new(method, setting, promise, 0.05)
    {
        Cost = cost,
        ExpectedPower = power,
        Null = (ref RandomStream r) => Judge(arms(ref r, 0), 0),
        Effect = power is null ? null : (ref RandomStream r) => Judge(arms(ref r, effect), effect),
    };

    private static Outcome Judge((double[] Control, double[] Treatment) arms, double truth) =>
        Outcomes.Of(WelchT.Compare(SampleMoments.FromValues(arms.Control), SampleMoments.FromValues(arms.Treatment), 0.05), truth);

    private static Outcome Rank(Estimated<MannWhitneyTest> result) => !result.IsEstimable ? new(false)
        : new((result.Value.ExactPValue.IsEstimable ? result.Value.ExactPValue.Value : result.Value.PValue) <= 0.05);

    private static Outcome Quantile(ref RandomStream random, int units, int events)
    {
        var (control, clusters) = Draws.Clustered(ref random, units, events);
        var (treatment, _) = Draws.Clustered(ref random, units, events);
        Estimated<QuantileMoments> c = QuantileInterval.FromValues(control, clusters, 0.95, 0.05), t = QuantileInterval.FromValues(treatment, clusters, 0.95, 0.05);
        if (!c.IsEstimable || !t.IsEstimable) return new(false);
        var result = QuantileDifference.Compare(c.Value, t.Value, 0.05);
        return result.IsEstimable ? new(result.Value.PValue <= 0.05, result.Value.Interval.Contains(0)) : new(false);
    }

    private static Outcome Ratio(ref RandomStream random, int units, int least)
    {
        var result = RatioMetric.Compare(Draws.Ratio(ref random, units, least), Draws.Ratio(ref random, units, least), 0.05);
        return Outcomes.Interval(result.Map(r => r.Interval), 0);
    }
}
