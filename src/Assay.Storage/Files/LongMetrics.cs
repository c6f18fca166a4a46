using Assay.DuckDb;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>Which rows of a long file an experiment's metrics mean.</summary>
internal static class LongMetrics
{
    /// <summary>
    /// The experiment with sources that are outcomes: a row's metric is the source's event, else the metric's own name, else the field's name
    /// (a recorded file has no generations; their measures are rows like any other).
    /// </summary>
    public static Experiment Rebase(Experiment experiment, DuckDbConnection connection, RawTable raw, LongColumns columns, ProblemList problems)
    {
        using var result = connection.Query($"SELECT DISTINCT {raw.Text(columns.Metric)} AS m FROM {RawTable.Name} WHERE m IS NOT NULL ORDER BY m");
        var seen = result.Rows().Select(r => r.GetString(0)).ToList();
        return experiment with { Metrics = [.. experiment.Metrics.Select(m => m with { Metric = Rebase(m.Metric, seen, columns, problems) })] };
    }

    /// <summary>Reports text where the experiment's metrics need numbers; other rows may hold what they like.</summary>
    public static void CheckNumbers(DuckDbConnection connection, RawTable raw, LongColumns columns, Experiment experiment, ProblemList problems)
    {
        var sources = experiment.Metrics.SelectMany(m => new[] { (m.Metric.Type, Source: m.Metric.Source), (m.Metric.Type, Source: m.Metric.Denominator!) })
            .Where(s => s.Source is not null && s.Source.Aggregate != AggregateKind.Count);
        foreach (var metric in sources.GroupBy(s => s.Source.Event))
        {
            var values = new SqlParameters();
            ColumnChecks.Numbers(
                connection, raw, columns.Value, metric.Any(s => s.Type == MetricType.Count), $"{raw.Text(columns.Metric)} = {values.Add(metric.Key)}", values, problems);
        }
    }

    private static Metric Rebase(Metric metric, List<string> seen, LongColumns columns, ProblemList problems)
    {
        if (metric.Window is not null && columns.Timestamp is null)
            problems.Warning("window-not-applied", $"the window of {metric.Name} cannot be applied: the data says no column for the time", "data.columns: { timestamp: … }");
        return metric with
        {
            Window = columns.Timestamp is null ? null : metric.Window,
            Source = Rebase(metric, metric.Source, seen, problems),
            Denominator = metric.Denominator is { } denominator ? Rebase(metric, denominator, seen, problems) : null,
        };
    }

    private static MetricSource Rebase(Metric metric, MetricSource source, List<string> seen, ProblemList problems)
    {
        var isOutcome = EventTable.Of(source) == EventTable.Outcomes;
        string[] names = isOutcome ? [source.Event, metric.Name] : [metric.Name, source.Value];
        var name = Array.Find(names, seen.Contains);
        if (name is null)
            problems.Warning("no-metric-rows", $"no row is about {names[0]}, which the metric {metric.Name} needs", Suggestion.For(names[0], seen));
        return isOutcome ? source with { Event = name ?? names[0] } : new MetricSource(name ?? names[0], "value", source.Aggregate);
    }
}
