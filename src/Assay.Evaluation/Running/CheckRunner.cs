using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>Scores answers by a suite's checks: a row per metric, and the two that sum them up.</summary>
internal sealed class CheckRunner(Suite suite, CheckServices services)
{
    private readonly ConcurrentDictionary<CheckSpec, (ICheck Check, bool IsBinary)> made = new(ReferenceEqualityComparer.Instance as IEqualityComparer<CheckSpec>);

    public async Task<ImmutableArray<ScoreRow>> ScoreAsync(ArenaCell cell, Answer? answer, string? failure, CancellationToken cancellationToken)
    {
        var golden = cell.Golden;
        var rows = new List<(ScoreRow Row, CheckResult Result, double Weight)>();
        var row = new ScoreRow { Variant = cell.Variant.Key, Case = golden.Id, Cluster = golden.Cluster, Repeat = cell.Repeat, Metric = "", Value = null, Tags = golden.Tags };
        foreach (var spec in suite.ChecksOf(golden))
        {
            var (check, isBinary) = made.GetOrAdd(spec, Make);
            var result = answer is null ? CheckResult.Error($"no answer: {failure}") : await check.ScoreAsync(golden, answer, cancellationToken);
            rows.Add((row with { Metric = check.Metric, Value = result.Value, Status = result.Status, IsBinary = isBinary, Reason = result.Reason }, result, check.Weight));
        }
        var byMetric = rows.GroupBy(r => r.Row.Metric, StringComparer.Ordinal).Select(g => g.Count() == 1 ? g.First().Row : Joined([.. g])).ToList();
        if (rows.Count > 0) byMetric.AddRange(Summary(row, rows).Where(s => byMetric.TrueForAll(r => r.Metric != s.Metric)));
        if (answer is not null) byMetric.AddRange(Measured(row, answer));
        return [.. byMetric];
    }

    private (ICheck, bool) Make(CheckSpec spec)
    {
        var creation = CheckCatalog.Create(spec, services);
        return (creation.Check ?? throw new InvalidOperationException($"{spec.Place}: {creation.Problems[0]}"), creation.Kind!.IsBinary);
    }

    // Several checks under one metric: all must pass, degrees are averaged by weight.
    private static ScoreRow Joined(List<(ScoreRow Row, CheckResult Result, double Weight)> rows)
    {
        if (rows.Find(r => r.Row.Status != ScoreStatus.Scored) is { Row: { } broken }) return broken with { IsBinary = rows.TrueForAll(r => r.Row.IsBinary) };
        var reason = rows.Find(r => r.Result.Passed == false).Row?.Reason;
        return rows.TrueForAll(r => r.Row.IsBinary)
            ? rows[0].Row with { Value = rows.TrueForAll(r => r.Row.Value == 1) ? 1 : 0, Reason = reason }
            : rows[0].Row with { Value = Mean(rows), IsBinary = false, Reason = reason };
    }

    private static IEnumerable<ScoreRow> Summary(ScoreRow row, List<(ScoreRow Row, CheckResult Result, double Weight)> rows)
    {
        var all = CaseScore.Of(rows.Select(r => (r.Row.Metric, r.Weight, r.Result)));
        // Without a threshold anywhere, nothing passes or fails.
        if (all.Status != ScoreStatus.Scored || all.Passed is not null)
            yield return row with { Metric = SuiteMetrics.Accuracy, IsBinary = true, Status = all.Status, Value = all.Status == ScoreStatus.Scored ? all.Passed == true ? 1 : 0 : null, Reason = all.Reason };
        yield return row with { Metric = SuiteMetrics.Score, Status = all.Status, Value = all.Value, Reason = all.Reason };
    }

    private static double Mean(List<(ScoreRow Row, CheckResult Result, double Weight)> rows)
    {
        var total = rows.Sum(r => r.Weight);
        return total == 0 ? rows.Average(r => r.Row.Value!.Value) : rows.Sum(r => r.Row.Value!.Value * r.Weight) / total;
    }

    private static IEnumerable<ScoreRow> Measured(ScoreRow row, Answer answer)
    {
        row = row with { HigherIsBetter = false };
        if (answer.LatencyMs is { } latency) yield return row with { Metric = SuiteMetrics.LatencyMs, Value = latency };
        if (answer.TimeToFirstTokenMs is { } first) yield return row with { Metric = SuiteMetrics.TtftMs, Value = first };
        if (answer.CostUsd is { } cost) yield return row with { Metric = SuiteMetrics.CostUsd, Value = cost };
        if (answer.InputTokens is { } input) yield return row with { Metric = SuiteMetrics.InputTokens, Value = input };
        if (answer.OutputTokens is { } output) yield return row with { Metric = SuiteMetrics.OutputTokens, Value = output };
    }
}
