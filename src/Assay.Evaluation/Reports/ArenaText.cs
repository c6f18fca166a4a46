using System.Globalization;
using System.Text;

namespace Assay.Evaluation;

/// <summary>A report for people at a terminal: the outcome first, then why, then the numbers.</summary>
public static class ArenaText
{
    public static string Write(ArenaReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{report.Suite}: {Outcome(report)}\n");
        text.Append(CultureInfo.InvariantCulture, $"  {report.Cases:N0} cases × {report.Variants.Length} variants × {report.Repeats} {(report.Repeats == 1 ? "repeat" : "repeats")}; {report.CallsMade:N0} calls made, {report.AnswersFromLog:N0} answers from the log; cost {Cost(report)}\n");
        if (report.Reasons.Length > 0)
        {
            text.Append("\nGate\n");
            foreach (var reason in report.Reasons) text.Append(CultureInfo.InvariantCulture, $"  {Mark(reason.Outcome)} {reason.Text}\n");
        }
        text.Append("\nWhat differs\n");
        foreach (var difference in report.Differences)
            text.Append(CultureInfo.InvariantCulture, $"  {difference.Treatment}: {(difference.Kinds.Length == 0 ? "nothing" : string.Join(", ", difference.Kinds))}{(difference.Confounded ? " (confounded)" : "")}\n");
        if (report.Comparisons.Length > 0) text.Append("\nCompared, paired by case\n");
        foreach (var row in report.Comparisons.Where(c => !SuiteMetrics.Measured.Contains(c.Metric))) text.Append("  ").Append(row.Text).Append('\n');
        ArenaTextDetails.Ratings(text, report);
        ArenaTextDetails.Measured(text, report);
        ArenaTextDetails.Reliability(text, report);
        ArenaTextDetails.Variance(text, report);
        text.Append("\nVariants\n");
        Table(text, report);
        foreach (var segment in report.Segments)
            foreach (var row in segment.Comparisons)
                text.Append(CultureInfo.InvariantCulture, $"{(segment == report.Segments[0] && row == segment.Comparisons[0] ? "\nSegments (exploratory)\n" : "")}  {segment.Tag} ({segment.Cases}): {row.Text}\n");
        if (report.Effects.Length > 0) text.Append("\nWhat judges follow besides quality\n");
        foreach (var effect in report.Effects) text.Append("  ").Append(effect.Text).Append('\n');
        text.Append("\nTo know\n  ").Append(report.Population).Append('\n');
        foreach (var line in report.Warnings.Concat(report.Notes).Except(report.Effects.Select(e => e.Text))) text.Append("  ").Append(line).Append('\n');
        return text.ToString();
    }

    public static string Outcome(ArenaReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.Outcome switch
        {
            GateOutcome.Pass => "PASS",
            GateOutcome.Fail => "FAIL",
            GateOutcome.Inconclusive => "INCONCLUSIVE: the cases do not decide",
            GateOutcome.Invalid => "INVALID: no decision may rest on this run",
            _ => "done; the suite has no gate, so nothing was decided",
        };
    }

    internal static string Mark(GateOutcome outcome) => outcome switch { GateOutcome.Pass => "pass:", GateOutcome.Fail => "FAIL:", GateOutcome.Invalid => "INVALID:", _ => "inconclusive:" };

    internal static string Cost(ArenaReport report) => report.CostUsd is { } cost
        ? string.Create(CultureInfo.InvariantCulture, $"{cost:0.####} USD, of which {report.SpentUsd:0.####} paid now")
        : string.Create(CultureInfo.InvariantCulture, $"unknown (a price or a token count is missing); known of this run: {report.SpentUsd:0.####} USD");

    internal static string Number(double value) => value != 0 && Math.Abs(value) < 0.001 ? value.ToString("G3", CultureInfo.InvariantCulture) : value.ToString(Math.Abs(value) >= 1000 ? "#,0" : Math.Abs(value) >= 10 ? "0.#" : "0.####", CultureInfo.InvariantCulture);

    private static void Table(StringBuilder text, ArenaReport report)
    {
        var metrics = report.Variants.SelectMany(v => v.Means.Keys).Distinct(StringComparer.Ordinal).OrderBy(m => SuiteMetrics.Measured.Contains(m)).ToList();
        var width = Math.Max(8, report.Variants.Max(v => v.Key.Length) + 2);
        var columns = metrics.Select(m => Math.Max(m.Length, 8) + 2).ToList();
        text.Append("  ").Append("".PadRight(width)).Append("answers".PadLeft(9));
        for (var i = 0; i < metrics.Count; i++) text.Append(metrics[i].PadLeft(columns[i]));
        text.Append('\n');
        foreach (var variant in report.Variants)
        {
            text.Append("  ").Append(variant.Key.PadRight(width)).Append(variant.Answers.ToString(CultureInfo.InvariantCulture).PadLeft(9));
            for (var i = 0; i < metrics.Count; i++) text.Append((variant.Means.TryGetValue(metrics[i], out var mean) ? Number(mean) : "–").PadLeft(columns[i]));
            if (variant.Failed > 0) text.Append(CultureInfo.InvariantCulture, $"   {variant.Failed} failed");
            text.Append('\n');
        }
    }
}
