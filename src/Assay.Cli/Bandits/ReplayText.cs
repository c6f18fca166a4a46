using System.Globalization;
using Assay.Cli.Stats;
using Assay.Statistics;

namespace Assay.Cli.Bandits;

/// <summary>The answer of <c>bandit replay</c> for people.</summary>
internal static class ReplayText
{
    private const int MostArms = 12;

    public static void Write(TextWriter output, BanditLog log, LogSummary summary, List<ReplayedAlgorithm> rows, List<(string Name, string Why)> skipped)
    {
        var error = summary.Observed.N < 2 ? "" : $" ({Short(Math.Sqrt(summary.Observed.Variance / summary.Observed.N))})";
        output.WriteLine($"Log:     {Say.Count(log.Events.Length)} events, {log.Arms.Length} arms; it earned {Short(summary.Observed.Mean)}{error} per event");
        output.WriteLine("Winner:  " + (summary.Decision.Winner is { } winner
            ? $"{log.Arms[winner]}: its lower bound exceeds every other arm's upper bound, at any stop" : "none yet: no arm's lower bound exceeds every other's upper bound"));
        output.WriteLine("Shares:  " + (summary.Check.IsEstimable
            ? string.Create(CultureInfo.InvariantCulture, $"arms were taken {(summary.Mismatch ? "NOT " : "")}as often as promised (p = {summary.Check.Value.PValue:G3})") : "not checked: " + summary.Check.Reason));
        foreach (var warning in summary.Warnings()) output.WriteLine("Warning: " + warning);
        output.WriteLine();
        Table(output, [["arm", "pulls", "mean", "bounds at any stop", "adjusted (error)"], .. log.Arms.Take(MostArms).Select((arm, k) => Arm(arm, summary, k))]);
        if (log.Arms.Length > MostArms) output.WriteLine($"… and {log.Arms.Length - MostArms} more arms: --format json shows all");
        output.WriteLine();
        Table(output, [["algorithm", "accepted", "rejection (error)", "IPS (error)", "SNIPS (error)", "doubly robust (error)", "effective"], .. rows.Select(Row)]);
        foreach (var row in rows)
        {
            if (row.Approximation is not null) output.WriteLine($"Approximate: {row.Name} is {row.Approximation}");
        }
        foreach (var group in rows.Where(r => r.Warning is not null).GroupBy(r => r.Warning)) output.WriteLine($"Warning: {string.Join(", ", group.Select(r => r.Name))}: {group.Key}");
        foreach (var group in skipped.GroupBy(s => s.Why)) output.WriteLine($"Skipped: {string.Join(", ", group.Select(s => s.Name))}: {group.Key}");
    }

    private static string[] Arm(string arm, LogSummary summary, int k)
    {
        var (rewards, bounds, adjusted) = (summary.Arms[k], summary.Decision.Intervals[k], summary.Estimates[k]);
        return
        [
            arm, Say.Count((long)rewards.Weight), rewards.Weight > 0 ? Short(rewards.Mean) : "–",
            double.IsFinite(bounds.Low) ? $"{Short(bounds.Low)} to {Short(bounds.High)}" : "too few rewards", adjusted.IsEstimable ? $"{Short(adjusted.Value.Estimate)} ({Short(adjusted.Value.StandardError)})" : "not estimable",
        ];
    }

    private static string[] Row(ReplayedAlgorithm row) =>
    [
        row.Name + (row.Approximation is null ? "" : " ≈"), row.Replay is { } replay ? Say.Count(replay.Accepted) : "–", row.Replay is { } r ? Estimate(r.Rejection) : "–",
        Estimate(row.Part(p => p.Ips)), Estimate(row.Part(p => p.Snips)), row.OffPolicy.IsEstimable && row.OffPolicy.Value.DoublyRobust is { } robust ? Estimate(robust) : "–",
        row.OffPolicy.IsEstimable ? Say.Count((long)Math.Round(row.OffPolicy.Value.EffectiveSampleSize)) : "–",
    ];

    private static string Estimate(Estimated<OffPolicyEstimate> e) => e.IsEstimable ? $"{Short(e.Value.Value)} ({Short(e.Value.StandardError)})" : "not estimable";

    private static string Short(double value) => value.ToString(Math.Abs(value) < 1 ? "0.#####" : "G5", CultureInfo.InvariantCulture);

    private static void Table(TextWriter output, string[][] rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(c => rows.Max(r => r[c].Length))];
        foreach (var row in rows) output.WriteLine(string.Join("  ", row.Select((cell, c) => cell.PadRight(widths[c]))).TrimEnd());
    }
}
