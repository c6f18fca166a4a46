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
            .Select(table => (table.Key.ValuesName, Sql: Reduced(context, table.Key, [.. table], values))).ToList();
        values.Execute(context.Connection, $"""
            CREATE OR REPLACE TEMP TABLE {Name} AS
            SELECT n.* EXCLUDE (unit){string.Concat(tables.Select(t => $", {t.ValuesName}.* EXCLUDE (u)"))}
            FROM {UnitTable.Name} n {string.Join('\n', tables.Select(t => $"LEFT JOIN ({t.Sql}) {t.ValuesName} USING (u)"))}
            """, context.CancellationToken);
    }

    private static string Reduced(MomentsContext context, EventTable table, Component[] components, SqlParameters values)
    {
        if (table == EventTable.Wide) return $"SELECT * FROM {table.ValuesName}";
        if (Kept(context, table, components) is { } kept) return kept;
        var columns = components.SelectMany(component => Columns(component, context, values, condition => condition));
        return $"SELECT u, {string.Join(", ", columns)} FROM (SELECT *, {CohortCells.Day} AS day FROM ({Rows(context, table, components, values)})) GROUP BY u";
    }

    /// <summary>The same from a table of rows that is made first, where cells of a cohort are made of these rows as well; else null.</summary>
    private static string? Kept(MomentsContext context, EventTable table, Component[] components)
    {
        var cells = context.Cohorts.Where(c => c is { IsBits: false, Days: not null })
            .SelectMany(c => MetricPlan.Components([c.Plan]).Where(p => p.Table == table).Select(p => (Component: p, Days: c.Days!.Value))).ToList();
        // Generations have many columns, and metrics of all of them: their rows are read again by the one metric.
        if (cells.Count == 0 || table == EventTable.Generations) return null;
        var (values, rows) = (new SqlParameters(), new RowTable(table));
        var columns = components.SelectMany(component => Columns(component, context, values, rows.Column)).ToList();
        foreach (var (component, days) in cells) rows.AddCells(component, days, context, values);
        rows.Create(components, context, values);
        context.Rows[table] = rows;
        return $"SELECT u, {string.Join(", ", columns)} FROM {rows.Name} GROUP BY u";
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

    /// <param name="component">What is reduced.</param>
    /// <param name="context">The reading.</param>
    /// <param name="values">In which conditions are bound.</param>
    /// <param name="column">What stands for a condition.</param>
    private static IEnumerable<string> Columns(Component component, MomentsContext context, SqlParameters values, Func<string, string> column)
    {
        var filter = RowSql.Filter(component, context, values);
        var checks = context.Invalid.Contains(component.Index);
        var valid = column(RowSql.Valid(component, filter, checks));
        yield return $"{RowSql.Reduce(component, valid, checks: false)} AS {component.X}";
        if (checks) yield return $"count(*) FILTER ({column($"{filter} AND {RowSql.Invalid(component)}")}) AS {component.Bad}";
        if (component.CountsLate) yield return $"count(*) FILTER ({column(RowSql.LateFilter(component, context, values))}) AS {component.Late}";
        if (component.HasUnknown) yield return $"bool_or(status = 'ok' AND {component.Field!.Column} IS NULL) FILTER ({filter}) AS {component.Unknown}";
        foreach (var cohort in context.Cohorts.Where(c => c is { IsBits: true, Days: not null } && c.Plan.Value.Index == component.Index))
            yield return $"{CohortBits.Aggregate(cohort, valid)} AS {CohortBits.Column(cohort)}";
    }
}
