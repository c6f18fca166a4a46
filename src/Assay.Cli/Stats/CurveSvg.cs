using System.Globalization;
using System.Text;

namespace Assay.Cli.Stats;

/// <summary>The curve as a picture that needs nothing beside itself.</summary>
internal static class CurveSvg
{
    private const double Width = 760, Height = 440, Left = 78, Right = 24, TopMargin = 58, Bottom = 58;

    public static string Of(EffectCurve curve, string title)
    {
        // About as wide as its letters are; a long metric's name must not run out of the picture.
        var size = Math.Min(16, (Width - Left - Right) / (0.56 * title.Length));
        double end = curve.Points[^1].Day, top = curve.Top;
        var svg = new StringBuilder();
        svg.AppendLine(Text($"""<svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{Height}" viewBox="0 0 {Width} {Height}" role="img" font-family="system-ui, sans-serif" font-size="13" fill="#334155">"""));
        svg.AppendLine($"<title>{Escape(title)}</title>");
        svg.AppendLine(Text($"""<rect width="{Width}" height="{Height}" fill="#ffffff"/>"""));
        svg.AppendLine(Text($"""<text x="{Left}" y="28" font-size="{size:0.#}" font-weight="600" fill="#0f172a">{Escape(title)}</text>"""));
        svg.AppendLine(Text($"""<text x="{Left}" y="47" font-size="12">{Escape(curve.Title)}</text>"""));
        foreach (var tick in CurveTicks.For(curve.IsShare ? 100 * top : top, 5))
        {
            var y = Y(curve.IsShare ? tick / 100 : tick, top);
            svg.AppendLine(Text($"""<line x1="{Left}" x2="{Width - Right}" y1="{y:0.##}" y2="{y:0.##}" stroke="#e2e8f0"/>"""));
            svg.AppendLine(Text($"""<text x="{Left - 10}" y="{y + 4.5:0.##}" text-anchor="end">{Say.Number(Math.Round(tick, 9))}</text>"""));
        }
        foreach (var tick in CurveTicks.For(end, 8, whole: true).Where(t => t >= 1).Prepend(1))
        {
            var x = X(tick, end);
            svg.AppendLine(Text($"""<line x1="{x:0.##}" x2="{x:0.##}" y1="{Height - Bottom}" y2="{Height - Bottom + 5}" stroke="#64748b"/>"""));
            svg.AppendLine(Text($"""<text x="{x:0.##}" y="{Height - Bottom + 21}" text-anchor="middle">{tick}</text>"""));
        }
        svg.AppendLine(Text($"""<path d="M{Left} {TopMargin}V{Height - Bottom}H{Width - Right}" fill="none" stroke="#64748b"/>"""));
        svg.AppendLine(Text($"""<text x="{(Left + Width - Right) / 2}" y="{Height - 14}" text-anchor="middle">days of traffic</text>"""));
        Target(svg, curve, end, top);
        svg.AppendLine(Text($"""<path d="{Path(curve, end, top)}" fill="none" stroke="#2563eb" stroke-width="2.5" stroke-linejoin="round"/>"""));
        if (curve.Days is { } days)
            svg.AppendLine(Text($"""<circle cx="{X(days, end):0.##}" cy="{Y(Math.Min(curve.Target, top), top):0.##}" r="5" fill="#2563eb" stroke="#ffffff" stroke-width="2"/>"""));
        return svg.AppendLine("</svg>").ToString();
    }

    private static void Target(StringBuilder svg, EffectCurve curve, double end, double top)
    {
        var y = Y(curve.Target, top);
        svg.AppendLine(Text($"""<line x1="{Left}" x2="{Width - Right}" y1="{y:0.##}" y2="{y:0.##}" stroke="#b45309" stroke-dasharray="6 4"/>"""));
        svg.AppendLine(Text($"""<text x="{Width - Right}" y="{y - 7:0.##}" text-anchor="end" fill="#b45309">wanted: {curve.Say(curve.Target)}</text>"""));
        if (curve.Days is not { } days) return;
        var x = X(days, end);
        svg.AppendLine(Text($"""<line x1="{x:0.##}" x2="{x:0.##}" y1="{y:0.##}" y2="{Height - Bottom}" stroke="#2563eb" stroke-dasharray="2 3"/>"""));
        svg.AppendLine(Text($"""<text x="{x + 7:0.##}" y="{Height - Bottom - 9}" fill="#2563eb">{days} {(days == 1 ? "day" : "days")}</text>"""));
    }

    // Above the top the curve is cut where it crosses, so that it enters the picture where it really does.
    private static string Path(EffectCurve curve, double end, double top)
    {
        var path = new StringBuilder();
        CurvePoint? before = null;
        foreach (var point in curve.Points)
        {
            if (point.Effect is { } effect)
            {
                if (path.Length > 0) path.Append(Text($"L{X(point.Day, end):0.##} {Y(Math.Min(effect, top), top):0.##}"));
                else if (effect <= top)
                {
                    if (before?.Effect is { } above)
                        path.Append(Text($"M{X(point.Day - (point.Day - before.Day) * (top - effect) / (above - effect), end):0.##} {Y(top, top):0.##}L"));
                    else path.Append('M');
                    path.Append(Text($"{X(point.Day, end):0.##} {Y(effect, top):0.##}"));
                }
            }
            before = point;
        }
        return path.ToString();
    }

    private static double X(double day, double end) => Left + (Width - Left - Right) * (end > 1 ? (day - 1) / (end - 1) : 0);

    private static double Y(double effect, double top) => Height - Bottom - (Height - TopMargin - Bottom) * Math.Min(1, effect / top);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
