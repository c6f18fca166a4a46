using System.Collections.Immutable;
using Assay.Analysis;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>The families of a whole report: primaries decide, secondaries are tested only after them.</summary>
internal static class GateCells
{
    private static readonly string[] s_arms = ["control", "treatment", "other"];
    private static readonly string[] s_secondaries = ["s1", "s2", "s3"];
    private static readonly Experiment s_once = Read("");
    private static readonly Experiment s_looks = Read(", looks: 4");
    private static readonly SequentialPlan s_plan = SequentialPlan.Of(s_looks);

    public static IEnumerable<Cell> All()
    {
        yield return Cell.Of("report, two treatments, three secondaries by Holm: any false rejection", "rates of .5, no effect anywhere", Promise.Asymptotic, (ref RandomStream r) => new(Once(ref r, 0, "")), 10);
        yield return Cell.Of("report, two treatments, three secondaries by Holm: any false secondary", "rates of .5, the primary moves by .2", Promise.Asymptotic, (ref RandomStream r) => new(Once(ref r, 0.2, "secondary")), 10);
        yield return Cell.Of("report, two treatments, three secondaries by Holm: any false rejection at any of 4 looks", "rates of .5, no effect anywhere", Promise.Asymptotic, (ref RandomStream r) => new(Looked(ref r, 0)), 100);
        yield return Cell.Of("report, two treatments, three secondaries by Holm: any false secondary at the look that decides", "rates of .5, the primary moves by .05", Promise.Asymptotic, (ref RandomStream r) => new(Looked(ref r, 0.05)), 150);
    }

    private static Experiment Read(string looks)
    {
        var read = DefinitionReader.ReadText($$"""
            key: gate
            variants: [ { key: control, weight: 0.5 }, { key: treatment, weight: 0.25, promptVersion: b }, { key: other, weight: 0.25, promptVersion: c } ]
            metrics: { primary: m, secondary: [s1, s2, s3] }
            plan: { minimumEffect: 0.05, baseline: 0.5, correction: holm{{looks}} }
            ---
            metrics: { m: { type: proportion, event: m, better: higher, window: { to: 1d } }, s1: { type: proportion, event: s1, better: higher }, s2: { type: proportion, event: s2, better: higher }, s3: { type: proportion, event: s3, better: higher } }
            """);
        return read.Definitions?.Experiments[0] ?? throw new InvalidOperationException(string.Join("; ", read.Problems));
    }

    private static bool Once(ref RandomStream random, double effect, string role)
    {
        var counts = new long[4, 3];
        Draw(ref random, counts, [2000, 1000, 1000], effect);
        var report = ReportBuilder.Build(s_once, Moments(counts, [2000, 1000, 1000]), new ReportOptions { IsFinal = true });
        return report.Metrics.Any(m => (role.Length == 0 || m.Role == role) && m.AdjustedPValue <= 0.05);
    }

    /// <summary>Without an effect any adjusted p-value counts; with one, those of the secondaries, at every look until the plan ends.</summary>
    private static bool Looked(ref RandomStream random, double effect)
    {
        var counts = new long[4, 3];
        long[] units = [0, 0, 0];
        ImmutableArray<LookRecord> history = [];
        for (var look = 1; ; look++)
        {
            var total = (s_plan.UnitsAt(look)!.Value + 3) / 4 * 4;
            long[] now = [total / 2, total / 4, total / 4];
            Draw(ref random, counts, [now[0] - units[0], now[1] - units[1], now[2] - units[2]], effect);
            units = now;
            var report = ReportBuilder.Build(s_looks, Moments(counts, units), new ReportOptions { RemembersLooks = true, Looks = history, Sequential = s_plan });
            history = report.Looks;
            var primaries = history[^1].Comparisons.Any(c => c.Result is LookResult.Benefit or LookResult.Harm);
            if (effect == 0 && primaries) return true;
            if (report.Metrics.Any(m => m.Role == "secondary" && m.AdjustedPValue <= 0.05)) return true;
            if (report.Ends || look == 4) return false;
        }
    }

    private static void Draw(ref RandomStream random, long[,] counts, long[] units, double effect)
    {
        for (var metric = 0; metric < 4; metric++)
            for (var arm = 0; arm < 3; arm++)
                counts[metric, arm] += random.Binomial(units[arm], metric == 0 && arm > 0 ? 0.5 + effect : 0.5);
    }

    private static ExperimentMoments Moments(long[,] counts, long[] units) => new(
        null, [.. s_arms.Select((a, i) => new ArmUnits(a, units[i], 0))], [Metric("m", counts, 0, units), .. s_secondaries.Select((s, i) => Metric(s, counts, i + 1, units))], []);

    private static MetricMoments Metric(string name, long[,] counts, int metric, long[] units)
    {
        ImmutableArray<MetricArmMoments> arms = [.. s_arms.Select((a, i) =>
        {
            var rate = new Proportion(counts[metric, i], units[i]).ToMoments();
            return new MetricArmMoments { Variant = a, Units = units[i], Matured = units[i], Answered = units[i], Successes = counts[metric, i], Mean = rate.Mean, Variance = rate.Variance };
        })];
        return new(name, arms, arms);
    }
}
