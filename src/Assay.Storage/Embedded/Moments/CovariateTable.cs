using Assay.Experiments;

namespace Assay.Storage;

/// <summary>The plan's covariate per unit, <c>u, x</c>: an attribute as it came with the first exposure, or a metric over the time before it. Nothing later can enter.</summary>
internal static class CovariateTable
{
    public const string Name = "assay_covariate";

    /// <summary>The number of an attribute, for the table of units; nothing when the plan asks for none.</summary>
    public static string Column(Covariate? covariate, SqlParameters values)
    {
        if (covariate?.Attribute is not { } attribute) return "";
        var text = JsonSql.Text("attributes", attribute, values);
        return $", CASE lower({text}) WHEN 'true' THEN 1.0 WHEN 'false' THEN 0.0 ELSE TRY_CAST({text} AS DOUBLE) END AS cv";
    }

    /// <returns>False when the plan has no covariate, or the tables cannot tell it.</returns>
    public static bool Create(MomentsContext context)
    {
        if (context.Experiment.Plan.Covariate is not { } covariate) return false;
        if (covariate.Attribute is not null)
        {
            context.Connection.Execute($"CREATE OR REPLACE TEMP TABLE {Name} AS SELECT u, cv AS x FROM {UnitTable.Name} WHERE isfinite(cv)", context.CancellationToken);
            return true;
        }
        // A file with one row per unit has no time before.
        if (covariate is not { Definition: { } metric, Before: { } before } || context.Plans.Any(p => p.Value.Table == EventTable.Wide)) return false;
        CreateBefore(context, metric, before);
        return true;
    }

    private static void CreateBefore(MomentsContext context, Metric metric, TimeSpan before)
    {
        var component = new Component(0, EventTable.Of(metric.Source), metric.Source, null, IsEvents: false, RefusesNegative: metric.Type == MetricType.Count);
        var values = new SqlParameters();
        var unit = component.Table == EventTable.Generations ? $"coalesce(r.unit, r.{context.UnitColumn})" : "r.unit";
        // What is missing before is unknown, not 0: the unit may not have been there.
        var value = RowSql.Reduce(component, RowSql.Filter(component, context, values), checks: component.HasInvalid);
        values.Execute(context.Connection, $"""
            CREATE OR REPLACE TEMP TABLE {Name} AS SELECT u, x FROM (
                SELECT u, {value} AS x FROM (
                    SELECT u.u, epoch_us(r.ts) - u.first_us AS age, r.* FROM {component.Table.Name} r JOIN {UnitTable.Name} u ON {unit} = u.unit
                    WHERE epoch_us(r.ts) < u.first_us AND epoch_us(r.ts) >= u.first_us - {MomentsContext.Micros(before)})
                GROUP BY u)
            WHERE isfinite(x)
            """, context.CancellationToken);
    }
}
