using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Assay.Calibration;

/// <summary>docs/statistics/calibration.md.</summary>
internal static class CalibrationPage
{
    public static string Write(int runs, int planRuns, long seed, string? only, Action<string> say)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            # Calibration
            How often each test, interval and stopping rule errs, measured. Made by

            ```sh
            dotnet run -c Release --project bench/Assay.Calibration -- --runs {runs} --plan-runs {planRuns} --seed {seed} --out docs/statistics/calibration.md
            ```

            The same cells run with fewer experiments in `./test`, and with more in `./test --all`; a cell that breaks its promise fails there.

            **Promises.** *exact*: at most α (always-valid rules: over all looks together). *asymptotic*: at most 1.1 α, with at least 20 successes and failures an arm. Measured rates may lie above by chance: the limit is the 1 − 10⁻⁴ quantile of the binomial distribution. *published*: outside the promise, or a warning example; the rate stands here so that nobody has to guess. Where the column *experiments* says *all*, every outcome was enumerated with its probability and nothing is left to chance. Intervals: the share that holds the truth. Power: the share rejected at the effect named beside it; in brackets what theory expects. Where there is an effect, the interval is the worse of the two: without it and with it.

            ## Methods
            α is .05 unless the method says otherwise.

            | method | setting | promise | α | rejects true nulls | interval holds | power | experiments | kept, or why none was given |
            |---|---|---|---:|---:|---:|---:|---:|---|

            """);
        foreach (var cell in Cells.All.Where(c => only is null || c.ToString().Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            var clock = Stopwatch.StartNew();
            var rates = cell.Measure(runs, seed);
            var broken = cell.Broken(rates);
            say($"{clock.Elapsed.TotalSeconds:0.0} s {cell}: {rates.Rejected:0.0000} {rates.Covered:0.0000} {broken}");
            page.Append(CultureInfo.InvariantCulture,
                $"| {cell.Method} | {cell.Setting} | {cell.Promise.ToString().ToLowerInvariant()} | {cell.Alpha} | {Rate(rates.Rejected, rates.Runs)} | {Rate(rates.Covered, rates.Runs)} | {Rate(rates.Power, rates.Runs)}{(rates.Power is not null && cell.EffectSize is { } size ? " at " + size : "")}{(cell.ExpectedPower is { } e ? $" ({e.ToString("0.000", CultureInfo.InvariantCulture)})" : "")} | {rates.Runs?.ToString("N0", CultureInfo.InvariantCulture) ?? "all"} | {(cell.Promise == Promise.Published ? cell.Note : broken is null ? "yes" : "**no**: " + broken)} |\n");
        }
        if (only is null) Plans(page, planRuns, seed, say);
        return page.ToString();
    }

    private static void Plans(StringBuilder page, int runs, long seed, Action<string> say)
    {
        page.Append(CultureInfo.InvariantCulture, $"""

            ## Whole plans
            Definitions as people write them, α = .05, planned for power .80 (the size includes the inflation of the looks), through the same rules that decide a report: [`assay simulate`](../concepts/simulate.md), {runs:N0} experiments each. *Peeking*: what as many looks would reject if each were taken for the only one. *Effect* is the minimum effect or none. The interval is the one reported at the end: median-unbiased after a stop, else of the last look.

            | plan | effect | units | rejects | peeking | interval holds | mean sample | ship | do-not-ship | no-difference | inconclusive | kept |
            |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|

            """);
        foreach (var row in PlanRow.All)
        {
            var r = row.Measure(runs, seed);
            var broken = row.Broken(r);
            say($"{row.Name} at {row.Effect}: {r.RejectionRate:0.0000} {broken}");
            page.Append(CultureInfo.InvariantCulture,
                $"| {row.Name} | {row.Effect} | {r.PlannedUnits:N0} | {Rate(r.RejectionRate, runs)} | {Rate(r.Naive.RejectionRate, runs)} | {Rate(r.Coverage, runs)} | {r.MeanSampleFraction:0.000} | {r.Decisions["ship"]:0.000} | {r.Decisions["do-not-ship"]:0.000} | {r.Decisions["no-difference"]:0.000} | {r.Decisions["inconclusive"]:0.000} | {(broken is null ? "yes" : "**no**: " + broken)} |\n");
        }
        foreach (var (name, plan) in new[] { ("mean, asymptotic sequence", HybridPlan.Mean), ("rate of .6, exact sequence", HybridPlan.Rate) })
            foreach (var effects in new[] { 0, 1, -1 })
            {
                var r = HybridPlan.Measure(plan, effects, runs, seed);
                page.Append(CultureInfo.InvariantCulture,
                    $"| hybrid (harm at any of 14 reports, benefit once), {name} | {effects * plan.Effect} | {r.PlannedUnits:N0} | {Rate(r.RejectionRate, runs)} | {Rate(r.Naive.RejectionRate, runs)} | {Rate(r.Coverage, runs)} | {r.MeanSampleFraction:0.000} | {r.Decisions["ship"]:0.000} | {r.Decisions["do-not-ship"]:0.000} | {r.Decisions["no-difference"]:0.000} | {r.Decisions["inconclusive"]:0.000} | |\n");
            }
        page.Append("""

            A fixed plan promises .025/.025/.753/.197 without an effect and .80/.00/.05/.15 at the minimum effect. What is missing to 1 in a row is *invalid*: the sample ratio test at .001, which random splits meet too. Bandits stand above; longer runs of every rule are tests of their own (`BanditCalibrationTests`).

            """);
    }

    private static string Rate(double? rate, int? runs) => rate is not { } r ? "" : runs is { } n && n > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{r:0.0000} ± {Math.Sqrt(r * (1 - r) / n):0.0000}") : r.ToString("0.0000", CultureInfo.InvariantCulture);
}
