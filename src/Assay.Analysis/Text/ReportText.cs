using System.Text;

namespace Assay.Analysis;

/// <summary>A report in words, as plain text without colours: the questions a person asks, a line each, then the details.</summary>
public static class ReportText
{
    /// <summary>The lines before the details, in the order of the contract. No p-value stands here.</summary>
    public static IReadOnlyList<ReportLine> Lines(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return
        [
            new("Decision", Headline(report.Verdict)),
            new("How sure", SummaryText.HowSure(report)),
            new("Cost", SummaryText.Cost(report)),
            new("Speed and safety", SummaryText.SpeedAndSafety(report)),
            new("Who loses", SummaryText.WhoLoses(report)),
            new("Not known", SummaryText.NotKnown(report)),
            new("Next", report.Verdict.NextStep),
        ];
    }

    /// <summary>The headline with the decision in capitals, said once: "SHIP 'treatment': about 5 more …".</summary>
    private static string Headline(Verdict verdict)
    {
        var words = DecisionNames.Of(verdict.Decision).Replace('-', ' ');
        return verdict.Headline.StartsWith(words, StringComparison.OrdinalIgnoreCase)
            ? words.ToUpperInvariant() + verdict.Headline[words.Length..]
            : $"{words.ToUpperInvariant()}: {verdict.Headline}";
    }

    /// <summary>Summary, reasons and warnings, details.</summary>
    public static string Write(Report report)
    {
        var text = new StringBuilder();
        foreach (var line in Lines(report)) text.Append($"{line.Label + ":",-18}").Append(line.Text).Append('\n');
        foreach (var warning in report.Warnings) text.Append($"{"Warning:",-18}").Append(warning.Text).Append('\n');
        text.Append('\n').Append(Table(report));
        foreach (var line in AdjustmentText.Lines(report)) text.Append(line).Append('\n');
        foreach (var line in BayesianText.Lines(report)) text.Append(line).Append('\n');
        foreach (var line in DiagnosticsText.Lines(report)) text.Append(line).Append('\n');
        return text.ToString();
    }

    /// <summary>The details table, columns aligned by spaces.</summary>
    public static string Table(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        string[][] rows = [[.. DetailsTable.Header], .. DetailsTable.Rows(report).Select(r => r.ToArray())];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(r => r[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
            text.Append(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd()).Append('\n');
        return text.ToString();
    }
}
