using Assay.DuckDb;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>Replays how units matured: each counts from the moment its window closed until, at most, it met a second arm.</summary>
/// <remarks>What a moment's count depends on came before that moment, so rows that are added later move no look.</remarks>
internal static class MaturityReader
{
    public static MaturityTimes Read(DuckDbConnection connection, MomentsQuery query, IReadOnlyList<long> units, CancellationToken cancellationToken)
    {
        using var transaction = connection.BeginTransaction();
        var context = new MomentsContext(
            connection, query with { IsComplete = true }, NewestMicros(connection), MetricPlan.For(query.Experiment, EventTable.Of), cancellationToken);
        context.Targets.Look(context);
        UnitTable.Create(context);
        BurnIn.Apply(context);
        context.Targets.CreateAliases(context);
        ConversationClosing.AddColumns(context);
        return Read(context, CrossingsSql(context), units);
    }

    /// <summary>Over an existing table of units.</summary>
    /// <param name="context">Its newest event stands for the end of the data.</param>
    /// <param name="crossings">Parameters and SELECT of <c>u, c</c>: when a unit met a second arm, in microseconds.</param>
    /// <param name="units">Numbers of matured units, each at least 1.</param>
    public static MaturityTimes Read(MomentsContext context, (SqlParameters Values, string Sql) crossings, IReadOnlyList<long> units)
    {
        var windows = context.Experiment.MetricsOf(MetricRole.Primary).Select(m => m.Metric.Window).Distinct().ToList();
        using var first = context.Connection.Query($"SELECT min(first_us) FROM {UnitTable.Name}", context.CancellationToken);
        var start = first.Rows().First().GetNullableInt64(0);
        var (values, sql) = crossings;
        values.Execute(context.Connection, $"""
            CREATE OR REPLACE TEMP TABLE assay_maturity AS
            WITH crossings AS ({sql}),
            spans AS (SELECT units.*, c FROM {UnitTable.Name} units LEFT JOIN crossings USING (u) WHERE {context.AfterBurnIn})
            {string.Join(" UNION ALL ", windows.Select((w, p) => Counts(p, Closed(w, context))))}
            """, context.CancellationToken);
        return new MaturityTimes(start is { } s ? Time(s) : null, start is null ? null : Time(context.AsOfMicros), [.. units.Select(n => TimeOf(n, windows.Count, context))]);
    }

    private static string Counts(int primary, string closed) => $"""
        SELECT {primary} AS p, t, sum(sum(d)) OVER (ORDER BY t) AS n FROM (
            SELECT {closed} AS t, 1 AS d FROM spans WHERE c IS NULL OR c > {closed}
            UNION ALL SELECT c, -1 FROM spans WHERE c > {closed})
        GROUP BY t
        """;

    // The counts of several primaries differ by their windows; a look needs all of them.
    private static DateTimeOffset? TimeOf(long units, int primaries, MomentsContext context)
    {
        using var result = context.Connection.Query(
            $"SELECT max(t), count(*) FROM (SELECT p, min(t) AS t FROM assay_maturity WHERE n >= {MomentsContext.Number(units)} GROUP BY p)", context.CancellationToken);
        var row = result.Rows().First();
        return row.GetInt64(1) == primaries && row.GetInt64(0) is var micros && micros <= context.AsOfMicros ? Time(micros) : null;
    }

    private static string Closed(MetricWindow? window, MomentsContext context) => window switch
    {
        null => "first_us",
        { To: { } to } => $"(first_us + {MomentsContext.Micros(to)})",
        _ => $"(first_us + close{context.IdleTimes.IndexOf(window.Idle)})",
    };

    private static (SqlParameters, string) CrossingsSql(MomentsContext context)
    {
        var values = new SqlParameters();
        var experiment = values.Add(context.Experiment.Key);
        var version = values.Add((long)context.Query.Version);
        var variants = string.Join(' ', context.Experiment.Variants.Select((v, i) => $"WHEN {values.Add(v.Key)} THEN {i}"));
        return (values, $"""
            SELECT u, min(epoch_us(ts)) AS c FROM exposures JOIN {UnitTable.Name} units USING (unit)
            WHERE experiment = {experiment} AND version = {version} AND CASE variant {variants} END <> units.v GROUP BY u
            """);
    }

    private static long NewestMicros(DuckDbConnection connection)
    {
        string[] tables = ["exposures", "generations", "outcomes", "scores", "labels"];
        using var result = connection.Query($"SELECT max(t) FROM ({string.Join(" UNION ALL ", tables.Select(t => $"SELECT epoch_us(max(ts)) AS t FROM {t}"))})");
        return result.Rows().First().GetNullableInt64(0) ?? 0;
    }

    public static long Micros(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Time(long micros) => new(DateTimeOffset.UnixEpoch.UtcTicks + micros * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
}
