namespace Assay.Storage;

/// <summary>
/// Which components have rows to refuse at all. Mostly none: then the pass over the rows need neither check nor count them, which is a
/// quarter of its time. Looked at without units and windows, so that it is one cheap scan.
/// </summary>
internal static class InvalidRows
{
    public static HashSet<int> Find(MomentsContext context)
    {
        var found = new HashSet<int>();
        foreach (var table in MetricPlan.Components(context.Plans).Where(c => c.HasInvalid && !c.IsEvents && c.Table != EventTable.Wide).GroupBy(c => c.Table))
            Find(context, table.Key, [.. table], found);
        return found;
    }

    private static void Find(MomentsContext context, EventTable table, Component[] components, HashSet<int> found)
    {
        var values = new SqlParameters();
        var tests = components.Select(c => $"({RowSql.Invalid(c)})").ToArray();
        var columns = components.Select((c, i) =>
            $"count(*) FILTER ({tests[i]}{(table == EventTable.Outcomes ? $" AND metric = {values.Add(c.Source.Event)}" : "")}) > 0");
        using var result = values.Query(
            context.Connection, $"SELECT {string.Join(", ", columns)} FROM {table.Name} WHERE {string.Join(" OR ", tests.Distinct())}", context.CancellationToken);
        var row = result.Rows(context.CancellationToken).First();
        for (var i = 0; i < components.Length; i++)
            if (row.GetBoolean(i)) found.Add(components[i].Index);
    }
}
