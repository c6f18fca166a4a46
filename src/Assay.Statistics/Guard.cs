using System.Runtime.CompilerServices;

namespace Assay.Statistics;

/// <summary>Argument checks that several methods share; each throws and names the caller's parameter.</summary>
internal static class Guard
{
    public static void Probability(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value > 0 && value < 1)) throw new ArgumentOutOfRangeException(name, value, "must lie strictly between 0 and 1");
    }

    public static void Positive(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value > 0 && double.IsFinite(value))) throw new ArgumentOutOfRangeException(name, value, "must be positive and finite");
    }

    public static void Finite(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!double.IsFinite(value)) throw new ArgumentOutOfRangeException(name, value, "must be finite");
    }

    public static void NonNegative(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value >= 0 && double.IsFinite(value))) throw new ArgumentOutOfRangeException(name, value, "must be finite and not negative");
    }

    public static void SameLength(int first, int second, string? name)
    {
        if (first != second) throw new ArgumentException($"must have as many elements as its partner ({second}), but has {first}", name);
    }
}
