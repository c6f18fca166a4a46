using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>Several tries of each case.</summary>
internal static class RepeatCells
{
    private const int K = 3, Tries = 5;

    public static IEnumerable<Cell> All()
    {
        // Case rates are Beta(a, b): cases differ, as they do.
        foreach (var (a, b, cases, hat, at) in new[]
        {
            (1.0, 1.0, 100, Promise.Asymptotic, Promise.Asymptotic), (0.5, 9.5, 600, Promise.Published, Promise.Asymptotic), (0.4, 19.6, 1500, Promise.Published, Promise.Asymptotic),
        })
        {
            var setting = FormattableString.Invariant($"p = {a / (a + b):0.##} on average, {cases:N0} cases of {Tries} tries, k = {K}");
            double all = Rising(a) / Rising(a + b), none = Rising(b) / Rising(a + b);
            yield return Cell.Of("pass^k", setting, hat, (ref RandomStream r) => Interval(Repeats.PassHatK(Cases(ref r, a, b, cases), K, 0.05), all), Math.Max(1, cases / 100), hat == Promise.Published ? "fewer than 20 cases in which k tries succeed" : null);
            yield return Cell.Of("pass@k", setting, at, (ref RandomStream r) => Interval(Repeats.PassAtK(Cases(ref r, a, b, cases), K, 0.05), 1 - none), Math.Max(1, cases / 100));
        }
    }

    private static double Rising(double a) => Enumerable.Range(0, K).Aggregate(1.0, (product, i) => product * (a + i));

    private static Proportion[] Cases(ref RandomStream random, double a, double b, int cases)
    {
        var drawn = new Proportion[cases];
        for (var i = 0; i < cases; i++)
        {
            double x = random.ChiSquare(2 * a), y = random.ChiSquare(2 * b);
            drawn[i] = new(random.Binomial(Tries, x / (x + y)), Tries);
        }
        return drawn;
    }

    private static Outcome Interval(Estimated<RepeatEstimate> result, double truth) => result.IsEstimable ? Outcomes.Interval(result.Value.Interval, truth) : new(false);
}
