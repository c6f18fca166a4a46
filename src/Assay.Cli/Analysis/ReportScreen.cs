using Assay.Analysis;
using Spectre.Console;

namespace Assay.Cli.Analysis;

/// <summary>A report for a person: drawn on a terminal, plain text elsewhere.</summary>
internal static class ReportScreen
{
    private const int WideEnough = 140;

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

        // A narrow terminal shows what people read first; the rest stands in the text and JSON forms.
        int[] columns = AnsiConsole.Profile.Width >= WideEnough ? [.. Enumerable.Range(0, DetailsTable.Header.Length)] : [0, 2, 3, 5, 8, 10];
        var table = new Table().SimpleBorder();
        foreach (var column in columns)
            table.AddColumn(new TableColumn(Markup.Escape(DetailsTable.Header[column])) { NoWrap = column != 10, Padding = new Padding(0, 0, 1, 0) });
        foreach (var row in DetailsTable.Rows(report)) table.AddRow([.. columns.Select(column => Markup.Escape(row[column]))]);
        AnsiConsole.Write(table);
        foreach (var line in AdjustmentText.Lines(report)) AnsiConsole.WriteLine(line);
        foreach (var line in BayesianText.Lines(report)) AnsiConsole.WriteLine(line);
        foreach (var line in DiagnosticsText.Lines(report)) AnsiConsole.WriteLine(line);
    }

    private static string Colour(Decision decision) => decision switch
    {
        Decision.Ship => "green",
        Decision.DoNotShip or Decision.RolledBack or Decision.Invalid => "red",
        _ => "yellow",
    };
}
