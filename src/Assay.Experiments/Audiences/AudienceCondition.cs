using System.Runtime.InteropServices;
using System.Text.Json;

namespace Assay.Experiments;

/// <summary>
/// A condition over attributes: <c>plan == 'pro' and country in ['DE','FR']</c>. The language is described in docs/concepts/audience.md.
/// </summary>
/// <remarks>
/// Three-valued, as in SQL: a comparison with an attribute that is missing, null or of another type than the literal is unknown,
/// <c>not</c> unknown is unknown, and a unit whose condition is unknown is not in the audience. Evaluation allocates nothing
/// (but for ordering comparisons of strings that hold escapes).
/// </remarks>
public sealed class AudienceCondition
{
    internal AudienceCondition(string text, ConditionNode root) => (Text, Root) = (text, root);

    /// <summary>The source text.</summary>
    public string Text { get; }

    public ConditionNode Root { get; }

    /// <summary>Parses a condition; a syntax error is a value, with its column.</summary>
    public static ConditionParseResult Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new ConditionParser(text).Parse();
    }

    /// <summary>True when the condition holds; false when it does not or cannot be known.</summary>
    public bool Evaluate(UnitAttributes attributes) => Evaluate(Root, attributes) == true;

    public override string ToString() => Text;

    private static bool? Evaluate(ConditionNode node, UnitAttributes attributes)
    {
        switch (node)
        {
            case AndCondition and:
                var left = Evaluate(and.Left, attributes);
                if (left == false) return false;
                var right = Evaluate(and.Right, attributes);
                return right == false ? false : left & right;
            case OrCondition or:
                left = Evaluate(or.Left, attributes);
                if (left == true) return true;
                right = Evaluate(or.Right, attributes);
                return right == true ? true : left | right;
            case NotCondition not:
                return !Evaluate(not.Operand, attributes);
            case ExistsCondition exists:
                return attributes.TryGet(exists.Attribute, exists.Path, out _);
            case CompareCondition compare:
                return attributes.TryGet(compare.Attribute, compare.Path, out var value) ? Holds(value, compare.Operator, compare.Value) : null;
            case InCondition list:
                return attributes.TryGet(list.Attribute, list.Path, out value) ? IsIn(value, list) : null;
            default:
                throw new InvalidOperationException("unknown condition " + node.GetType().Name);
        }
    }

    private static bool? IsIn(JsonElement value, InCondition list)
    {
        bool? result = list.Values.IsEmpty ? false : null;
        foreach (var literal in list.Values)
        {
            var equal = Holds(value, ComparisonOperator.Equal, literal);
            if (equal == true) return true;
            if (equal == false) result = false;
        }
        return result;
    }

    private static bool? Holds(JsonElement value, ComparisonOperator comparison, ConditionLiteral literal)
    {
        switch (literal.Kind)
        {
            case LiteralKind.Boolean when value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                return value.GetBoolean() == literal.Boolean == (comparison == ComparisonOperator.Equal);
            case LiteralKind.Number when value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number):
                return Holds(number.CompareTo(literal.Number), comparison);
            case LiteralKind.String when value.ValueKind == JsonValueKind.String:
                return comparison switch
                {
                    ComparisonOperator.Equal => value.ValueEquals(literal.Utf8),
                    ComparisonOperator.NotEqual => !value.ValueEquals(literal.Utf8),
                    _ => Holds(Order(value, literal), comparison),
                };
            default:
                return null;
        }
    }

    private static int Order(JsonElement value, ConditionLiteral literal)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value)[1..^1];
        if (raw.Contains((byte)'\\')) raw = System.Text.Encoding.UTF8.GetBytes(value.GetString()!);
        return raw.SequenceCompareTo(literal.Utf8);
    }

    private static bool Holds(int order, ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Equal => order == 0,
        ComparisonOperator.NotEqual => order != 0,
        ComparisonOperator.Less => order < 0,
        ComparisonOperator.LessOrEqual => order <= 0,
        ComparisonOperator.Greater => order > 0,
        _ => order >= 0,
    };
}
