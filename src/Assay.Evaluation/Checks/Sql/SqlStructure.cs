using System.Collections.Immutable;

namespace Assay.Evaluation.Checks;

/// <summary>Whether SQL is put together as a statement is: a structural check over all dialects, not a parser of one. docs/concepts/checks.md says what it does not see.</summary>
internal static class SqlStructure
{
    private static readonly string[] Verbs =
    [
        "SELECT", "WITH", "VALUES", "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "UPSERT", "CREATE", "ALTER", "DROP", "TRUNCATE", "EXPLAIN", "ANALYZE",
        "BEGIN", "START", "COMMIT", "ROLLBACK", "SAVEPOINT", "SET", "SHOW", "USE", "GRANT", "REVOKE", "CALL", "EXEC", "EXECUTE", "DESCRIBE", "PRAGMA", "COPY", "VACUUM",
    ];

    /// <summary>The verb of each statement (for WITH, of the statement after its tables), or what is wrong.</summary>
    public static ImmutableArray<string> Read(string sql, out string? problem)
    {
        var tokens = SqlTokens.Of(sql, out problem);
        if (problem is not null) return [];
        var verbs = ImmutableArray.CreateBuilder<string>();
        foreach (var statement in Split(tokens))
        {
            problem = Statement(statement, verbs);
            if (problem is not null) return [];
        }
        if (verbs.Count == 0) problem = "there is no statement";
        return verbs.ToImmutable();
    }

    private static IEnumerable<SqlToken[]> Split(ImmutableArray<SqlToken> tokens)
    {
        var statement = new List<SqlToken>();
        foreach (var token in tokens)
        {
            if (token.Kind != SqlTokenKind.Semicolon)
            {
                statement.Add(token);
                continue;
            }
            if (statement.Count > 0) yield return [.. statement];
            statement.Clear();
        }
        if (statement.Count > 0) yield return [.. statement];
    }

    private static string? Statement(SqlToken[] tokens, ImmutableArray<string>.Builder verbs)
    {
        var first = tokens.SkipWhile(t => t.Kind == SqlTokenKind.Open).FirstOrDefault();
        if (first.Kind != SqlTokenKind.Word || !Verbs.Contains(first.Text)) return $"line {tokens[0].Line}: {Shown.Short(first.Text ?? tokens[0].Text)} begins no statement";
        if (Brackets(tokens) is { } unbalanced) return unbalanced;
        if (SqlClauses.Fault(tokens) is { } fault) return fault;
        verbs.Add(first.Text == "WITH" ? MainVerb(tokens) ?? "WITH" : first.Text);
        return verbs[^1] == "WITH" ? $"line {first.Line}: no statement follows the tables of WITH" : null;
    }

    private static string? Brackets(SqlToken[] tokens)
    {
        var open = new Stack<SqlToken>();
        foreach (var token in tokens)
        {
            if (token.Kind == SqlTokenKind.Open) open.Push(token);
            else if (token.Kind == SqlTokenKind.Close && (!open.TryPop(out var begun) || begun.Text != (token.Text == ")" ? "(" : "["))) return $"line {token.Line}: '{token.Text}' closes nothing";
        }
        return open.TryPop(out var left) ? $"line {left.Line}: '{left.Text}' is not closed" : null;
    }

    private static string? MainVerb(SqlToken[] tokens)
    {
        var depth = 0;
        foreach (var token in tokens.Skip(1))
        {
            depth += token.Kind switch { SqlTokenKind.Open => 1, SqlTokenKind.Close => -1, _ => 0 };
            if (depth == 0 && token.Kind == SqlTokenKind.Word && token.Text is "SELECT" or "INSERT" or "UPDATE" or "DELETE" or "MERGE" or "VALUES") return token.Text;
        }
        return null;
    }
}
