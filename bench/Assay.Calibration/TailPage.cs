using System.Globalization;
using System.Text;
using Assay.Analysis;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>How often a report wrongly calls a rate better, and how often worse: each tail by itself, by enumeration of all outcomes through the report's own code.</summary>
public static class TailPage
{
    private static readonly Experiment s_experiment = DefinitionReader.ReadText("""
        key: tails
        variants: [ { key: control, weight: 0.5 }, { key: treatment, weight: 0.5, promptVersion: b } ]
        metrics: { primary: m }
        ---
        metrics: { m: { type: proportion, event: m, better: higher, window: { to: 1d } } }
        """).Definitions!.Experiments[0];

    /// <summary>1.1 times half of alpha.</summary>
    public const double Allowed = 0.0275;

    public static string Write(Action<string> said)
    {
        var page = new StringBuilder("| rate | control | treatment | fewest expected | better | worse | pooled z: better | worse | Newcombe: better | worse | kept |\n|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|\n");
        foreach (var (p, control, treatment) in Grid())
        {
            said(FormattableString.Invariant($"{p}, {control} and {treatment}"));
            page.AppendLine(Row(p, control, treatment));
        }
        return page.ToString();
    }

    private static IEnumerable<(double P, int Control, int Treatment)> Grid()
    {
        foreach (var (p, smaller) in new[] { (0.02, 1000), (0.02, 2000), (0.05, 400), (0.05, 1000), (0.1, 200), (0.1, 500), (0.3, 100), (0.5, 100) })
        {
            yield return (p, smaller, smaller);
            yield return (p, smaller, 2 * smaller);
            yield return (p, 4 * smaller, smaller);
            yield return (p, smaller, 9 * smaller);
        }
        // Fewer than 20 expected: the exact test beside the score decides.
        yield return (0.5, 8, 8);
        yield return (0.5, 8, 72);
        yield return (0.02, 100, 900);
        yield return (0.002, 1000, 9000);
    }

    /// <summary>The chances that a report calls the treatment better, and worse, where both arms have the rate p.</summary>
    public static (double Better, double Worse) Of(double p, int control, int treatment)
    {
        var total = Sums(p, control, treatment, isReportOnly: true);
        return (total[0], total[1]);
    }

    private static string Row(double p, int control, int treatment)
    {
        var total = Sums(p, control, treatment, isReportOnly: false);
        var kept = total[0] <= Allowed && total[1] <= Allowed;
        return string.Create(CultureInfo.InvariantCulture,
            $"| {p} | {control:N0} | {treatment:N0} | {Math.Min(control, treatment) * Math.Min(p, 1 - p):0.#} | {total[0]:0.0000} | {total[1]:0.0000} | {total[2]:0.0000} | {total[3]:0.0000} | {total[4]:0.0000} | {total[5]:0.0000} | {(kept ? "yes" : "no")} |");
    }

    private static double[] Sums(double p, int control, int treatment, bool isReportOnly)
    {
        var (fromC, c) = Binomial.Bulk(control, p);
        var (fromT, t) = Binomial.Bulk(treatment, p);
        var sums = new double[c.Length][];
        Parallel.For(0, c.Length, i =>
        {
            var sum = sums[i] = new double[6];
            for (var j = 0; j < t.Length; j++)
            {
                var chance = c[i] * t[j];
                if (chance < 1e-12) continue;
                Proportion a = new(fromC + i, control), b = new(fromT + j, treatment);
                if (Reported(a, b) is { } interval) Count(sum, 0, chance, interval.Low > 0, interval.High < 0);
                if (isReportOnly) continue;
                if (TwoProportions.PooledZ(a, b) is { IsEstimable: true, Value: var z }) Count(sum, 2, chance, z >= 1.959963984540054, z <= -1.959963984540054);
                var newcombe = TwoProportions.NewcombeInterval(a, b, 0.05);
                Count(sum, 4, chance, newcombe.Low > 0, newcombe.High < 0);
            }
        });
        return [.. Enumerable.Range(0, 6).Select(k => sums.Sum(s => s[k]))];
    }

    private static void Count(double[] sum, int at, double chance, bool isBetter, bool isWorse)
    {
        if (isBetter) sum[at] += chance;
        if (isWorse) sum[at + 1] += chance;
    }

    private static ReportInterval? Reported(Proportion control, Proportion treatment)
    {
        var moments = new MetricMoments("m", [Arm("control", control), Arm("treatment", treatment)], []);
        return ReportBuilder.Build(s_experiment, new ExperimentMoments(null, [new("control", control.Trials, 0), new("treatment", treatment.Trials, 0)], [moments], []), new ReportOptions { IsFinal = true }).Metrics[0].Interval;
    }

    private static MetricArmMoments Arm(string variant, Proportion of)
    {
        var share = of.ToMoments();
        return new() { Variant = variant, Units = of.Trials, Matured = of.Trials, Answered = of.Trials, Successes = of.Successes, Mean = share.Mean, Variance = share.Variance };
    }
}
