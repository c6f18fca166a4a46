using System.Globalization;
using System.Text;
using Assay.Evaluation;

namespace Assay.Cli.Judging;

/// <summary>A calibration as people read it.</summary>
internal static class CalibrationText
{
    public static string Write(CalibrationRecord record)
    {
        var text = new StringBuilder();
        Line(text, "Result", record.Text);
        if (record.SetAside > 0) Line(text, "Set aside", string.Create(CultureInfo.InvariantCulture, $"{record.SetAside} labels that the judge has seen in its prompt, examples or threshold: they cannot calibrate it"));
        if (record.N == 0) return text.ToString();
        Line(text, "Agreement", string.Create(CultureInfo.InvariantCulture, $"{record.Agreement:0.000}, plausible {record.Interval!.Value.Low:0.00} to {record.Interval.Value.High:0.00}, on {record.N} labels"));
        Line(text, "Kappa", record.Kappa is not { } kappa ? $"not estimable: {record.KappaReason}" : string.Create(CultureInfo.InvariantCulture, $"{kappa:0.000}")
            + (record.KappaInterval is { } i ? string.Create(CultureInfo.InvariantCulture, $", plausible {i.Low:0.00} to {i.High:0.00}") : $" ({record.KappaReason})")
            + (record.WeightedKappa is { } w ? string.Create(CultureInfo.InvariantCulture, $"; {w:0.000} with quadratic weights") : ""));
        Bias(text, "Order", record.OrderBias, "the answer shown first");
        Bias(text, "Length", record.LengthBias, "the longer answer");
        string[] columns = [.. record.Confusion.Values.SelectMany(r => r.Keys).Concat(record.Confusion.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var width = Math.Max(8, columns.Max(c => c.Length) + 2);
        text.Append("\nhuman \\ judge").Append(string.Concat(columns.Select(c => c.PadLeft(width)))).Append('\n');
        foreach (var (human, row) in record.Confusion)
            text.Append(human.PadRight(13)).Append(string.Concat(columns.Select(c => row.GetValueOrDefault(c).ToString(CultureInfo.InvariantCulture).PadLeft(width)))).Append('\n');
        return text.ToString();
    }

    private static void Bias(StringBuilder text, string label, JudgeBias? bias, string what)
    {
        if (bias is null) return;
        Line(text, label, bias.Bias is not { } value ? $"not estimable: {bias.Reason}" : string.Create(CultureInfo.InvariantCulture, $"the judge gives {what} {bias.Judge:0.0%} of {bias.Items} items, humans {bias.Human:0.0%}: {value * 100:+0.0;-0.0;0.0} points")
            + (bias.Interval is { } i ? string.Create(CultureInfo.InvariantCulture, $", plausible {i.Low * 100:+0.0;-0.0;0.0} to {i.High * 100:+0.0;-0.0;0.0}{(i.Contains(0) ? ", no clear bias" : "")}") : $" ({bias.Reason})"));
    }

    private static void Line(StringBuilder text, string label, string answer) => text.Append(CultureInfo.InvariantCulture, $"{label + ":",-11}").Append(answer).Append('\n');
}
