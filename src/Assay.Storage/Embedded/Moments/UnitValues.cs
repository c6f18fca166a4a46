namespace Assay.Storage;

/// <summary>
/// Reduces each event table, in one pass over its rows, to one row per unit with a column per component:
/// <c>x0</c> (NULL without a row), <c>bad0</c> (rows refused), <c>unknown0</c> (a successful call whose amount is not known).
/// They stand beside the columns of the unit, so that whatever is read of units joins nothing any more.
/// </summary>
internal static class UnitValues
{
    public const string Name = "assay_unit_values";

    public static void Create(MomentsContext context)
    {
        var values = new SqlParameters();
        var tables = MetricPlan.Components(context.Plans).Where(c => !c.IsEvents).GroupBy(c => c.Table)
            .Select(table => (table.Key.ValuesName, Sql: table.Key == EventTable.Wide ? $"SELECT * FROM {table.Key.ValuesName}" : Reduced(context, table.Key, [.. table], values))).ToList();
        values.Execute(context.Connection, $"""
            CREATE OR REPLACE TEMP TABLE {Name} AS
            SELECT n.* EXCLUDE (unit){string.Concat(tables.Select(t => $", {t.ValuesName}.* EXCLUDE (u)"))}
            FROM {UnitTable.Name} n {string.Join('\n', tables.Select(t => $"LEFT JOIN ({t.Sql}) {t.ValuesName} USING (u)"))}
            """, context.CancellationToken);
    }

    private static string Reduced(MomentsContext context, EventTable table, Component[] components, SqlParameters values)
    {
        var columns = components.SelectMany(component => Columns(component, context, values));
        return $"SELECT u, {string.Join(", ", columns)} FROM ({Rows(context, table, components, values)}) GROUP BY u";
    }

    /// <summary>The rows of a table that any of the components may need.</summary>
    public static string Rows(MomentsContext context, EventTable table, Component[] components, SqlParameters values)
    {
        if (table == EventTable.Generations) return GenerationRows.Sql(context, values, context.IdleTimes.Length);
        var filter = table == EventTable.Outcomes
            ? $"r.metric IN ({string.Join(", ", components.Select(c => c.Source.Event).Distinct().Select(values.Add))})"
            : "TRUE";
        return TargetedRows.Sql(context, table, filter, values);
    }

    private static IEnumerable<string> Columns(Component component, MomentsContext context, SqlParameters values)
    {
        var filter = RowSql.Filter(component, context, values);
        var checks = context.Invalid.Contains(component.Index);
        yield return $"{RowSql.Reduce(component, filter, checks)} AS {component.X}";
        if (checks) yield return $"count(*) FILTER ({filter} AND {RowSql.Invalid(component)}) AS {component.Bad}";
        if (component.CountsLate) yield return $"count(*) FILTER ({RowSql.LateFilter(component, context, values)}) AS {component.Late}";
        if (component.HasUnknown) yield return $"bool_or(status = 'ok' AND {component.Field!.Column} IS NULL) FILTER ({filter}) AS {component.Unknown}";
    }
}
