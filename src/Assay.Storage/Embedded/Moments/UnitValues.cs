namespace Assay.Storage;

/// <summary>
/// Reduces each event table, in one pass over its rows, to one row per unit with a column per component:
/// <c>x0</c> (NULL without a row), <c>bad0</c> (rows refused), <c>unknown0</c> (a successful call whose amount is not known).
/// They stand beside the columns of the unit, so that whatever is read of units joins nothing any more.
/// </summary>
internal static class UnitValues
{
    public const string Name = "assay_unit_values";

    /// <summary>Of the events, within their transaction; what is made of rows that are kept waits for <see cref="Complete"/>.</summary>
    public static void Create(MomentsContext context)
    {
        var values = new SqlParameters();
        var tables = MetricPlan.Components(context.Plans).Where(c => !c.IsEvents).GroupBy(c => c.Table, (table, components) => (Table: table, Components: components.ToArray())).ToList();
        var kept = tables.ToDictionary(t => t.Table, t => Kept(context, t.Table, t.Components));
        if (kept.Values.All(sql => sql is null))
        {
            values.Execute(context.Connection, Joined(tables.Select(t => (t.Table.ValuesName, Sql: Reduced(context, t.Table, t.Components, values)))), context.CancellationToken);
            return;
        }
        foreach (var (table, components) in tables.Where(t => kept[t.Table] is null))
        {
            var own = new SqlParameters();
            own.Execute(context.Connection, $"CREATE OR REPLACE TEMP TABLE {table.ValuesName} AS {Reduced(context, table, components, own)}", context.CancellationToken);
        }
        context.PendingValues = Joined(tables.Select(t => (t.Table.ValuesName, Sql: kept[t.Table] ?? $"SELECT * FROM {t.Table.ValuesName}")));
    }

    /// <summary>Once the rows are committed.</summary>
    public static void Complete(MomentsContext context)
    {
        if (context.PendingValues is { } sql) context.Connection.Execute(sql, context.CancellationToken);
    }

    private static string Joined(IEnumerable<(string Name, string Sql)> tables)
    {
        var all = tables.ToList();
        return $"""
            CREATE OR REPLACE TEMP TABLE {Name} AS
            SELECT n.* EXCLUDE (unit){string.Concat(all.Select(t => $", {t.Name}.* EXCLUDE (u)"))}
            FROM {UnitTable.Name} n {string.Join('\n', all.Select(t => $"LEFT JOIN ({t.Sql}) {t.Name} USING (u)"))}
            """;
    }

    private static string Reduced(MomentsContext context, EventTable table, Component[] components, SqlParameters values)
    {
        if (table == EventTable.Wide) return $"SELECT * FROM {table.ValuesName}";
        var columns = components.SelectMany(component => Columns(component, context, values, condition => condition));
        return $"SELECT u, {string.Join(", ", columns)} FROM (SELECT *, {CohortCells.Day} AS day FROM ({Rows(context, table, components, values)})) GROUP BY u";
    }

    /// <summary>Keeps the rows of a table where cells of a cohort are made of them as well.</summary>
    /// <returns>The same as <see cref="Reduced"/>, of the rows that are kept; null when they are not, or only those of some metrics.</returns>
    private static string? Kept(MomentsContext context, EventTable table, Component[] components)
    {
        var cells = context.Cohorts.Where(c => c is { IsBits: false, Days: not null })
            .SelectMany(c => MetricPlan.Components([c.Plan]).Where(p => p.Table == table).Select(p => (Component: p, Days: c.Days!.Value))).ToList();
        if (cells.Count == 0) return null;
        var (values, rows) = (new SqlParameters(), new RowTable(table));
        // Generations have many columns, and metrics of all of them: only what the cells need is kept.
        var isWhole = table != EventTable.Generations;
        var columns = isWhole ? components.SelectMany(component => Columns(component, context, values, rows.Column)).ToList() : [];
        foreach (var (component, days) in cells) rows.AddCells(component, days, context, values);
        rows.Create(isWhole ? components : [.. cells.Select(c => c.Component).DistinctBy(c => c.Index)], context, values);
        context.Rows[table] = rows;
        return isWhole ? $"SELECT u, {string.Join(", ", columns)} FROM {rows.Name} GROUP BY u" : null;
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
