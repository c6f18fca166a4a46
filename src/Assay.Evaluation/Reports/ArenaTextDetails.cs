using System.Globalization;
using System.Text;
using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>Parts of the text form: what answers take, how reliable they are, where their scores' variance comes from.</summary>
internal static class ArenaTextDetails
{
    public static void Measured(StringBuilder text, ArenaReport report)
    {
        var rows = report.Comparisons.Where(c => SuiteMetrics.Measured.Contains(c.Metric) && c.Difference is not null).ToList();
        if (rows.Count > 0) text.Append("\nWhat an answer takes\n");
        foreach (var row in rows)
            text.Append(CultureInfo.InvariantCulture, $"  {row.Metric}: {row.Treatment} {ArenaText.Number(row.TreatmentValue!.Value)}, {row.Control} {ArenaText.Number(row.ControlValue!.Value)}; difference {Signed(row.Difference!.Value)}{Plausible(row.Interval, row.Reason)}\n");
    }

    public static void Ratings(StringBuilder text, ArenaReport report)
    {
        if (report.Ratings.Length > 0) text.Append("\nRatings from a round of pairs (1000 on average, 400 more is ten times the odds)\n");
        foreach (var row in report.Ratings)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {row.Metric}, {row.Variant}: {(row.Rating is { } rating ? $"{rating:0}" : $"not estimable, {row.Reason}")}; {row.Wins} won, {row.Losses} lost, {row.Ties} tied");
            if (row.AboveControl is { } above) text.Append(CultureInfo.InvariantCulture, $"; {above:+0;−0;0} to the control{(row.Interval is { } i ? string.Create(CultureInfo.InvariantCulture, $" (plausible {i.Low:+0;−0;0} to {i.High:+0;−0;0})") : $" ({row.Reason})")}");
            text.Append('\n');
        }
    }

    public static void Reliability(StringBuilder text, ArenaReport report)
    {
        if (report.Reliability.Length == 0) return;
        text.Append("\nReliability: pass^k, the share of cases that would pass k times in a row (pass@k: at least once)\n");
        foreach (var group in report.Reliability.GroupBy(r => (r.Metric, r.Variant)))
            text.Append(CultureInfo.InvariantCulture, $"  {group.Key.Metric}, {group.Key.Variant}: ").AppendJoin(", ", group.Select(r => $"k = {r.K} {Share(r.Estimate)} ({Share(r.AnyEstimate)})")).Append('\n');
        foreach (var row in report.ReliabilityDifferences)
            text.Append(CultureInfo.InvariantCulture, $"  {row.Metric}, k = {row.K}: {row.Treatment} minus {row.Control} {Points(row.Difference)}{(row.Interval is { } i ? $" (plausible {Points(i.Low)} to {Points(i.High)})" : $" ({row.Reason})")}\n");
    }

    public static void Variance(StringBuilder text, ArenaReport report)
    {
        var rows = report.Variance.Where(v => v.Case is not null).ToList();
        if (rows.Count > 0) text.Append("\nWhere the variance of scores comes from: case, generation, judge\n");
        foreach (var row in rows)
            text.Append(CultureInfo.InvariantCulture, $"  {row.Metric}, {row.Variant}: {ArenaText.Number(row.Case!.Value)}, {ArenaText.Number(row.Generation!.Value)}, {ArenaText.Number(row.Judge!.Value)}{(row.WasNegative ? " (one came out below 0 and was set to 0)" : "")}\n");
    }

    private static string Plausible(Interval? interval, string? reason) => interval is { } i ? $" (plausible {Signed(i.Low)} to {Signed(i.High)})" : $" ({reason})";
    private static string Signed(double value) => (value < 0 ? "−" : "+") + ArenaText.Number(Math.Abs(value));
    private static string Points(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:+0.#;−0.#;0} points");
    private static string Share(double? value) => value is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known * 100:0.#} %") : "–";
}
