using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>Means, ranks, resampling, adjusted means, quantiles, ratios.</summary>
internal static class MeanCells
{
    private const string SkewNote = "fewer units than 355 · skewness²: the report warns";

    public static IEnumerable<Cell> All()
    {
        yield return Cell.Of("Welch's t", "normal, 20 and 40 units, sd 4 and 1", Promise.Asymptotic, (ref RandomStream r, double d) => Welch(Draws.Normal(ref r, 20, 0, 4), Draws.Normal(ref r, 40, d, 1), d), 2.6);
        yield return Cell.Of("Welch's t", "normal, 100 an arm", Promise.Asymptotic, (ref RandomStream r, double d) => Welch(Draws.Normal(ref r, 100, 0, 1), Draws.Normal(ref r, 100, d, 1), d), 0.4, power: Power.ForMeans(1, 0.4, 100, 100, 0.05));
        // Skewness 6.2: the report warns below 355 · 6.2² = 13,600 units in the smaller arm.
        yield return Cell.Of("Welch's t", "latencies, log-normal (skewness 6.2), 100 an arm", Promise.Published, (ref RandomStream r, double d) => Welch(Draws.LogNormal(ref r, 100, 1), Draws.LogNormal(ref r, 100, 1, d), d), 0.9, note: SkewNote);
        yield return Cell.Of("Welch's t", "latencies, log-normal (skewness 6.2), 100 and 1,000 units", Promise.Published, (ref RandomStream r, double d) => Welch(Draws.LogNormal(ref r, 100, 1), Draws.LogNormal(ref r, 1000, 1, d), d), 0.7, 5, SkewNote);
        yield return Cell.Of("Welch's t", "latencies, log-normal (skewness 1.75), 1,100 an arm", Promise.Asymptotic, (ref RandomStream r, double d) => Welch(Draws.LogNormal(ref r, 1100, 0.5), Draws.LogNormal(ref r, 1100, 0.5, d), d), 0.072, 5);
        yield return Cell.Of("Student's t", "normal, 20 an arm", Promise.Exact, (ref RandomStream r, double d) => Outcomes.Of(StudentT.Compare(Draws.Moments(ref r, 20, 0, 1), Draws.Moments(ref r, 20, d, 1), 0.05), d), 0.9);
        yield return Cell.Of("Student's t where variances differ: what it would cost", "normal, 20 and 40 units, sd 4 and 1", Promise.Published, (ref RandomStream r) => Outcomes.Of(StudentT.Compare(Draws.Moments(ref r, 20, 0, 4), Draws.Moments(ref r, 40, 0, 1), 0.05), 0), note: "use Welch's t");
        yield return Cell.Of("paired t", "normal differences, 30 pairs", Promise.Exact, (ref RandomStream r, double d) => Outcomes.Of(PairedT.FromDifferences(SampleMoments.FromValues(Draws.Normal(ref r, 30, d, 1)), 0.05), d), 0.53);
        yield return Cell.Of("non-inferiority of means, at the margin of .5, one-sided .025", "normal, 100 an arm", Promise.Exact, (ref RandomStream r, double d) => NotWorse(ref r, d), 0.5) with { Alpha = 0.025, EffectSize = "no difference" };
        yield return Cell.Of("equivalence of means (TOST), at the margin of .5", "normal, 100 an arm", Promise.Exact, (ref RandomStream r, double d) =>
            new(Equivalence.Means(Draws.Moments(ref r, 100, 0, 1), Draws.Moments(ref r, 100, 0.5 - d, 1), -0.5, 0.5, 0.05).Value.Equivalent), 0.5) with
        { EffectSize = "no difference" };
        yield return Cell.Of("Mann–Whitney", "log-normal, 20 an arm, exact", Promise.Exact, (ref RandomStream r, double d) => Rank(Ranked(ref r, 20, 0), Ranked(ref r, 20, d)), 0.95, 5);
        yield return Cell.Of("Mann–Whitney", "log-normal, 200 an arm", Promise.Asymptotic, (ref RandomStream r, double d) => Rank(Ranked(ref r, 200, 0), Ranked(ref r, 200, d)), 0.29, 10);
        yield return Cell.Of("Wilcoxon signed rank", "symmetric differences, 25 pairs, exact", Promise.Exact, (ref RandomStream r, double d) =>
            WilcoxonSignedRank.Compare(new double[25], Draws.Normal(ref r, 25, d, 1)) is { IsEstimable: true, Value: var w } ? new((w.ExactPValue.IsEstimable ? w.ExactPValue.Value : w.PValue) <= 0.05) : new(false), 0.6, 10);
        yield return Cell.Of("Wilcoxon signed rank", "symmetric differences, 100 pairs, normal tail", Promise.Asymptotic, (ref RandomStream r, double d) =>
            Outcomes.P(WilcoxonSignedRank.Compare(new double[100], Draws.Normal(ref r, 100, d, 1)).Map(w => w.PValue)), 0.29, 10);
        yield return Cell.Of("permutation of means", "log-normal, 12 an arm, 999 drawn", Promise.Exact, (ref RandomStream r, double d) =>
            new(PermutationTest.Means(Draws.LogNormal(ref r, 12, 1), Draws.LogNormal(ref r, 12, 1, d), new ResamplingOptions((long)r.Next(), 999, 1)).Value.PValue <= 0.05), 2, 20);
        yield return Cell.Of("bootstrap of means, BCa", "normal, 50 an arm, 1,000 resamples", Promise.Published, (ref RandomStream r, double d) => Outcomes.Boot(Bootstrap.Means(Draws.Normal(ref r, 50, 0, 1), Draws.Normal(ref r, 50, d, 1), 0.05, new((long)r.Next(), 1000, 1)), d), 0.56, 50, PairedCells.BootstrapNote);
        yield return Cell.Of("bootstrap of medians, BCa", "log-normal, 100 an arm, 1,000 resamples", Promise.Published, (ref RandomStream r, double d) =>
            Outcomes.Boot(Bootstrap.Statistic(Draws.LogNormal(ref r, 100, 1), Draws.LogNormal(ref r, 100, 1, d), static v => (v[(v.Length - 1) / 2] + v[v.Length / 2]) / 2, 0.05, new((long)r.Next(), 1000, 1)), d), 0.5, 100, PairedCells.BootstrapNote);
        yield return Cell.Of("relative lift, delta method", "control 3 ± 1, 200 an arm, lift in shares", Promise.Asymptotic, (ref RandomStream r, double d) =>
            Outcomes.Excludes(RelativeLift.Delta(Draws.Moments(ref r, 200, 3, 1), Draws.Moments(ref r, 200, 3 * (1 + d), 1), 0.05).Map(l => l.Interval), d), 0.1);
        yield return Cell.Of("CUPED, one covariate (correlation .7)", "200 an arm", Promise.Asymptotic, (ref RandomStream r, double d) =>
            Outcomes.Of(Cuped.Means(Draws.Joint(ref r, 200, 0.7), Draws.Joint(ref r, 200, 0.7, d), 0.05).Map(c => c.Adjusted), d), 0.2, 5, power: Power.ForMeans(Math.Sqrt(0.51), 0.2, 200, 200, 0.05));
        yield return Cell.Of("post-stratification", "4 strata, 400 an arm", Promise.Asymptotic, (ref RandomStream r, double d) => Outcomes.Of(PostStratification.Means(Draws.Strata(ref r, 400, 4, d), 0.05).Map(c => c.Adjusted), d), 0.2, 5);
        yield return Cell.Of("quantile difference, median, one event a unit", "latencies, log-normal, 200 an arm", Promise.Asymptotic, (ref RandomStream r, double d) => Quantile(ref r, 0.5, 200, 1, d), 0.35, 10);
        yield return Cell.Of("quantile difference, P95, one event a unit", "latencies, log-normal, 500 an arm", Promise.Asymptotic, (ref RandomStream r, double d) => Quantile(ref r, 0.95, 500, 1, d), 2, 15);
        yield return Cell.Of("quantile difference, P95, 5 events a unit", "clustered latencies, 500 units an arm", Promise.Asymptotic, (ref RandomStream r, double d) => Quantile(ref r, 0.95, 500, 5, d), 1.2, 50);
        yield return Cell.Of("ratio, delta method", "sums over requests, 300 units an arm", Promise.Asymptotic, (ref RandomStream r, double d) => Ratio(ref r, 300, 1, d), 0.11, 5);
        yield return Cell.Of("ratio, Fieller (few denominators)", "cost per resolved, 80 units an arm, a quarter resolved", Promise.Published, (ref RandomStream r, double d) => Ratio(ref r, 80, 0, d), 3.5, 5, "some 20 resolved an arm");
    }

    private static Outcome Welch(double[] control, double[] treatment, double truth) =>
        Outcomes.Of(WelchT.Compare(SampleMoments.FromValues(control), SampleMoments.FromValues(treatment), 0.05), truth);

    private static Outcome NotWorse(ref RandomStream random, double effect) => new(NonInferiority.Means(
        Draws.Moments(ref random, 100, 0, 1), Draws.Moments(ref random, 100, effect - 0.5, 1), 0.5, true, 0.025) is { IsEstimable: true, Value.NonInferior: true });

    /// <summary>The effect is on the logarithm: ranks do not see the difference.</summary>
    private static double[] Ranked(ref RandomStream random, int n, double effect) => [.. Draws.LogNormal(ref random, n, 1).Select(v => v * Math.Exp(effect))];

    private static Outcome Rank(double[] control, double[] treatment) => MannWhitney.Compare(control, treatment, 0.05) is { IsEstimable: true, Value: var w }
        ? new((w.ExactPValue.IsEstimable ? w.ExactPValue.Value : w.PValue) <= 0.05) : new(false);

    private static Outcome Quantile(ref RandomStream random, double quantile, int units, int events, double effect)
    {
        var (control, clusters) = Draws.Clustered(ref random, units, events);
        var (treatment, _) = Draws.Clustered(ref random, units, events, effect);
        Estimated<QuantileMoments> c = QuantileInterval.FromValues(control, clusters, quantile, 0.05), t = QuantileInterval.FromValues(treatment, clusters, quantile, 0.05);
        if (!c.IsEstimable || !t.IsEstimable) return new(false);
        var result = QuantileDifference.Compare(c.Value, t.Value, 0.05);
        return result.IsEstimable ? new(result.Value.PValue <= 0.05, result.Value.Interval.Contains(effect)) : new(false);
    }

    private static Outcome Ratio(ref RandomStream random, int units, int least, double effect) =>
        Outcomes.Excludes(RatioMetric.Compare(Draws.Ratio(ref random, units, least), Draws.Ratio(ref random, units, least, effect), 0.05).Map(r => r.Interval), effect);
}
