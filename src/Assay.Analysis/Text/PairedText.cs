using System.Globalization;
using System.Text;

namespace Assay.Analysis;

/// <summary>A paired comparison in words; no p-value above the details.</summary>
public static class PairedText
{
    /// <param name="report">The comparison.</param>
    /// <param name="control">How the control is called, such as its file's name.</param>
    /// <param name="treatment">How the treatment is called.</param>
    public static string Write(PairedReport report, string control, string treatment)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        Line(text, "Result", Result(report, treatment));
        Line(text, "Pairs", $"{Numbers.Count(report.Pairs)} items on both sides: {treatment} is higher on {Numbers.Count(report.Wins)}, {control} on {Numbers.Count(report.Losses)}, {Numbers.Count(report.Ties)} are equal");
        Missing(text, control, report.OnlyInControlCount, report.OnlyInControl);
        Missing(text, treatment, report.OnlyInTreatmentCount, report.OnlyInTreatment);
        if (report.Status == RowStatus.NotEstimable) return text.ToString();
        var interval = report.Interval!.Value;
        Line(text, "Details", string.Create(CultureInfo.InvariantCulture,
            $"{report.Method}, difference {report.Difference:+0.#####;-0.#####;0}, {Numbers.Value(report.IntervalLevel * 100)} % interval {interval.Low:+0.#####;-0.#####;0} to {interval.High:+0.#####;-0.#####;0}, p = {report.PValue:0.####e+0}"));
        return text.ToString();
    }

    private static string Result(PairedReport report, string treatment)
    {
        if (report.Status == RowStatus.NotEstimable) return $"not estimable: {report.Reason}";
        double difference = report.Difference!.Value, control = report.Control!.Value, value = report.Treatment!.Value;
        var sure = report.PValue < 1 - report.IntervalLevel ? "the items show a difference" : "the items allow both directions";
        if (report.Method != "mcnemar")
            return $"{report.Metric} {Numbers.Value(value)} with {treatment} vs {Numbers.Value(control)}; {sure}";
        var decimals = Numbers.DecimalsFor(difference);
        return $"{report.Metric} {Numbers.Percent(value, decimals)} with {treatment} vs {Numbers.Percent(control, decimals)}; {sure}";
    }

    private static void Missing(StringBuilder text, string file, long count, IReadOnlyCollection<string> ids)
    {
        if (count > 0) Line(text, "Missing", $"{Numbers.Count(count)} {(count == 1 ? "id is" : "ids are")} only in {file}: {string.Join(", ", ids)}{(count > ids.Count ? ", …" : "")}");
    }

    private static void Line(StringBuilder text, string label, string answer) => text.Append(CultureInfo.InvariantCulture, $"{label + ":",-10}").Append(answer).Append('\n');
}
