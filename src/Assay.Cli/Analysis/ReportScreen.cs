using Assay.Analysis;
using Spectre.Console;

namespace Assay.Cli.Analysis;

/// <summary>A report for a person: drawn on a terminal, plain text elsewhere.</summary>
internal static class ReportScreen
{
    public static void Print(Report report)
    {
        if (Console.IsOutputRedirected) Console.Out.Write(ReportText.Write(report));
        else Draw(report);
    }

    private static void Draw(Report report)
    {
        var colour = Colour(report.Verdict.Decision);
        var summary = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        foreach (var line in ReportText.Lines(report))
            summary.AddRow(new Markup($"[bold]{Markup.Escape(line.Label)}[/]"), new Markup(line.Label == "Decision" ? $"[bold {colour}]{Markup.Escape(line.Text)}[/]" : Markup.Escape(line.Text)));
        foreach (var warning in report.Warnings)
            summary.AddRow(new Markup("[yellow]Warning[/]"), new Markup(Markup.Escape(warning.Text)));
        AnsiConsole.Write(summary);

        var table = new Table().RoundedBorder();
        foreach (var name in DetailsTable.Header) table.AddColumn(Markup.Escape(name));
        foreach (var row in DetailsTable.Rows(report)) table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }

    private static string Colour(Decision decision) => decision switch
    {
        Decision.Ship => "green",
        Decision.DoNotShip or Decision.RolledBack or Decision.Invalid => "red",
        _ => "yellow",
    };
}
