namespace Assay.Evaluation.Checks;

/// <summary>Order and content of clauses, level by level of brackets.</summary>
internal static class SqlClauses
{
    private static readonly string[] SelectOrder = ["SELECT", "FROM", "WHERE", "GROUP", "HAVING", "WINDOW", "QUALIFY", "ORDER", "LIMIT", "OFFSET", "FETCH"];
    private static readonly string[] Joins = ["JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "NATURAL", "ON", "USING"];
    private static readonly string[] NeedOperand = ["AND", "OR", "NOT", "LIKE", "ILIKE", "IN", "BETWEEN", "WHEN", "THEN", "ELSE", "ON", "HAVING", "BY", "AS", "WHERE", "FROM", "JOIN", "SET", "INTO", "UNION", "INTERSECT", "EXCEPT", "DISTINCT", "SELECT", "LIMIT", "CASE"];

    /// <summary>What is wrong with a statement whose brackets are balanced; null: nothing that is seen.</summary>
    public static string? Fault(SqlToken[] tokens)
    {
        for (var i = 0; i < tokens.Length; i++)
            if (Neighbours(i == 0 ? null : tokens[i - 1], tokens[i]) is { } fault) return fault;
        if (NeedsMore(tokens[^1])) return $"line {tokens[^1].Line}: something must follow {Shown.Short(tokens[^1].Text)}";
        return Level(tokens);
    }

    private static string? Neighbours(SqlToken? before, SqlToken token)
    {
        if (before is not { } last) return null;
        // What ends a list, a bracket or a clause.
        var ends = token.Kind is SqlTokenKind.Comma or SqlTokenKind.Close || (token.Kind == SqlTokenKind.Word && (Array.IndexOf(SelectOrder, token.Text) > 0 || token.Text is "AND" or "OR" or "THEN" or "WHEN" or "ELSE" or "END" or "UNION" or "JOIN"));
        if (!ends) return null;
        if (last.Kind == SqlTokenKind.Comma) return $"line {token.Line}: {Shown.Short(token.Text)} follows a comma";
        if (token.Kind == SqlTokenKind.Comma && last.Kind == SqlTokenKind.Open) return $"line {token.Line}: a comma follows an opening bracket";
        // "SELECT FROM t" is an error of leaving out; "CASE WHEN", "IS DISTINCT FROM", "DELETE FROM", "BETWEEN … AND" and "ON DELETE SET" are not.
        var joined = (last.Text, token.Text) is ("CASE", "WHEN") or ("DISTINCT", "FROM") or ("NOT", _) or ("UNION" or "EXCEPT" or "INTERSECT", _) or ("SELECT", "UNION") or ("SET", _) or ("DISTINCT", _);
        if (NeedsMore(last) && !joined && !(last.Text == "SELECT" && token.Text is not ("FROM" or "WHERE" or "," or ")"))) return $"line {token.Line}: something must stand between {Shown.Short(last.Text)} and {Shown.Short(token.Text)}";
        return null;
    }

    private static bool NeedsMore(SqlToken token) =>
        token.Kind == SqlTokenKind.Comma || token.Kind == SqlTokenKind.Dot || token.Kind == SqlTokenKind.Operator || (token.Kind == SqlTokenKind.Word && NeedOperand.Contains(token.Text));

    /// <summary>One level of brackets: its clauses in order, CASE closed; then the levels inside.</summary>
    private static string? Level(ReadOnlySpan<SqlToken> tokens)
    {
        var (clause, cases, verb) = (-1, 0, tokens.Length > 0 && tokens[0].Kind == SqlTokenKind.Word ? tokens[0].Text : "");
        var (joins, seen) = (new Stack<SqlToken>(), new HashSet<string>());
        for (var i = 0; i < tokens.Length; i++)
        {
            var token = tokens[i];
            if (token.Kind == SqlTokenKind.Open)
            {
                var end = Closing(tokens, i);
                // An empty bracket calls or lists nothing only after a name.
                if (end == i + 1 && (i == 0 || tokens[i - 1].Kind is not (SqlTokenKind.Word or SqlTokenKind.QuotedName) || tokens[i - 1].Text is "IN" or "VALUES" or "WHERE" or "SELECT")) return $"line {token.Line}: there is nothing in the brackets";
                if (Level(tokens[(i + 1)..end]) is { } inner) return inner;
                i = end;
                continue;
            }
            if (token.Kind != SqlTokenKind.Word || (i > 0 && tokens[i - 1].Kind == SqlTokenKind.Dot)) continue;
            seen.Add(token.Text);
            if (token.Text == "CASE") cases++;
            else if (token.Text == "END" && cases > 0) cases--;
            else if (token.Text == "JOIN" && !IsFree(tokens, i)) joins.Push(token);
            else if (token.Text is "ON" or "USING") joins.TryPop(out _);
            else if (token.Text is "UNION" or "INTERSECT" or "EXCEPT" or "MINUS") clause = -1;
            else if (Array.IndexOf(SelectOrder, token.Text) is var place and >= 0 && verb is "SELECT" or "WITH")
            {
                if ((token.Text == "FROM" && i > 0 && tokens[i - 1].Is("DISTINCT")) || (token.Text == "GROUP" && i > 0 && tokens[i - 1].Is("WITHIN"))) continue;
                if (token.Text is "GROUP" or "ORDER" && !(i + 1 < tokens.Length && tokens[i + 1].Text is "BY" or "SIBLINGS")) return $"line {token.Line}: {token.Text} is not followed by BY";
                // Dialects differ in the order of LIMIT, OFFSET and FETCH.
                if (place < clause && !(place >= 8 && clause >= 8) && !(place == 0 && verb == "WITH")) return $"line {token.Line}: {token.Text} stands after {SelectOrder[clause]}";
                if (place == clause && place > 0) return $"line {token.Line}: {token.Text} stands there twice";
                clause = place;
            }
        }
        if (cases > 0) return "a CASE has no END";
        if (joins.TryPeek(out var open)) return $"line {open.Line}: a JOIN has neither ON nor USING";
        return verb switch
        {
            "UPDATE" when !seen.Contains("SET") => "UPDATE has no SET",
            "INSERT" when !(seen.Contains("INTO") && (seen.Contains("VALUES") || seen.Contains("SELECT") || seen.Contains("DEFAULT") || seen.Contains("WITH") || seen.Contains("TABLE") || tokens[^1].Kind == SqlTokenKind.Close)) => "INSERT needs INTO and VALUES or SELECT",
            "DELETE" when !seen.Contains("FROM") && tokens.Length < 2 => "DELETE names no table",
            _ => null,
        };
    }

    private static int Closing(ReadOnlySpan<SqlToken> tokens, int open)
    {
        var depth = 0;
        for (var i = open; i < tokens.Length; i++)
        {
            depth += tokens[i].Kind switch { SqlTokenKind.Open => 1, SqlTokenKind.Close => -1, _ => 0 };
            if (depth == 0) return i;
        }
        return tokens.Length - 1;
    }

    // CROSS and NATURAL joins have no condition.
    private static bool IsFree(ReadOnlySpan<SqlToken> tokens, int join)
    {
        for (var i = join - 1; i >= 0 && tokens[i].Kind == SqlTokenKind.Word && (Joins.Contains(tokens[i].Text) || tokens[i].Text == "OUTER"); i--)
            if (tokens[i].Text is "CROSS" or "NATURAL") return true;
        return false;
    }
}
