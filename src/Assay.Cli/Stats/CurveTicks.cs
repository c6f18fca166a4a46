namespace Assay.Cli.Stats;

/// <summary>Round numbers along an axis.</summary>
internal static class CurveTicks
{
    /// <summary>Multiples of 1, 2 or 5 times a power of ten from 0 to the end, about so many.</summary>
    public static IReadOnlyList<double> For(double end, int about, bool whole = false)
    {
        var raw = end / about;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = power * (raw / power <= 1 ? 1 : raw / power <= 2 ? 2 : raw / power <= 5 ? 5 : 10);
        if (whole) step = Math.Max(1, Math.Round(step));
        var ticks = new List<double>();
        for (var i = 0; i * step <= end * (1 + 1e-9); i++) ticks.Add(i * step);
        return ticks;
    }
}
