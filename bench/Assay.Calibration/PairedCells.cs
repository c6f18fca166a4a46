using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>The same cases under both variants. Wins, losses and ties are counted through.</summary>
internal static class PairedCells
{
    public static IEnumerable<Cell> All()
    {
        yield return Cell.Of("paired t", "skewed differences (log-normal, skewness 6.2), 30 pairs", Promise.Published, (ref RandomStream r) =>
            Outcomes.Of(PairedT.FromDifferences(SampleMoments.FromValues(Centred(ref r, 30)), 0.05), 0), note: "skewed differences in few pairs: the report warns");
        yield return Cell.Of("Wilcoxon signed rank", "symmetric differences, 100 pairs, normal tail", Promise.Asymptotic, (ref RandomStream r) =>
            Outcomes.P(WilcoxonSignedRank.Compare(new double[100], Draws.Normal(ref r, 100, 0, 1)).Map(w => w.PValue)), 10);
        yield return Cell.Of("sign flips of paired differences", "symmetric differences, 12 pairs, all patterns", Promise.Exact, Flips, 20);
        yield return Cell.Of("permutation of paired differences", "symmetric differences, 12 pairs, all patterns", Promise.Exact, (ref RandomStream r) =>
            Outcomes.P(PermutationTest.Paired(new double[12], Draws.Normal(ref r, 12, 0, 1), new ResamplingOptions((long)r.Next(), 5000, 1)).Map(t => t.PValue)), 20);
        yield return Cell.Of("permutation of paired differences", "symmetric differences, 40 pairs, 999 drawn", Promise.Exact, (ref RandomStream r) =>
            Outcomes.P(PermutationTest.Paired(new double[40], Draws.Normal(ref r, 40, 0, 1), new ResamplingOptions((long)r.Next(), 999, 1)).Map(t => t.PValue)), 20);
        yield return Cell.Of("bootstrap of paired differences, BCa", "normal, 50 pairs, 1,000 resamples", Promise.Published, (ref RandomStream r) =>
            Outcomes.Boot(Bootstrap.Paired(new double[50], Draws.Normal(ref r, 50, 0, 1), 0.05, new((long)r.Next(), 1000, 1))), 50, BootstrapNote);
        yield return Wins("win rate: exact interval, sign test", 25, 0.3, Promise.Exact);
        yield return Wins("win rate: score interval, sign test", 200, 0.3, Promise.Asymptotic);
        yield return Wins("win rate: score interval, sign test", 400, 0.8, Promise.Asymptotic);
        yield return Counted("interleaving, sign test of units", 200, 0.5, Promise.Exact, (w, l, t) =>
            InterleavingTest.Compare(l, w, t, 0.05) is { IsEstimable: true, Value: var v } ? new(v.PValue <= 0.05) : new(false));
        yield return Counted("interleaving, Wald interval of the win rate", 200, 0.5, Promise.Asymptotic, (w, l, t) =>
            InterleavingTest.Compare(l, w, t, 0.05) is { IsEstimable: true, Value.Interval: { IsEstimable: true, Value: var i } } ? Outcomes.Interval(i, 0.5) : new(false));
    }

    internal const string BootstrapNote = "resampling few units is known to be a little liberal";

    private static Cell Wins(string method, int n, double ties, Promise promise) => Counted(method, n, ties, promise, (w, l, t) =>
    {
        var rate = WinRate.Estimate(w, l, t, 0.05).Value;
        return new(rate.PValue is { IsEstimable: true, Value: <= 0.05 }, rate.Interval.Contains(0.5));
    });

    /// <summary>Every count of wins, losses and ties with its probability when neither side is better.</summary>
    private static Cell Counted(string method, int n, double ties, Promise promise, Func<long, long, long, Outcome> judge) => new(method, FormattableString.Invariant($"{n} cases, {ties:P0} of them tied"), promise, 0.05)
    {
        Enumerate = () =>
        {
            double rejected = 0, covered = 0, known = 0;
            for (var t = 0; t <= n; t++)
            {
                var chance = Binomial.Probability(n, ties, t);
                if (chance < 1e-12) continue;
                for (var w = 0; w <= n - t; w++)
                {
                    var p = chance * Binomial.Probability(n - t, 0.5, w);
                    if (p < 1e-13) continue;
                    var outcome = judge(w, n - t - w, t);
                    rejected += outcome.Rejected ? p : 0;
                    covered += outcome.Covered == true ? p : 0;
                    known += outcome.Covered is null ? 0 : p;
                }
            }
            return new Rates(rejected, known == 0 ? null : covered / known, null, null);
        },
    };

    private static Outcome Flips(ref RandomStream random)
    {
        var result = SignFlip.Estimate(Draws.Normal(ref random, 12, 0, 1), 0.05);
        return result.IsEstimable ? new(result.Value.PValue <= 0.05, result.Value.Interval.Contains(0)) : new(false);
    }

    private static double[] Centred(ref RandomStream random, int n) => [.. Draws.LogNormal(ref random, n, 1).Select(v => v - Math.Exp(0.5))];
}
