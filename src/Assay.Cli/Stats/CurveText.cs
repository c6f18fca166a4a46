using System.Globalization;
using Spectre.Console;

namespace Assay.Cli.Stats;

/// <summary>The curve in characters: coloured on a terminal, plain elsewhere.</summary>
internal static class CurveText
{
    private const int Rows = 12, Columns = 60;

    public static void Write(EffectCurve curve, TextWriter output)
    {
        var lines = Lines(curve);
        if (Console.IsOutputRedirected || output != Console.Out)
        {
            foreach (var line in lines) output.WriteLine(line);
            return;
        }
        foreach (var line in lines)
            AnsiConsole.MarkupLine(Markup.Escape(line).Replace("●", "[green]●[/]", StringComparison.Ordinal).Replace("┄", "[yellow]┄[/]", StringComparison.Ordinal));
    }

    public static IReadOnlyList<string> Lines(EffectCurve curve)
    {
        double top = curve.Top;
        var last = curve.Points[^1].Day;
        var grid = new char[Rows, Columns];
        for (var r = 0; r < Rows; r++) for (var c = 0; c < Columns; c++) grid[r, c] = ' ';
        var target = Row(curve.Target, top);
        for (var c = 0; c < Columns; c++) grid[target, c] = '┄';
        for (var c = 0; c < Columns; c++)
            if (At(curve, 1 + (last - 1) * (double)c / (Columns - 1)) is { } effect && effect <= top) grid[Row(effect, top), c] = '●';
        var labels = new string[Rows];
        for (var r = 0; r < Rows; r++) labels[r] = r == target ? curve.Say(curve.Target) : r is 0 ? curve.Say(top) : r == Rows - 1 ? "0" : "";
        var width = labels.Max(l => l.Length);
        var lines = new List<string> { $"{new string(' ', width)}  {curve.Title}" };
        for (var r = 0; r < Rows; r++)
            lines.Add($"{labels[r].PadLeft(width)} {(labels[r].Length > 0 ? '┤' : '│')}{new string([.. Enumerable.Range(0, Columns).Select(c => grid[r, c])])}".TrimEnd());
        lines.Add($"{new string(' ', width)} └{new string('─', Columns)}");
        string left = "day 1", right = "day " + last.ToString(CultureInfo.InvariantCulture);
        lines.Add($"{new string(' ', width + 2)}{left}{right.PadLeft(Columns - left.Length)}");
        return lines;
    }

    private static int Row(double effect, double top) => Rows - 1 - (int)Math.Round(Math.Min(1, effect / top) * (Rows - 1));

    /// <summary>Between two points in proportion; null where either has no effect.</summary>
    private static double? At(EffectCurve curve, double day)
    {
        for (var i = 0; i + 1 < curve.Points.Count; i++)
        {
            CurvePoint a = curve.Points[i], b = curve.Points[i + 1];
            if (day > b.Day) continue;
            return a.Effect is { } from && b.Effect is { } to ? from + (to - from) * (day - a.Day) / (b.Day - a.Day) : day == b.Day ? b.Effect : null;
        }
        return curve.Points[^1].Effect;
    }
}
