using System.Globalization;
using System.Text.RegularExpressions;

namespace Assay.Evaluation.Checks;

/// <summary>The number that a text ends in.</summary>
/// <remarks>What follows the last "####" (GSM8K's mark) comes first; else the last number of the text counts.
/// Read are a sign, a currency mark before or after the sign, groups of thousands by commas, a decimal point, an exponent; "1,234.50", "$-3", "-$3", ".5", "6.02e23".
/// A hyphen right after a digit, a letter or a closing bracket subtracts and is no sign. Digits right after a letter ("CO2") are no number. Units and percent signs are passed over, fractions ("3/4") are not computed.</remarks>
internal static partial class NumericText
{
    /// <summary>Null when there is no number, or none within the range of a double.</summary>
    public static double? Last(string text)
    {
        var mark = text.LastIndexOf("####", StringComparison.Ordinal);
        if (mark >= 0 && First(text[(mark + 4)..]) is { } marked) return marked;
        double? last = null;
        foreach (Match match in Number().Matches(text)) last = Value(match) ?? last;
        return last;
    }

    private static double? First(string text) => Number().Match(text) is { Success: true } match ? Value(match) : null;

    private static double? Value(Match match)
    {
        var digits = match.Groups["digits"].Value.Replace(",", "", StringComparison.Ordinal);
        if (!double.TryParse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value)) return null;
        return match.Groups["sign"].Success ? -value : value;
    }

    [GeneratedRegex(@"(?<![\p{L}_])(?:(?<![\p{L}\p{Nd}_)\]])(?<sign>[-−])\s?\p{Sc}?|\p{Sc}\s?(?<sign>[-−])|\p{Sc}\s?)?(?<digits>(?<![\d.])(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+(?![\p{L}\p{Nd}]))?|(?<![\d.])\.[0-9]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
