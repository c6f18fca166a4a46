namespace Assay.Storage;

/// <summary>
/// The events of a quantile, one row each, of the units whose window is closed: <c>u, v, crossed, s0…, x</c>; x is NULL where the row was refused.
/// A failed or timed-out call counts as +∞ in a latency: who never got an answer did not get a fast one.
/// </summary>
internal static class QuantileEvents
{
    public static void Create(MomentsContext context)
    {
        foreach (var component in MetricPlan.Components(context.Plans).Where(c => c.IsEvents)) Create(context, component);
    }

    private static void Create(MomentsContext context, Component component)
    {
        var values = new SqlParameters();
        var failed = component.Field is { FailsAsInfinite: true } ? "status IN ('error', 'timeout')" : "FALSE";
        var number = RowSql.Number(component);
        var segments = string.Concat(context.Experiment.Segments.Select((_, i) => $", s{i}"));
        values.Execute(context.Connection, $"""
            CREATE OR REPLACE TEMP TABLE {component.EventsTable} AS
            SELECT u, v, crossed{segments},
                CASE WHEN {failed} THEN 'infinity'::DOUBLE WHEN {RowSql.Invalid(component)} THEN NULL ELSE {number} END AS x
            FROM ({UnitValues.Rows(context, component.Table, [component], values)})
            WHERE {RowSql.Filter(component, context, values)} AND {context.AfterBurnIn} AND {context.Matured(component.Window)}
                AND ({failed} OR {RowSql.Invalid(component)} OR {number} IS NOT NULL)
            """, context.CancellationToken);
    }
}
