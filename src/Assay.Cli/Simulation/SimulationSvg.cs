using System.Globalization;
using System.Text;
using Assay.Analysis;
using Assay.Cli.Stats;

namespace Assay.Cli.Simulation;

/// <summary>Where simulated experiments end, as a picture that needs nothing beside itself: a bar a look, the part of it whose boundary was crossed darker, the boundary above.</summary>
internal static class SimulationSvg
{
    private const double Width = 760, Height = 440, Left = 78, Right = 24, TopMargin = 76, Bottom = 58;

    public static string Of(SimulationResult result, string title)
    {
        var top = Math.Max(0.01, result.Looks.Max(l => l.Ended));
        var size = Math.Min(16, (Width - Left - Right) / (0.56 * title.Length));
        var svg = new StringBuilder();
        svg.AppendLine(Text($"""<svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{Height}" viewBox="0 0 {Width} {Height}" role="img" font-family="system-ui, sans-serif" font-size="13" fill="#334155">"""));
        svg.AppendLine($"<title>{Escape(title)}</title>");
        svg.AppendLine(Text($"""<rect width="{Width}" height="{Height}" fill="#ffffff"/>"""));
        svg.AppendLine(Text($"""<text x="{Left}" y="28" font-size="{size:0.#}" font-weight="600" fill="#0f172a">{Escape(title)}</text>"""));
        svg.AppendLine(Text($"""<text x="{Left}" y="47" font-size="12">Rejects {100 * result.RejectionRate:0.0} % (± {100 * result.StandardError:0.0}); uses {100 * result.MeanSampleFraction:0.0} % of the planned units in mean. Share of the experiments that end at each look:</text>"""));
        svg.AppendLine(Text($"""<rect x="{Left}" y="56" width="10" height="10" fill="#2563eb"/><text x="{Left + 15}" y="65" font-size="12">boundary crossed</text><rect x="{Left + 140}" y="56" width="10" height="10" fill="#cbd5e1"/><text x="{Left + 155}" y="65" font-size="12">otherwise</text>"""));
        foreach (var tick in CurveTicks.For(100 * top, 5))
        {
            var y = Y(tick / 100, top);
            svg.AppendLine(Text($"""<line x1="{Left}" x2="{Width - Right}" y1="{y:0.##}" y2="{y:0.##}" stroke="#e2e8f0"/>"""));
            svg.AppendLine(Text($"""<text x="{Left - 10}" y="{y + 4.5:0.##}" text-anchor="end">{Say.Number(Math.Round(tick, 9))} %</text>"""));
        }
        for (var i = 0; i < result.Looks.Length; i++) Bar(svg, result, i, top);
        svg.AppendLine(Text($"""<path d="M{Left} {TopMargin}V{Height - Bottom}H{Width - Right}" fill="none" stroke="#64748b"/>"""));
        svg.AppendLine(Text($"""<text x="{(Left + Width - Right) / 2}" y="{Height - 10}" text-anchor="middle">looks, by their share of the planned units{(result.Looks.Length <= 8 ? "; above the bars the |z| to reach" : "")}</text>"""));
        return svg.AppendLine("</svg>").ToString();
    }

    private static void Bar(StringBuilder svg, SimulationResult result, int index, double top)
    {
        var look = result.Looks[index];
        double slot = (Width - Left - Right) / result.Looks.Length, x = Left + slot * index + slot * 0.15, width = slot * 0.7, middle = x + width / 2;
        double ended = Y(look.Ended, top), crossed = Y(Math.Min(look.Crossed, look.Ended), top), floor = Height - Bottom;
        svg.AppendLine(Text($"""<rect x="{x:0.##}" y="{ended:0.##}" width="{width:0.##}" height="{floor - ended:0.##}" fill="#cbd5e1"/>"""));
        svg.AppendLine(Text($"""<rect x="{x:0.##}" y="{crossed:0.##}" width="{width:0.##}" height="{floor - crossed:0.##}" fill="#2563eb"/>"""));
        if (result.Looks.Length <= 8 && look.Critical is { } critical)
            svg.AppendLine(Text($"""<text x="{middle:0.##}" y="{ended - 5:0.##}" text-anchor="middle" font-size="11">{critical:0.00}</text>"""));
        if (result.Looks.Length <= 20 || index % 5 == 4)
            svg.AppendLine(Text($"""<text x="{middle:0.##}" y="{floor + 19}" text-anchor="middle" font-size="{(result.Looks.Length <= 10 ? 13 : 10)}">{100 * look.Fraction:0} %</text>"""));
    }

    private static double Y(double share, double top) => Height - Bottom - (Height - TopMargin - Bottom - 14) * share / top;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
