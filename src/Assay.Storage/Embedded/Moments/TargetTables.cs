using Assay.DuckDb;

namespace Assay.Storage;

/// <summary>How targets other than a unit's own id are found: built only as far as there are such targets.</summary>
internal sealed class TargetTables
{
    /// <summary>Other ids of units: <c>id, first_ts, u</c>.</summary>
    public const string Aliases = "assay_aliases";

    /// <summary>The units of generations that something is said about: <c>generation_id, response_id, u</c>.</summary>
    public const string GenerationUnits = "assay_generation_units";

    private static readonly string[] IdColumns = ["request", "session", "conversation", "user_id", "cluster"];

    private readonly Dictionary<EventTable, TargetKinds> _kinds = [];

    public bool HasAliases { get; private set; }

    /// <summary>True when rows are found by the exposure that they name; else the units need not know their exposure.</summary>
    public bool NeedsExposures { get; private set; }

    public TargetKinds Of(EventTable table) => _kinds.GetValueOrDefault(table);

    /// <summary>Before there are units: which targets are named at all.</summary>
    public void Look(MomentsContext context)
    {
        var tables = MetricPlan.Components(context.Plans).Select(c => c.Table).Distinct().ToList();
        foreach (var table in tables.Where(t => t.HasTargets)) _kinds[table] = Kinds(context.Connection, table);
        NeedsExposures = tables.Contains(EventTable.Generations) || !context.IdleTimes.IsEmpty || _kinds.Values.Any(k => k != default);
    }

    /// <summary>After the units are complete.</summary>
    public void CreateGenerationUnits(MomentsContext context)
    {
        var tables = _kinds.Where(k => k.Value.Generations || k.Value.Responses).Select(k => k.Key.Name).ToList();
        if (tables.Count == 0) return;
        string Named(string column) => string.Join(" UNION ", tables.Select(t => $"SELECT {column} FROM {t} WHERE {column} IS NOT NULL"));
        var values = new SqlParameters();
        values.Execute(context.Connection, $"""
            CREATE OR REPLACE TEMP TABLE {GenerationUnits} AS
            SELECT generation_id, any_value(response_id) AS response_id, min(u) AS u
            FROM ({GenerationRows.Sql(context, values, 0)})
            WHERE generation_id IN ({Named("generation_id")}) OR response_id IN ({Named("response_id")})
            GROUP BY generation_id
            """, context.CancellationToken);
    }

    /// <summary>After there are units.</summary>
    public void CreateAliases(MomentsContext context)
    {
        var values = new SqlParameters();
        var (experiment, version) = (values.Add(context.Experiment.Key), values.Add((long)context.Query.Version));
        // Stops at the first one, and joins nothing where there is none.
        using (var any = values.Query(context.Connection, $"""
            SELECT 1 FROM exposures WHERE experiment = {experiment} AND version = {version} AND ({string.Join(" OR ", IdColumns.Select(c => $"{c} <> unit"))}) LIMIT 1
            """, context.CancellationToken))
            if (!any.Rows().Any()) return;
        values.Execute(context.Connection, $"""
            CREATE OR REPLACE TEMP TABLE {Aliases} AS
            WITH seen AS (
                SELECT u.u, u.first_us, e.* FROM exposures e JOIN {UnitTable.Name} u ON e.unit = u.unit
                WHERE e.experiment = {experiment} AND e.version = {version} AND e.ts <= {values.AddMicros(context.AsOfMicros)}),
            named AS (
                {string.Join(" UNION ", IdColumns.Select(c => $"SELECT {c} AS id, u, first_us FROM seen WHERE {c} <> unit"))})
            SELECT id, make_timestamp(first_us) AS first_ts, max(u) AS u FROM named
            WHERE id NOT IN (SELECT unit FROM {UnitTable.Name}) GROUP BY id, first_us
            """, context.CancellationToken);
        using var result = context.Connection.Query($"SELECT count(*) > 0 FROM {Aliases}", context.CancellationToken);
        HasAliases = result.Rows().First().GetBoolean(0);
    }

    private static TargetKinds Kinds(DuckDbConnection connection, EventTable table)
    {
        using var result = connection.Query($"SELECT count(exposure_id) > 0, count(generation_id) > 0, count(response_id) > 0 FROM {table.Name}");
        var row = result.Rows().First();
        return new TargetKinds(row.GetBoolean(0), row.GetBoolean(1), row.GetBoolean(2));
    }
}
