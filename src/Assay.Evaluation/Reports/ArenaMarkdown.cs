using System.Globalization;
using System.Text;

namespace Assay.Evaluation;

/// <summary>A report for a pull request.</summary>
public static class ArenaMarkdown
{
    public static string Write(ArenaReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"### Prompt arena `{report.Suite}`: {ArenaText.Outcome(report)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{report.Cases:N0} cases × {report.Variants.Length} variants × {report.Repeats}; errors {report.Errors}, missing {report.Missing}; cost {ArenaText.Cost(report)}.\n\n");
        foreach (var reason in report.Reasons) text.Append(CultureInfo.InvariantCulture, $"- **{ArenaText.Mark(reason.Outcome).TrimEnd(':')}** {Cell(reason.Text)}\n");
        var rows = report.Comparisons.Where(c => c.Status == ComparisonStatus.Estimated || !SuiteMetrics.Measured.Contains(c.Metric)).ToList();
        if (rows.Count > 0) text.Append("\n| metric | variant | control | treatment | difference | plausible range | wins–losses–ties | evidence |\n|---|---|--:|--:|--:|---|---|---|\n");
        foreach (var row in rows)
            text.Append(CultureInfo.InvariantCulture, $"| {Cell(row.Metric)} | {Cell(row.Treatment)} | {Number(row.ControlValue)} | {Number(row.TreatmentValue)} | {Number(row.Difference)} | {(row.Interval is { } i ? $"{Number(i.Low)} to {Number(i.High)}" : Cell(row.Reason ?? "–"))} | {row.Wins}–{row.Losses}–{row.Ties} | {row.Evidence.ToString().ToLowerInvariant()} |\n");
        text.Append("\n<details><summary>To know</summary>\n\n");
        foreach (var line in report.Warnings.Concat(report.Notes).Prepend(report.Population)) text.Append("- ").Append(Cell(line)).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"\nSuite `{report.SuiteHash[..12]}`, golden set `{report.CasesHash[..12]}`, run {report.RunNumber} of this content.\n\n</details>\n");
        return text.ToString();
    }

    private static string Number(double? value) => value is { } known && double.IsFinite(known) ? ArenaText.Number(known) : "–";
    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
