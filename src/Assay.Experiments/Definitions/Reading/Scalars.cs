using System.Globalization;
using System.Text.RegularExpressions;

namespace Assay.Experiments.Reading;

/// <summary>What plain scalars and short texts mean, in every culture.</summary>
internal static partial class Scalars
{
    /// <summary>YAML's core schema without octal, hexadecimal, infinity and NaN.</summary>
    public static bool TryNumber(ScalarNode node, out double number)
    {
        number = 0;
        return node.IsPlain && Number().IsMatch(node.Value)
            && double.TryParse(node.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }

    /// <summary><c>7d</c>, <c>1h30m</c>, <c>10s</c>, <c>500ms</c>, <c>0</c>; blanks between the parts are free.</summary>
    public static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text.Trim() == "0") return true;
        var match = Duration().Match(text);
        if (!match.Success) return false;
        var ticks = 0.0;
        for (var i = 0; i < match.Groups["n"].Captures.Count; i++)
        {
            var n = double.Parse(match.Groups["n"].Captures[i].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);
            ticks += n * (match.Groups["u"].Captures[i].Value switch
            {
                "w" => 7 * TimeSpan.TicksPerDay,
                "d" => TimeSpan.TicksPerDay,
                "h" => TimeSpan.TicksPerHour,
                "m" => TimeSpan.TicksPerMinute,
                "s" => TimeSpan.TicksPerSecond,
                _ => TimeSpan.TicksPerMillisecond,
            });
        }
        if (ticks > TimeSpan.FromDays(36500).Ticks) return false;
        duration = TimeSpan.FromTicks((long)Math.Round(ticks));
        return true;
    }

    /// <summary>The shortest text that <see cref="TryDuration"/> reads back: <c>1d12h</c>.</summary>
    public static string DurationText(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero) return "0s";
        var text = string.Create(CultureInfo.InvariantCulture, $"{duration.Days}d{duration.Hours}h{duration.Minutes}m{duration.Seconds}s{duration.Milliseconds}ms");
        return ZeroPart().Replace(text, "");
    }

    [GeneratedRegex(@"^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"^\s*(?:(?<n>\d+(?:\.\d+)?)(?<u>ms|[wdhms])\s*)+$", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();

    [GeneratedRegex(@"(?<!\d)0(ms|[dhms])", RegexOptions.CultureInvariant)]
    private static partial Regex ZeroPart();
}
