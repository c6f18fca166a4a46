using Assay.Experiments;

namespace Assay.Storage;

/// <summary>
/// Translates a condition of the audience language into SQL over a row's fields and attributes. Three-valued like the language itself:
/// a comparison with what is missing or of another type is NULL, and a filter takes NULL for no.
/// </summary>
internal static class WhereSql
{
    /// <summary>The SQL of a source's condition; TRUE without one.</summary>
    /// <exception cref="ArgumentException">The text is no condition; definitions are validated before.</exception>
    public static string Of(MetricSource source, EventTable table, SqlParameters values)
    {
        if (source.Where is null) return "TRUE";
        var parsed = AudienceCondition.Parse(source.Where);
        return parsed.Condition is { } condition
            ? $"coalesce({Node(condition.Root, table, values)}, FALSE)"
            : throw new ArgumentException($"the condition \"{source.Where}\" cannot be read: {parsed.Problem}", nameof(source));
    }

    private static string Node(ConditionNode node, EventTable table, SqlParameters values) => node switch
    {
        AndCondition and => $"({Node(and.Left, table, values)} AND {Node(and.Right, table, values)})",
        OrCondition or => $"({Node(or.Left, table, values)} OR {Node(or.Right, table, values)})",
        NotCondition not => $"(NOT {Node(not.Operand, table, values)})",
        ExistsCondition exists => Exists(exists.Attribute, table, values),
        CompareCondition compare => Compare(compare, table, values),
        InCondition list => In(list, table, values),
        _ => throw new ArgumentException("unknown condition " + node.GetType().Name, nameof(node)),
    };

    private static string Exists(string name, EventTable table, SqlParameters values) => table.Field(name) switch
    {
        { TextColumn: { } text } field => $"({field.Column} IS NOT NULL OR {text} IS NOT NULL)",
        { } field => $"({field.Column} IS NOT NULL)",
        // json_extract_string gives NULL for JSON's null too, as the language has it.
        null => $"({JsonSql.Text("attributes", name, values)} IS NOT NULL)",
    };

    private static string Compare(CompareCondition compare, EventTable table, SqlParameters values)
    {
        var operand = Operand(compare.Attribute, compare.Value.Kind, table, values);
        return operand is null ? "NULL::BOOLEAN" : $"({operand} {Sign(compare.Operator)} {Literal(compare.Value, values)})";
    }

    private static string In(InCondition list, EventTable table, SqlParameters values)
    {
        if (list.Values.IsEmpty)
            return $"CASE WHEN {Exists(list.Attribute, table, values)} THEN FALSE END";
        // The value has one type, so that at most one of the groups is not NULL.
        var groups = from literal in list.Values
                     group literal by literal.Kind into kind
                     let operand = Operand(list.Attribute, kind.Key, table, values)
                     where operand is not null
                     select $"({operand} IN ({string.Join(", ", kind.Select(l => Literal(l, values)))}))";
        var parts = groups.ToList();
        return parts.Count == 0 ? "NULL::BOOLEAN" : $"coalesce({string.Join(", ", parts)})";
    }

    /// <summary>The attribute as SQL of the literal's type, NULL where its value is of another; null when it never can be of that type.</summary>
    private static string? Operand(string name, LiteralKind kind, EventTable table, SqlParameters values)
    {
        if (table.Field(name) is { } field) return OfField(field, kind);
        var type = JsonSql.Type("attributes", name, values);
        var text = JsonSql.Text("attributes", name, values);
        return kind switch
        {
            LiteralKind.String => $"CASE WHEN {type} = 'VARCHAR' THEN {text} END",
            LiteralKind.Boolean => $"CASE WHEN {type} = 'BOOLEAN' THEN {text} = 'true' END",
            _ => $"CASE WHEN {type} IN ('BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE') THEN TRY_CAST({text} AS DOUBLE) END",
        };
    }

    private static string? OfField(EventField field, LiteralKind kind) => (field.Kind, kind) switch
    {
        (FieldKind.Text, LiteralKind.String) or (FieldKind.Boolean, LiteralKind.Boolean) => field.Column,
        (FieldKind.Number, LiteralKind.Number) => $"({field.Column})::DOUBLE",
        (FieldKind.Number, LiteralKind.String) => field.TextColumn,
        // Outcomes keep booleans as 1 and 0.
        (FieldKind.Number, LiteralKind.Boolean) when field.TextColumn is not null => $"CASE {field.Column} WHEN 1 THEN TRUE WHEN 0 THEN FALSE END",
        _ => null,
    };

    private static string Literal(ConditionLiteral literal, SqlParameters values) => literal.Kind switch
    {
        LiteralKind.String => values.Add(literal.Text),
        LiteralKind.Boolean => values.Add(literal.Boolean),
        _ => values.Add(literal.Number),
    };

    private static string Sign(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Equal => "=",
        ComparisonOperator.NotEqual => "<>",
        ComparisonOperator.Less => "<",
        ComparisonOperator.LessOrEqual => "<=",
        ComparisonOperator.Greater => ">",
        ComparisonOperator.GreaterOrEqual => ">=",
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, null),
    };
}
