using Assay.Experiments;

namespace Assay.Storage;

/// <summary>
/// The coarser id by which units are gathered for the sensitivity row, <c>u, k</c>: of the ids above the unit that are recorded on nearly all
/// of them and gather some, the coarsest that leaves enough clusters in each arm; when none does, the coarsest.
/// </summary>
internal static class CoarserIds
{
    public const string Name = "assay_coarser";

    /// <summary>Share of the units that must have the id.</summary>
    private const double NearlyAll = 0.95;

    private const int EnoughClusters = 4;

    private static readonly (UnitKind Kind, string Column)[] KnownIds =
        [(UnitKind.Cluster, "cluster"), (UnitKind.User, "user_id"), (UnitKind.Conversation, "conversation"), (UnitKind.Session, "session")];

    /// <summary>The coarser ids of a unit as the exposures name them, the coarsest first.</summary>
    public static IEnumerable<(UnitKind Kind, string Column)> Of(UnitKind unit) => KnownIds.Where(id => id.Kind > unit);

    /// <summary>Of the event tables; a unit has the id of its first exposure.</summary>
    /// <returns>Name of the id; null when there is none to gather by.</returns>
    public static string? FromExposures(MomentsContext context)
    {
        var ids = Of(context.Experiment.Unit).ToList();
        if (ids.Count == 0) return null;
        var values = new SqlParameters();
        var where = $"experiment = {values.Add(context.Experiment.Key)} AND version = {values.Add((long)context.Query.Version)} AND ts <= {values.AddMicros(context.AsOfMicros)}";
        using (var result = values.Query(context.Connection, $"SELECT count(*), {string.Join(", ", ids.Select(id => $"count({id.Column})"))} FROM exposures WHERE {where}", context.CancellationToken))
        {
            var row = result.Rows().First();
            var needed = NearlyAll * row.GetInt64(0);
            ids = [.. ids.Where((_, i) => row.GetInt64(i + 1) is > 0 and var known && known >= needed)];
        }
        return Choose(ids.Select(id => (id.Kind, $"""
            SELECT u, k FROM {UnitTable.Name} JOIN (
                SELECT unit, arg_min({id.Column}, ts) AS k FROM exposures WHERE {where} GROUP BY unit) USING (unit)
            WHERE k IS NOT NULL
            """)), values, context);
    }

    /// <param name="candidates">Each id with the query of its units, <c>u, k</c>; the coarsest first.</param>
    /// <param name="values">Of the queries.</param>
    /// <param name="context">With the units.</param>
    public static string? Choose(IEnumerable<(UnitKind Kind, string Sql)> candidates, SqlParameters values, MomentsContext context)
    {
        (UnitKind Kind, string Sql)? coarsest = null;
        foreach (var candidate in candidates)
        {
            Create(candidate.Sql, values, context);
            if (!Gathers(context, out var isEnough)) continue;
            if (isEnough) return NameOf(candidate.Kind);
            coarsest ??= candidate;
        }
        if (coarsest is not { } only) return null;
        Create(only.Sql, values, context);
        return NameOf(only.Kind);
    }

    private static void Create(string sql, SqlParameters values, MomentsContext context) =>
        values.Execute(context.Connection, $"CREATE OR REPLACE TEMP TABLE {Name} AS {sql}", context.CancellationToken);

    /// <summary>Whether nearly all units have the id and some share one, and whether each arm has enough clusters.</summary>
    private static bool Gathers(MomentsContext context, out bool isEnough)
    {
        using var result = context.Connection.Query($"""
            SELECT sum(n), sum(known), sum(clusters), min(clusters), count(*) FROM (
                SELECT v, count(*) AS n, count(k) AS known, count(DISTINCT k) AS clusters
                FROM {UnitTable.Name} LEFT JOIN {Name} USING (u) WHERE {UnitGroup.Main.Filter} GROUP BY v)
            """, context.CancellationToken);
        var row = result.Rows().First();
        isEnough = false;
        if (row.GetNullableDouble(0) is not { } units) return false;
        double known = row.GetNullableDouble(1) ?? 0;
        if (known == 0 || known < NearlyAll * units || !Shares(context)) return false;
        isEnough = row.GetInt64(3) >= EnoughClusters && row.GetInt64(4) == context.Experiment.Variants.Length;
        return true;
    }

    private static bool Shares(MomentsContext context)
    {
        using var result = context.Connection.Query($"SELECT count(k) > count(DISTINCT k) FROM {UnitTable.Name} JOIN {Name} USING (u) WHERE {UnitGroup.Main.Filter}", context.CancellationToken);
        return result.Rows().First().GetBoolean(0);
    }

    private static string NameOf(UnitKind kind) => kind switch
    {
        UnitKind.Session => "session",
        UnitKind.Conversation => "conversation",
        UnitKind.User => "user",
        _ => "cluster",
    };
}
