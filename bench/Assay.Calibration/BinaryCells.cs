using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>Rates, by enumeration of all outcomes: nothing is left to chance.</summary>
internal static class BinaryCells
{
    public static IEnumerable<Cell> All()
    {
        foreach (var (p, n) in new[] { (0.5, 200), (0.05, 600), (0.02, 1500) })
        {
            yield return Two("two proportions: pooled z, Newcombe's interval", p, n, Promise.Asymptotic, 0.05, (c, t) => Pooled(c, t), (c, t, d) => TwoProportions.NewcombeInterval(c, t, 0.05).Contains(d));
            yield return Two("two proportions: score interval", p, n, Promise.Asymptotic, 0.05, null, (c, t, d) => ScoreInterval.Of(c, t, 0.05).Contains(d));
            yield return Two("Fisher's exact test", p, n / 5, Promise.Exact, 0.05, (c, t) => FisherExact.Compare(c, t) is { IsEstimable: true, Value.PValue: <= 0.05 }, null);
        }
        yield return Two("two proportions: pooled z, Newcombe's interval", 0.02, 250, Promise.Published, 0.05, (c, t) => Pooled(c, t), (c, t, d) => TwoProportions.NewcombeInterval(c, t, 0.05).Contains(d)) with { Note = "5 successes an arm" };
        yield return Two("two proportions: pooled z, Newcombe's interval", 0.5, 100, Promise.Published, 0.05, (c, t) => Pooled(c, t), (c, t, d) => TwoProportions.NewcombeInterval(c, t, 0.05).Contains(d)) with { Note = "equal arms at one half: the same z recurs in many tables, and the rate swings with n" };
        yield return Margin("non-inferiority of proportions, at the margin of .05, one-sided", 400, Promise.Asymptotic, 0.025,
            (c, t) => NonInferiority.Proportions(c, t, 0.05, true, 0.025) is { IsEstimable: true, Value.NonInferior: true });
        yield return Margin("equivalence of proportions, at the margin of .05", 2000, Promise.Asymptotic, 0.05,
            (c, t) => Equivalence.Proportions(c, t, -0.05, 0.05, 0.05) is { IsEstimable: true, Value.Equivalent: true });
        yield return One("McNemar, exact", "40 pairs that differ", Promise.Exact, 0.05, 40, 0.5, k => McNemar.Compare(k, 40 - k).Value.ExactPValue <= 0.05, 0.73);
        yield return One("McNemar, corrected chi-square", "40 pairs that differ", Promise.Asymptotic, 0.05, 40, 0.5, k => McNemar.Compare(k, 40 - k).Value.CorrectedPValue <= 0.05, 0.73);
        yield return One("sample ratio, chi-square", "10,000 units, 50/50, at .001", Promise.Asymptotic, 0.001, 10_000, 0.5, k => SampleRatio.ChiSquare([k, 10_000 - k], [1, 1]).Value.PValue <= 0.001, 0.52);
        foreach (var (p, n) in new[] { (0.5, 100), (0.5, 500), (0.05, 600), (0.02, 1500) })
            yield return One("one proportion: Wilson's interval", Setting(p, n), n == 100 ? Promise.Published : Promise.Asymptotic, 0.05, n, p, k => !Wilson.Interval(new Proportion(k, n), 0.05).Contains(p)) with { Note = n == 100 ? "a rate of one half: the error swings with n" : null };
    }

    private static bool Pooled(Proportion c, Proportion t) => TwoProportions.PooledZ(c, t) is { IsEstimable: true, Value: var z } && Math.Abs(z) >= 1.959963984540054;

    private static string Setting(double p, int n) => FormattableString.Invariant($"p = {p}, {n:N0} an arm");

    private static Cell Two(
        string method, double p, int n, Promise promise, double alpha, Func<Proportion, Proportion, bool>? rejects, Func<Proportion, Proportion, double, bool>? covers)
    {
        // The effect that the sample size formula finds with .80.
        var effect = DetectableEffect.ForProportions(p, n, n, 0.05, 0.8);
        return new Cell(method, Setting(p, n), promise, alpha)
        {
            EffectSize = effect.IsEstimable ? effect.Value.ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture) : null,
            ExpectedPower = promise == Promise.Asymptotic && rejects is not null ? 0.8 : null,
            Enumerate = () =>
            {
                var (rejected, covered) = Sum(p, p, n, n, rejects, covers);
                double? power = rejects is not null && effect.IsEstimable ? Sum(p, p + effect.Value, n, n, rejects, null).Rejected : null;
                // An interval without a test of its own is judged at the effect as well.
                double? worst = covers is null ? null : Math.Min(covered, effect.IsEstimable ? Sum(p, p + effect.Value, n, n, null, covers).Covered : 1);
                return new Rates(rejects is null ? 1 - covered : rejected, worst, power, null);
            },
        };
    }

    private static Cell Margin(string method, int n, Promise promise, double alpha, Func<Proportion, Proportion, bool> shows) => new(method, FormattableString.Invariant($"p = .60 against .55, {n:N0} an arm"), promise, alpha)
    {
        EffectSize = "no difference",
        Enumerate = () => new Rates(Sum(0.60, 0.55, n, n, shows, null).Rejected, null, Sum(0.60, 0.60, n, n, shows, null).Rejected, null),
    };

    private static Cell One(string method, string setting, Promise promise, double alpha, int n, double p, Func<int, bool> rejects, double? other = null) => new(method, setting, promise, alpha)
    {
        EffectSize = other is { } share ? FormattableString.Invariant($"a share of {share}") : null,
        Enumerate = () => new Rates(Rejected(n, rejects, p), null, other is { } share ? Rejected(n, rejects, share) : null, null),
    };

    private static double Rejected(int n, Func<int, bool> rejects, double p)
    {
        var (from, probabilities) = Binomial.Bulk(n, p);
        return probabilities.Select((q, i) => rejects(from + i) ? q : 0).Sum();
    }

    private static (double Rejected, double Covered) Sum(
        double pc, double pt, int nc, int nt, Func<Proportion, Proportion, bool>? rejects, Func<Proportion, Proportion, double, bool>? covers)
    {
        var (fromC, c) = Binomial.Bulk(nc, pc);
        var (fromT, t) = Binomial.Bulk(nt, pt);
        double[] rejected = new double[c.Length], covered = new double[c.Length];
        Parallel.For(0, c.Length, i =>
        {
            for (var j = 0; j < t.Length; j++)
            {
                if (c[i] * t[j] < 1e-13) continue;
                Proportion control = new(fromC + i, nc), treatment = new(fromT + j, nt);
                if (rejects?.Invoke(control, treatment) == true) rejected[i] += c[i] * t[j];
                if (covers?.Invoke(control, treatment, pt - pc) == true) covered[i] += c[i] * t[j];
            }
        });
        return (rejected.Sum(), covered.Sum());
    }
}
