using System.Globalization;

namespace Assay.Evaluation;

/// <summary>Effects on a judge in words.</summary>
internal static class EffectText
{
    public static string Of(JudgeEffect effect)
    {
        var parts = new List<string>();
        if (effect.Position is { } position) parts.Add(Position(position, effect.Treatment));
        if (effect.Length is { } length) parts.Add(Length(length, effect.Treatment));
        if (effect.Self is { } self) parts.Add(Self(self));
        return $"{effect.Judge} on {effect.Metric} ({effect.Treatment} against {effect.Control}): {string.Join("; ", parts)}.";
    }

    private static string Position(PositionEffect e, string treatment)
    {
        if (e.Difference is not { } difference) return $"the effect of the order is not estimable, {e.Reason}";
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{treatment} wins {e.WinRateFirst * 100:0.0} % when shown first and {e.WinRateSecond * 100:0.0} % when shown second, {difference * 100:+0.0;−0.0;0.0} points");
        if (e.Interval is { } i)
            text += string.Create(CultureInfo.InvariantCulture, $" (plausible {i.Low * 100:+0.0;−0.0;0.0} to {i.High * 100:+0.0;−0.0;0.0})")
                + (i.Low > 0 ? ": it leans to what it is shown last" : i.High < 0 ? ": it leans to what it is shown first" : ": no clear effect of the order");
        return e.Consistent is { } same ? text + string.Create(CultureInfo.InvariantCulture, $"; in both orders it says the same on {same * 100:0} % of {e.CasesInBothOrders} cases") : text;
    }

    private static string Length(LengthEffect e, string treatment) => e.ControlledWinRate is not { } controlled
        ? $"the effect of length is not estimable, {e.Reason}"
        : string.Create(CultureInfo.InvariantCulture,
            $"at equal lengths {treatment} would win {controlled * 100:0.0} % (plausible {e.Interval!.Value.Low * 100:0.0} to {e.Interval.Value.High * 100:0.0}) instead of {e.WinRate * 100:0.0} %; the longer answer wins {e.LongerPreferred * 100:0.0} %");

    private static string Self(SelfPreference e) => e.Difference is not { } difference
        ? $"whether it favours {e.Variant}, which runs on its own family of models, is not estimable: {e.Reason}"
        : string.Create(CultureInfo.InvariantCulture, $"it gives {e.Variant}, which runs on its own family of models, {difference:+0.000;−0.000;0.000} more than the other judges do")
            + (e.Interval is { } i ? string.Create(CultureInfo.InvariantCulture, $" (plausible {i.Low:+0.000;−0.000;0.000} to {i.High:+0.000;−0.000;0.000})") : $" ({e.Reason})");
}
