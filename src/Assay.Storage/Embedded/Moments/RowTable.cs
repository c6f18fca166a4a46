using Assay.Experiments;

namespace Assay.Storage;

/// <summary>
/// The rows of a table that belong to units, kept for a report that reads them more than once: what they were found by is not needed any
/// more, and each condition that is asked of them is a column, so that a row is a few bytes.
/// </summary>
internal sealed class RowTable(EventTable table)
{
    private readonly List<string> _conditions = [];
    private readonly Dictionary<(int Component, int Days), string> _cells = [];

    public string Name => "assay_rows_" + table.Name;

    /// <summary>The column of a condition over the rows.</summary>
    public string Column(string condition)
    {
        _conditions.Add(condition);
        return "is" + MomentsContext.Number(_conditions.Count - 1);
    }

    /// <summary>Asks for the rows that make cells of a cohort.</summary>
    public void AddCells(Component component, int days, MomentsContext context, SqlParameters values)
    {
        if (!_cells.ContainsKey((component.Index, days))) _cells[(component.Index, days)] = Column(CohortCells.Rows(component, days, context, values));
    }

    public string CellsOf(Component component, int days) => _cells[(component.Index, days)];

    /// <summary>Generations have many fields: the number of each component is a column. Other rows have a single value.</summary>
    public string? NumberOf(Component component) => table == EventTable.Generations ? "n" + MomentsContext.Number(component.Index) : null;

    /// <param name="components">All that are made of what is kept.</param>
    /// <param name="context">With the units.</param>
    /// <param name="values">In which the conditions are bound.</param>
    public void Create(Component[] components, MomentsContext context, SqlParameters values)
    {
        var age = components.Any(c => c.Source.Aggregate == AggregateKind.Last) ? ", age" : "";
        var numbers = table == EventTable.Generations ? string.Concat(components.Select(c => $", {RowSql.Number(c)} AS {NumberOf(c)}")) : ", value";
        values.Execute(context.Connection, $"""
            CREATE OR REPLACE TEMP TABLE {Name} AS
            SELECT u, v::SMALLINT AS v, {CohortCells.Day}::UTINYINT AS day{numbers}{age}{string.Concat(_conditions.Select((c, i) => $", ({c}) AS is{i}"))}
            FROM ({UnitValues.Rows(context, table, components, values)})
            """, context.CancellationToken);
    }
}
