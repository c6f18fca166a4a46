using System.Collections.Immutable;
using System.Globalization;
using Assay.Experiments;

namespace Assay.Storage;

/// <summary>The plan's covariates per unit, <c>u, x0, x1, …</c>: attributes as they came with the first exposure, metrics over the time before it. Nothing later can enter.</summary>
/// <param name="Fills">What stands for a missing value, per covariate: the mean of those that are known.</param>
/// <param name="HasGaps">Whether any unit lacks a value, per covariate.</param>
internal sealed record CovariateTable(ImmutableArray<double> Fills, ImmutableArray<bool> HasGaps)
{
    private const string Name = "assay_covariates";

    public int Count => Fills.Length;

    /// <summary>The numbers of attributes, <c>cv0, …</c>, for the table of units.</summary>
    public static string Columns(ImmutableArray<Covariate> covariates, SqlParameters values) => string.Concat(covariates.Select((c, j) =>
        c.Attribute is { } attribute ? $", {Number(JsonSql.Text("attributes", attribute, values))} AS cv{j}" : ""));

    /// <returns>Null when the plan has no covariates, or no unit has a value of any.</returns>
    public static CovariateTable? Create(MomentsContext context)
    {
        var covariates = context.Experiment.Plan.Covariates;
        if (covariates.IsEmpty) return null;
        var values = new SqlParameters();
        var sources = covariates.Select((c, j) => Source(context, c, j, values)).ToArray();
        values.Execute(context.Connection, $"""
            CREATE OR REPLACE TEMP TABLE {Name} AS
            SELECT n.u{string.Concat(sources.Select((s, j) => $", {s.Value} AS x{j}"))} FROM {UnitTable.Name} n {string.Concat(sources.Select(s => s.Join))}
            """, context.CancellationToken);
        using var result = context.Connection.Query($"""
            SELECT {string.Join(", ", covariates.Select((_, j) => $"avg(x{j}) FILTER ({UnitGroup.Main.Filter}), count(*) - count(x{j})"))}
            FROM {Name} JOIN {UnitTable.Name} USING (u)
            """, context.CancellationToken);
        var row = result.Rows().First();
        double?[] means = [.. covariates.Select((_, j) => row.GetNullableDouble(2 * j))];
        return means.All(m => m is null) ? null : new CovariateTable([.. means.Select(m => m ?? 0)], [.. covariates.Select((_, j) => row.GetInt64(2 * j + 1) > 0)]);
    }

    /// <summary>Units (a subquery) with their covariates, filled as <c>f0, …</c> and marked where they were missing as <c>g0, …</c>.</summary>
    public string Join(string units) => $"""
        (SELECT t.*{string.Concat(Fills.Select((fill, j) => $", coalesce(c.x{j}, {fill.ToString("R", CultureInfo.InvariantCulture)}::DOUBLE) AS f{j}, (c.x{j} IS NULL)::INTEGER::DOUBLE AS g{j}"))}
        FROM ({units}) t LEFT JOIN {Name} c ON t.u = c.u)
        """;

    private static (string Value, string Join) Source(MomentsContext context, Covariate covariate, int index, SqlParameters values)
    {
        if (covariate.Attribute is not null) return ($"CASE WHEN isfinite(n.cv{index}) THEN n.cv{index} END", "");
        // A file with one row per unit has no time before.
        if (covariate is not { Definition: { } metric, Before: { } before } || context.Plans.Any(p => p.Value.Table == EventTable.Wide)) return ("NULL::DOUBLE", "");
        return ($"b{index}.x", $"LEFT JOIN ({Before(context, metric, before, values)}) b{index} ON n.u = b{index}.u ");
    }

    private static string Before(MomentsContext context, Metric metric, TimeSpan before, SqlParameters values)
    {
        var component = new Component(0, EventTable.Of(metric.Source), metric.Source, null, IsEvents: false, RefusesNegative: metric.Type == MetricType.Count);
        var unit = component.Table == EventTable.Generations ? $"coalesce(r.unit, r.{context.UnitColumn})" : "r.unit";
        // What is missing before is unknown, not 0: the unit may not have been there.
        var value = RowSql.Reduce(component, RowSql.Filter(component, context, values), checks: component.HasInvalid);
        return $"""
            SELECT u, CASE WHEN isfinite(x) THEN x END AS x FROM (
                SELECT u, {value} AS x FROM (
                    SELECT u.u, epoch_us(r.ts) - u.first_us AS age, r.* FROM {component.Table.Name} r JOIN {UnitTable.Name} u ON {unit} = u.unit
                    WHERE epoch_us(r.ts) < u.first_us AND epoch_us(r.ts) >= u.first_us - {MomentsContext.Micros(before)})
                GROUP BY u)
            """;
    }

    private static string Number(string text) => $"CASE lower({text}) WHEN 'true' THEN 1.0 WHEN 'false' THEN 0.0 ELSE TRY_CAST({text} AS DOUBLE) END";
}
