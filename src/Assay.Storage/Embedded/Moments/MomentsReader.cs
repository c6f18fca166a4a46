using System.Collections.Immutable;
using Assay.DuckDb;
using Assay.Events;

namespace Assay.Storage;

/// <summary>Reads the moments of an experiment from the event tables: units first, then one pass per event table, then one row per arm.</summary>
internal static class MomentsReader
{
    public static ExperimentMoments Read(DuckDbConnection connection, MomentsQuery query, CancellationToken cancellationToken, bool hasTimes = true)
    {
        // One transaction sees one state of the events. What it has kept of them is committed before it is read any further: the tables of an
        // open transaction are read by a single thread.
        using var transaction = connection.BeginTransaction();
        var newest = Newest(connection, query.AsOf);
        var context = new MomentsContext(
            connection, query, query.AsOf is { } asOf ? Micros(asOf) : newest ?? 0, MetricPlan.For(query.Experiment, EventTable.Of), cancellationToken);
        context.Targets.Look(context);
        context.HasReasons = query.WithDiagnostics && ArrivalReader.HasReasons(context);
        UnitTable.Create(context);
        var burntIn = BurnIn.Apply(context);
        context.Targets.CreateAliases(context);
        ConversationClosing.AddColumns(context);
        context.Targets.CreateGenerationUnits(context);
        context.Invalid = InvalidRows.Find(context);
        if (query.WithDiagnostics && hasTimes) context.Cohorts = CohortPlan.For(context);
        UnitValues.Create(context);
        QuantileEvents.Create(context);
        context.Covariates = CovariateTable.Create(context);
        if (query.WithDiagnostics) context.CoarserId = CoarserIds.FromExposures(context);
        var diagnostics = query.WithDiagnostics ? DiagnosticsReader.FromEvents(context) : null;
        var unknown = UnknownVariants(context);
        transaction.Commit();

        UnitValues.Complete(context);
        var summary = MomentsSummary.Read(context, newest is { } micros ? new DateTimeOffset(DateTimeOffset.UnixEpoch.UtcTicks + micros * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero) : null);
        summary = summary with { BurnInUnits = burntIn, UnknownVariants = unknown, Diagnostics = diagnostics is null ? null : DiagnosticsReader.Complete(diagnostics, context, summary.Metrics, hasTimes) };
        DropTables(connection);
        return summary;
    }

    /// <summary>A connection is lent again; after a failure it is not.</summary>
    public static void DropTables(DuckDbConnection connection)
    {
        List<string> names;
        using (var result = connection.Query("SELECT table_name FROM duckdb_tables() WHERE temporary AND starts_with(table_name, 'assay_')"))
            names = [.. result.Rows().Select(r => r.GetString(0))];
        foreach (var name in names) connection.Execute($"DROP TABLE temp.{name}");
    }

    private static ImmutableSortedDictionary<string, long> UnknownVariants(MomentsContext context)
    {
        var values = new SqlParameters();
        using var result = values.Query(context.Connection, $"""
            SELECT variant, count(*) FROM exposures
            WHERE experiment = {values.Add(context.Experiment.Key)} AND version = {values.Add((long)context.Query.Version)}
                AND variant NOT IN ({string.Join(", ", context.Experiment.Variants.Select(v => values.Add(v.Key)))})
            GROUP BY variant ORDER BY count(*) DESC LIMIT 20
            """, context.CancellationToken);
        return result.Rows().ToImmutableSortedDictionary(r => r.GetString(0), r => r.GetInt64(1), StringComparer.Ordinal);
    }

    private static long? Newest(DuckDbConnection connection, DateTimeOffset? asOf)
    {
        var values = new SqlParameters();
        var until = asOf is { } time ? $" WHERE ts <= {values.AddMicros(Micros(time))}" : "";
        string[] tables = ["exposures", "generations", "outcomes", "scores", "labels"];
        using var result = values.Query(
            connection, $"SELECT max(t) FROM ({string.Join(" UNION ALL ", tables.Select(t => $"SELECT epoch_us(max(ts)) AS t FROM {t}{until}"))})",
            CancellationToken.None);
        return result.Rows().First().GetNullableInt64(0);
    }

    private static long Micros(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;
}
