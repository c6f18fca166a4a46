using System.Globalization;

namespace Assay.Analysis;

/// <summary>Numbers as people read them, in the invariant culture.</summary>
internal static class Numbers
{
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>About four significant digits, thousands separated, never an exponent.</summary>
    public static string Value(double value)
    {
        if (double.IsInfinity(value)) return value > 0 ? "unbounded" : "-unbounded";
        if (value == 0) return "0";
        var magnitude = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        var decimals = Math.Clamp(3 - magnitude, 0, 12);
        var text = value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return decimals > 0 ? TrimZeros(text) : text;
    }

    /// <summary>A value with its unit: "2,300 ms", "0.0021 USD", "65.1 %" for shares.</summary>
    public static string WithUnit(double value, string type, string? unit) =>
        type == "proportion" ? value == 0 ? "0 %" : Percent(value, Math.Abs(value) < 0.1 ? 2 : 1) : Value(value) + (unit is null ? "" : " " + unit);

    /// <summary>A difference of shares, in percentage points, so that it cannot be taken for a relative one.</summary>
    public static string Points(double share) => Value(Math.Round(share * 100, Math.Abs(share) < 0.0001 ? 4 : 2)) + " pts";

    public static string Percent(double share, int decimals) =>
        (share * 100).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + " %";

    /// <summary>With a sign, in percent, one decimal: "+8.0 %".</summary>
    public static string Lift(double fraction) => (fraction >= 0 ? "+" : "−") + Percent(Math.Abs(fraction), 1);

    /// <summary>Decimals of a percentage that let a difference be seen.</summary>
    public static int DecimalsFor(double difference) => Math.Abs(difference) switch
    {
        >= 0.015 or 0 => 0,
        >= 0.0015 => 1,
        >= 0.00015 => 2,
        _ => 4,
    };

    private static string TrimZeros(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? text : text.TrimEnd('0').TrimEnd('.');
    }
}
