using System.Text.Json.Nodes;

namespace Assay.Cli.Stats;

/// <summary>The smallest effect that is found, against the days that the experiment runs.</summary>
/// <param name="Points">By day.</param>
/// <param name="Target">The effect to find, without its sign.</param>
/// <param name="Days">Days until it is found; null when it is not, within any reasonable time.</param>
/// <param name="IsShare">True when effects are differences of shares, shown in percentage points.</param>
internal sealed record EffectCurve(IReadOnlyList<CurvePoint> Points, double Target, long? Days, bool IsShare)
{
    private const int MostPoints = 61;

    /// <param name="daily">Units that arrive a day, all arms together.</param>
    /// <param name="days">When the target is found.</param>
    /// <param name="target">The effect to find.</param>
    /// <param name="isShare">Differences of shares.</param>
    /// <param name="effectOf">Smallest effect found by so many units in all; null when none is.</param>
    public static EffectCurve For(double daily, long days, double target, bool isShare, Func<double, double?> effectOf)
    {
        var last = (int)Math.Min(Math.Max(14, 2 * days), 3650);
        var step = Math.Max(1, (int)Math.Ceiling((double)last / (MostPoints - 1)));
        var points = new List<CurvePoint>();
        // Day 1, then every step: the left end is where the curve falls fastest.
        for (var day = 1; day <= last; day = day == 1 && step > 1 ? step : day + step)
        {
            var units = daily * day;
            points.Add(new CurvePoint(day, (long)Math.Floor(units + 1e-9), units < 4 || effectOf(units) is not { } effect ? null : Math.Abs(effect)));
        }
        return new EffectCurve(points, Math.Abs(target), days <= last ? days : null, isShare);
    }

    /// <summary>Top of the picture: the first days' effects would leave no room for the rest.</summary>
    public double Top
    {
        get
        {
            var largest = Points.Max(p => p.Effect ?? 0);
            var top = Math.Min(largest, Math.Max(4 * Target, 1.5 * (Points.LastOrDefault(p => p.Effect is not null)?.Effect ?? 0)));
            return top > 0 ? top : Target;
        }
    }

    public string Title => IsShare ? "smallest effect found (percentage points)" : "smallest effect found (in the metric's unit)";

    public string Say(double effect) => Stats.Say.Number(IsShare ? Math.Round(100 * effect, 9) : effect);

    public JsonArray ToJson() => new([.. Points.Select(p => (JsonNode)new JsonObject { ["day"] = p.Day, ["units"] = p.Units, ["effect"] = p.Effect })]);
}
