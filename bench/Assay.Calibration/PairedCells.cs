using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>The same cases under both variants. Wins, losses and ties are counted through.</summary>
internal static class PairedCells
{
    public static IEnumerable<Cell> All()
    {
        yield return Cell.Of("paired t", "skewed differences (log-normal, skewness 6.2), 30 pairs", Promise.Published, (ref RandomStream r) =>
            Outcomes.Of(PairedT.FromDifferences(SampleMoments.FromValues(Centred(ref r, 30)), 0.05), 0), note: "skewed differences in few pairs: the report warns");
        yield return Cell.Of("sign flips of paired differences", "symmetric differences, 12 pairs, all patterns", Promise.Exact, Flips, 0.95, 10);
        yield return Cell.Of("permutation of paired differences", "symmetric differences, 12 pairs, all patterns", Promise.Exact, (ref RandomStream r, double d) =>
            Outcomes.P(PermutationTest.Paired(new double[12], Draws.Normal(ref r, 12, d, 1), new ResamplingOptions((long)r.Next(), 5000, 1)).Map(t => t.PValue)), 0.95, 10);
        yield return Cell.Of("permutation of paired differences", "symmetric differences, 40 pairs, 999 drawn", Promise.Exact, (ref RandomStream r, double d) =>
            Outcomes.P(PermutationTest.Paired(new double[40], Draws.Normal(ref r, 40, d, 1), new ResamplingOptions((long)r.Next(), 999, 1)).Map(t => t.PValue)), 0.45, 20);
        yield return Cell.Of("bootstrap of paired differences, BCa", "normal, 50 pairs, 1,000 resamples", Promise.Published, (ref RandomStream r, double d) =>
            Outcomes.Boot(Bootstrap.Paired(new double[50], Draws.Normal(ref r, 50, d, 1), 0.05, new((long)r.Next(), 1000, 1)), d), 0.4, 50, BootstrapNote);
        yield return Wins("win rate: exact interval, sign test", 25, 0.3, 0.83, Promise.Exact);
        yield return Wins("win rate: score interval, sign test", 200, 0.3, 0.62, Promise.Asymptotic);
        yield return Wins("win rate: score interval, sign test", 400, 0.8, 0.66, Promise.Asymptotic);
        yield return Counted("interleaving, sign test of units", 200, 0.5, 0.64, Promise.Exact, (w, l, t, _) =>
            InterleavingTest.Compare(l, w, t, 0.05) is { IsEstimable: true, Value: var v } ? new(v.PValue <= 0.05) : new(false));
        yield return Counted("interleaving, score interval of the win rate", 200, 0.5, 0.64, Promise.Asymptotic, (w, l, t, truth) =>
            InterleavingTest.Compare(l, w, t, 0.05) is { IsEstimable: true, Value.Interval: var i } ? Outcomes.Excludes(i, truth, 0.5) : new(false));
    }

    internal const string BootstrapNote = "resampling few units is known to be a little liberal";

    private static Cell Wins(string method, int n, double ties, double better, Promise promise) => Counted(method, n, ties, better, promise, (w, l, t, truth) =>
    {
        var rate = WinRate.Estimate(w, l, t, 0.05).Value;
        return new(rate.PValue is { IsEstimable: true, Value: <= 0.05 }, rate.Interval.Contains(truth));
    });

    private static Cell Counted(string method, int n, double ties, double better, Promise promise, Func<long, long, long, double, Outcome> judge) => new(method, FormattableString.Invariant($"{n} cases, {100 * ties:0} % of them tied"), promise, 0.05)
    {
        EffectSize = FormattableString.Invariant($"{better} of the decided won"),
        Enumerate = () =>
        {
            var (rejected, covered) = Sum(n, ties, 0.5, judge);
            var (power, coveredToo) = Sum(n, ties, better, judge);
            return new Rates(rejected, covered is null ? null : Math.Min(covered.Value, coveredToo ?? 1), power, null);
        },
    };

    /// <summary>Every count of wins, losses and ties with its probability.</summary>
    private static (double Rejected, double? Covered) Sum(int n, double ties, double wins, Func<long, long, long, double, Outcome> judge)
    {
        double rejected = 0, covered = 0, known = 0, truth = ties / 2 + (1 - ties) * wins;
        for (var t = 0; t <= n; t++)
        {
            var chance = Binomial.Probability(n, ties, t);
            if (chance < 1e-12) continue;
            for (var w = 0; w <= n - t; w++)
            {
                var p = chance * Binomial.Probability(n - t, wins, w);
                if (p < 1e-13) continue;
                var outcome = judge(w, n - t - w, t, truth);
                rejected += outcome.Rejected ? p : 0;
                covered += outcome.Covered == true ? p : 0;
                known += outcome.Covered is null ? 0 : p;
            }
        }
        return (rejected, known == 0 ? null : covered / known);
    }

    private static Outcome Flips(ref RandomStream random, double effect)
    {
        var result = SignFlip.Estimate(Draws.Normal(ref random, 12, effect, 1), 0.05);
        return result.IsEstimable ? new(result.Value.PValue <= 0.05, result.Value.Interval.Contains(effect)) : new(false);
    }

    private static double[] Centred(ref RandomStream random, int n) => [.. Draws.LogNormal(ref random, n, 1).Select(v => v - Math.Exp(0.5))];
}
