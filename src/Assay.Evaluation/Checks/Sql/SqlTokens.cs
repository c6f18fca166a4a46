using System.Collections.Immutable;

namespace Assay.Evaluation.Checks;

/// <summary>Splits SQL into tokens: comments, quotes of all common dialects ('…', "…", `…`, [name], $tag$…$tag$), parameters (?, $1, :x, @x).</summary>
internal sealed class SqlTokens
{
    private readonly string sql;
    private readonly ImmutableArray<SqlToken>.Builder tokens = ImmutableArray.CreateBuilder<SqlToken>();
    private int at, line = 1;

    private SqlTokens(string sql) => this.sql = sql;

    public static ImmutableArray<SqlToken> Of(string sql, out string? problem)
    {
        var reader = new SqlTokens(sql);
        problem = null;
        while (problem is null && reader.at < sql.Length) problem = reader.Next();
        return reader.tokens.ToImmutable();
    }

    private char Peek(int ahead = 1) => at + ahead < sql.Length ? sql[at + ahead] : '\0';

    private string? Next()
    {
        var c = sql[at];
        if (c == '\n') line++;
        if (char.IsWhiteSpace(c)) at++;
        else if (c == '-' && Peek() == '-') at = sql.IndexOf('\n', at) is var end and >= 0 ? end : sql.Length;
        else if (c == '/' && Peek() == '*') return Until("*/", 2, null, "comment");
        else if (c == '\'') return Until("'", 1, SqlTokenKind.Text, "text");
        else if (c is '"' or '`') return Until(c.ToString(), 1, SqlTokenKind.QuotedName, "name");
        // A bracket after a name or a closing bracket is an index; elsewhere SQL Server's quotes.
        else if (c == '[' && !(tokens.Count > 0 && tokens[^1].Kind is SqlTokenKind.Word or SqlTokenKind.Close or SqlTokenKind.QuotedName && at > 0 && !char.IsWhiteSpace(sql[at - 1]))) return Until("]", 1, SqlTokenKind.QuotedName, "name");
        else if (c == '$' && (Peek() == '$' || char.IsLetter(Peek())) && sql.IndexOf('$', at + 1) is var close and > 0 && sql[(at + 1)..close].All(char.IsLetterOrDigit)) return Until(sql[at..(close + 1)], close + 1 - at, SqlTokenKind.Text, "text");
        else if (char.IsLetter(c) || c == '_') Take(SqlTokenKind.Word, ch => char.IsLetterOrDigit(ch) || ch is '_' or '$' or '#');
        else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek()))) Number();
        else if ((c is ':' or '@' or '$' or '#') && (char.IsLetterOrDigit(Peek()) || Peek() == '_')) Take(SqlTokenKind.Parameter, ch => char.IsLetterOrDigit(ch) || ch is '_' or '.');
        else return Symbol(c);
        return null;
    }

    private string? Symbol(char c)
    {
        SqlTokenKind? kind = c switch
        {
            '(' => SqlTokenKind.Open,
            ')' => SqlTokenKind.Close,
            ',' => SqlTokenKind.Comma,
            '.' => SqlTokenKind.Dot,
            '*' => SqlTokenKind.Star,
            ';' => SqlTokenKind.Semicolon,
            '?' => SqlTokenKind.Parameter,
            '[' => SqlTokenKind.Open,
            ']' => SqlTokenKind.Close,
            _ => null,
        };
        if (kind is { } known) Add(known, 1);
        else if ("+-/%<>=!|&^~:@#".Contains(c, StringComparison.Ordinal)) Take(SqlTokenKind.Operator, ch => "+-/%<>=!|&^~:@#".Contains(ch, StringComparison.Ordinal));
        else return $"line {line}: '{c}' is nothing that SQL knows";
        return null;
    }

    private void Number()
    {
        var start = at;
        while (at < sql.Length && (char.IsAsciiLetterOrDigit(sql[at]) || sql[at] == '.' || (sql[at] is '+' or '-' && sql[at - 1] is 'e' or 'E'))) at++;
        tokens.Add(new SqlToken(SqlTokenKind.Number, sql[start..at], line));
    }

    private void Take(SqlTokenKind kind, Func<char, bool> more)
    {
        var start = at++;
        // "5 --2" is a minus and a comment, never an operator "--".
        while (at < sql.Length && more(sql[at]) && !(kind == SqlTokenKind.Operator && ((sql[at] == '-' && Peek() == '-') || (sql[at] == '/' && Peek() == '*') || sql[at] is '-' or '+' or ':' or '@'))) at++;
        tokens.Add(new SqlToken(kind, kind == SqlTokenKind.Word ? sql[start..at].ToUpperInvariant() : sql[start..at], line));
    }

    private void Add(SqlTokenKind kind, int length)
    {
        tokens.Add(new SqlToken(kind, sql.Substring(at, length), line));
        at += length;
    }

    // A doubled closing quote is one inside.
    private string? Until(string close, int skip, SqlTokenKind? kind, string what)
    {
        var (start, first) = (at, line);
        at += skip;
        while (true)
        {
            var end = sql.IndexOf(close, at, StringComparison.Ordinal);
            if (end < 0) return $"line {first}: the {what} that begins there is not closed";
            at = end + close.Length;
            if (kind is null || close.Length > 1 || at >= sql.Length || sql[at] != close[0]) break;
            at++;
        }
        line += sql.AsSpan(start, at - start).Count('\n');
        if (kind is { } given) tokens.Add(new SqlToken(given, sql[start..at], first));
        return null;
    }
}
