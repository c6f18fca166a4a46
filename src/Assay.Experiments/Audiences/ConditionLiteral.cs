using System.Text;

namespace Assay.Experiments;

/// <summary>The type of a literal.</summary>
public enum LiteralKind { String, Number, Boolean }

/// <summary>A string, a finite number or a boolean. Only the property that <see cref="Kind"/> names means anything.</summary>
public sealed record ConditionLiteral
{
    private ConditionLiteral(LiteralKind kind, string text, double number, bool boolean)
    {
        (Kind, Text, Number, Boolean) = (kind, text, number, boolean);
        Utf8 = Encoding.UTF8.GetBytes(text);
    }

    public LiteralKind Kind { get; }
    public string Text { get; }
    public double Number { get; }
    public bool Boolean { get; }

    internal byte[] Utf8 { get; }

    public static ConditionLiteral Of(string text) => new(LiteralKind.String, text, 0, false);
    public static ConditionLiteral Of(double number) => new(LiteralKind.Number, "", number, false);
    public static ConditionLiteral Of(bool boolean) => new(LiteralKind.Boolean, "", 0, boolean);

    public bool Equals(ConditionLiteral? other) =>
        other is not null && (Kind, Text, Number, Boolean) == (other.Kind, other.Text, other.Number, other.Boolean);

    public override int GetHashCode() => HashCode.Combine(Kind, Text, Number, Boolean);
}
