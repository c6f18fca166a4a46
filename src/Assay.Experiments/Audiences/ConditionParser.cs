using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Assay.Experiments;

/// <summary>Recursive descent over the condition language; one instance parses one text.</summary>
internal sealed class ConditionParser(string text)
{
    private const int DeepestNesting = 100;
    private int position;
    private int depth;

    public ConditionParseResult Parse()
    {
        try
        {
            SkipSpace();
            if (position == text.Length) throw new Failure("the condition is empty", 1);
            var root = Or();
            if (position < text.Length) throw Unexpected("'and', 'or' or the end");
            return new ConditionParseResult(new AudienceCondition(text, root), null, 0);
        }
        catch (Failure failure)
        {
            return new ConditionParseResult(null, failure.Message, failure.Column);
        }
    }

    private ConditionNode Or()
    {
        if (++depth > DeepestNesting) throw new Failure("nested too deeply", position + 1);
        var left = And();
        while (Word("or") || Symbol("||")) left = new OrCondition(left, And());
        depth--;
        return left;
    }

    private ConditionNode And()
    {
        var left = Unary();
        while (Word("and") || Symbol("&&")) left = new AndCondition(left, Unary());
        return left;
    }

    private ConditionNode Unary()
    {
        if (!Word("not") && !(Peek() == '!' && Peek(1) != '=' && Symbol("!"))) return Primary();
        if (++depth > DeepestNesting) throw new Failure("nested too deeply", position + 1);
        var operand = new NotCondition(Unary());
        depth--;
        return operand;
    }

    private ConditionNode Primary()
    {
        if (Symbol("("))
        {
            var inner = Or();
            Expect(")");
            return inner;
        }
        var start = position;
        var name = Name() ?? throw Unexpected(Peek() is '\'' or '"' || char.IsAsciiDigit(Peek()) ? "an attribute on the left side" : "an attribute");
        if (name == "exists" && Symbol("("))
        {
            var attribute = Name() ?? throw Unexpected("an attribute");
            Expect(")");
            return new ExistsCondition(attribute);
        }
        if (name is "true" or "false" or "null" or "and" or "or" or "in") throw new Failure($"'{name}' is not an attribute", start + 1);
        if (Word("in")) return new InCondition(name, List());
        if (Word("not"))
        {
            if (!Word("in")) throw Unexpected("'in' after 'not'");
            return new NotCondition(new InCondition(name, List()));
        }
        return Comparison(name);
    }

    private ConditionNode Comparison(string name)
    {
        var column = position + 1;
        ComparisonOperator? found = Symbol("==") ? ComparisonOperator.Equal
            : Symbol("!=") ? ComparisonOperator.NotEqual
            : Symbol("<=") ? ComparisonOperator.LessOrEqual
            : Symbol(">=") ? ComparisonOperator.GreaterOrEqual
            : Symbol("<") ? ComparisonOperator.Less
            : Symbol(">") ? ComparisonOperator.Greater
            : null;
        if (found is not { } comparison)
        {
            if (Peek() == '=') throw new Failure("'=' is not an operator; write '=='", column);
            return new CompareCondition(name, ComparisonOperator.Equal, ConditionLiteral.Of(true));
        }
        var isEquality = comparison is ComparisonOperator.Equal or ComparisonOperator.NotEqual;
        if (Word("null"))
        {
            if (!isEquality) throw new Failure("null has no order", column);
            return comparison == ComparisonOperator.NotEqual ? new ExistsCondition(name) : new NotCondition(new ExistsCondition(name));
        }
        var literal = Literal();
        if (literal.Kind == LiteralKind.Boolean && !isEquality) throw new Failure("true and false have no order", column);
        return new CompareCondition(name, comparison, literal);
    }

    private ImmutableArray<ConditionLiteral> List()
    {
        Expect("[");
        var values = ImmutableArray.CreateBuilder<ConditionLiteral>();
        if (Symbol("]")) return [];
        do
        {
            values.Add(Literal());
        }
        while (Symbol(","));
        Expect("]");
        return values.ToImmutable();
    }

    private ConditionLiteral Literal()
    {
        if (Peek() is '\'' or '"') return ConditionLiteral.Of(Quoted());
        if (Word("true")) return ConditionLiteral.Of(true);
        if (Word("false")) return ConditionLiteral.Of(false);
        var start = position;
        while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] is '.' or '-' or '+' or '_')) position++;
        var token = text.AsSpan(start, position - start);
        if (token.Length > 0 && (char.IsAsciiDigit(token[^1]) || token[^1] == '.')
            && double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            SkipSpace();
            return ConditionLiteral.Of(number);
        }
        position = start;
        if (token is "null") throw new Failure("null is not allowed here; use exists(…)", start + 1);
        if (token.Length > 0) throw new Failure($"'{token}' is not a value; quote strings", start + 1);
        throw Unexpected("a value");
    }

    private string Quoted()
    {
        var quote = text[position];
        var start = position++;
        var value = new StringBuilder();
        while (position < text.Length && text[position] != quote)
        {
            if (text[position] == '\\' && position + 1 < text.Length) position++;
            value.Append(text[position++]);
        }
        if (position == text.Length) throw new Failure("the string is not closed", start + 1);
        position++;
        SkipSpace();
        return value.ToString();
    }

    private string? Name()
    {
        var start = position;
        if (!char.IsLetter(Peek()) && Peek() != '_') return null;
        while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] is '_' or '.' or '-')) position++;
        var name = text[start..position];
        SkipSpace();
        return name;
    }

    private bool Word(string word)
    {
        if (!text.AsSpan(position).StartsWith(word, StringComparison.Ordinal)) return false;
        var next = Peek(word.Length);
        if (char.IsLetterOrDigit(next) || next is '_' or '.' or '-') return false;
        position += word.Length;
        SkipSpace();
        return true;
    }

    private bool Symbol(string symbol)
    {
        if (!text.AsSpan(position).StartsWith(symbol, StringComparison.Ordinal)) return false;
        position += symbol.Length;
        SkipSpace();
        return true;
    }

    private void Expect(string symbol)
    {
        if (!Symbol(symbol)) throw Unexpected($"'{symbol}'");
    }

    private char Peek(int ahead = 0) => position + ahead < text.Length ? text[position + ahead] : '\0';

    private void SkipSpace()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position])) position++;
    }

    private Failure Unexpected(string expected) =>
        new(position == text.Length ? $"expected {expected}, but the condition ends" : $"expected {expected}, found '{text[position]}'", position + 1);

    private sealed class Failure(string message, int column) : Exception(message)
    {
        public int Column { get; } = column;
    }
}
