using Assay.Experiments;

namespace Assay.Storage;

/// <summary>SQL over the rows of one component: which rows count, what a row's value is, how a unit's rows become one.</summary>
internal static class RowSql
{
    /// <summary>Which rows belong to the component: its metric, its condition, its window.</summary>
    public static string Filter(Component component, MomentsContext context, SqlParameters values) =>
        Filter(component, component.Window is null ? null : context.InWindow(component.Window), values);

    /// <summary>Which rows would belong to it, had they come before the conversation was closed.</summary>
    public static string LateFilter(Component component, MomentsContext context, SqlParameters values) =>
        Filter(component, context.AfterWindow(component.Window!), values);

    private static string Filter(Component component, string? time, SqlParameters values)
    {
        var conditions = new List<string>();
        if (component.Table == EventTable.Outcomes) conditions.Add($"metric = {values.Add(component.Source.Event)}");
        if (component.Source.Where is not null) conditions.Add(WhereSql.Of(component.Source, component.Table, values));
        if (time is not null) conditions.Add(time);
        return conditions.Count == 0 ? "TRUE" : string.Join(" AND ", conditions);
    }

    /// <summary>The number of a row; NULL when it has none.</summary>
    public static string Number(Component component)
    {
        if (component.Field is not { } field) return component.AbsentMeansHappened ? "1.0" : "NULL::DOUBLE";
        var number = field.Kind switch
        {
            FieldKind.Number => $"({field.Column})::DOUBLE",
            FieldKind.Boolean => $"{field.Column}::INTEGER::DOUBLE",
            _ => "NULL::DOUBLE",
        };
        // "It happened" is 1 where it is asked whether or how often, and no answer where a level is asked for.
        return component.AbsentMeansHappened && component.Source.Aggregate is AggregateKind.Any or AggregateKind.Sum
            ? $"coalesce({number}, 1)"
            : number;
    }

    /// <summary>Whether a row must be refused: not finite, text where a number belongs, a negative count.</summary>
    public static string Invalid(Component component)
    {
        if (component.Field is not { } field) return "FALSE";
        if (field.Kind == FieldKind.Text) return $"{field.Column} IS NOT NULL";
        var tests = new List<string>();
        if (field.TextColumn is { } text) tests.Add($"{text} IS NOT NULL");
        tests.Add($"NOT isfinite(({field.Column})::DOUBLE)");
        if (field.NonNegative || component.RefusesNegative) tests.Add($"{field.Column} < 0");
        return $"coalesce({string.Join(" OR ", tests)}, FALSE)";
    }

    /// <summary>Of the rows those that are not refused.</summary>
    public static string Valid(Component component, string filter, bool checks) => checks ? $"{filter} AND NOT ({Invalid(component)})" : filter;

    /// <summary>A unit's value from its rows; NULL when it has none.</summary>
    /// <param name="component">What is reduced.</param>
    /// <param name="filter">Which rows.</param>
    /// <param name="checks">Whether rows to refuse have to be looked for.</param>
    /// <param name="number">The number of a row, where it stands in a column already.</param>
    public static string Reduce(Component component, string filter, bool checks, string? number = null)
    {
        var valid = Valid(component, filter, checks);
        var x = number ?? Number(component);
        return component.Source.Aggregate switch
        {
            AggregateKind.Any => $"bool_or({x} <> 0) FILTER ({valid})::INTEGER::DOUBLE",
            AggregateKind.Sum => $"sum({x}) FILTER ({valid})",
            AggregateKind.Mean => $"avg({x}) FILTER ({valid})",
            AggregateKind.Min => $"min({x}) FILTER ({valid})",
            AggregateKind.Max => $"max({x}) FILTER ({valid})",
            AggregateKind.Count => $"nullif(count(*) FILTER ({valid}), 0)::DOUBLE",
            // Of rows at the same microsecond the larger value counts as last, so that every reading agrees.
            AggregateKind.Last => $"max(struct_pack(age := age, x := {x})) FILTER ({valid} AND {x} IS NOT NULL).x",
            _ => throw new ArgumentOutOfRangeException(nameof(component), component.Source.Aggregate, null),
        };
    }
}
