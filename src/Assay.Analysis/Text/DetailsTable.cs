using System.Collections.Immutable;
using System.Globalization;

namespace Assay.Analysis;

/// <summary>The cells of the details table: one row per metric × treatment; the only place where p-values are shown.</summary>
public static class DetailsTable
{
    public static ImmutableArray<string> Header { get; } =
        ["metric", "role", "control", "treatment", "difference", "plausible range", "level", "relative", "p", "adjusted p", "reads", "counted"];

    public static IEnumerable<ImmutableArray<string>> Rows(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var several = report.Metrics.Select(m => m.Treatment.Variant).Distinct().Count() > 1;
        return report.Metrics.SelectMany(row => RowsOf(row, several));
    }

    private static IEnumerable<ImmutableArray<string>> RowsOf(MetricRow row, bool several)
    {
        var name = several ? $"{row.Metric} ({row.Treatment.Variant})" : row.Metric;
        yield return [
            name, row.Role, Show(row.Control.Value), Show(row.Treatment.Value), Difference(row.Difference),
            row.Interval is { } i ? $"{Signed(i.Low)} to {Signed(i.High)}" : "–",
            row.IntervalLevel is { } level ? Numbers.Value(Math.Round(level * 100, 4)) + " %" : "–",
            row.RelativeDifference is { } lift ? Numbers.Lift(lift) : "–",
            Probability(row.PValue) + (row.PermutationPValue is { } permuted ? $" (permuted {Probability(permuted)})" : ""), Probability(row.AdjustedPValue),
            row.Status == RowStatus.NotEstimable ? $"not estimable: {row.Reason}" : Reads(row), row.Estimand ?? ""];
        foreach (var part in row.Components)
            yield return [
                "  " + part.Name, "", Plain(part.Control), Plain(part.Treatment), Plain(part.Difference),
                part.Interval is { } ci ? $"{Plain(ci.Low)} to {Plain(ci.High)}" : "–", "", "", "", "", "", ""];

        if (row.Clustered is { } clustered)
            yield return [
                $"  gathered by {clustered.By}", "sensitivity", $"{Numbers.Count(clustered.ControlClusters)} {Words.Plural(clustered.By)}", $"{Numbers.Count(clustered.TreatmentClusters)} {Words.Plural(clustered.By)}",
                Difference(clustered.Difference), clustered.Interval is { } range ? $"{Signed(range.Low)} to {Signed(range.High)}" : "–",
                row.IntervalLevel is { } same && clustered.Interval is not null ? Numbers.Value(Math.Round(same * 100, 4)) + " %" : "–", "–", Probability(clustered.PValue), "–", Reads(clustered), row.Estimand ?? ""];

        string Show(double? value) => value is { } v ? Numbers.WithUnit(v, row.Type, row.Unit) : "–";
        string Difference(double? value) => value is not { } v ? "–"
            : (v < 0 ? "−" : "+") + (row.Type == "proportion" ? Numbers.Points(Math.Abs(v)) : Numbers.WithUnit(Math.Abs(v), row.Type, row.Unit));
        string Signed(double? value) => value is not { } v ? "–"
            : (v < 0 ? "−" : "+") + Numbers.Value(Math.Abs(row.Type == "proportion" ? Math.Round(v * 100, 2) : v));
        static string Plain(double? value) => value is { } v ? Numbers.Value(v) : "–";
    }

    private static string Reads(ClusteredRow row) => row.Status == RowStatus.NotEstimable ? $"not estimable: {row.Reason}"
        : (row.Agrees switch { true => "agrees", false => "DISAGREES", null => "not compared" })
            + (row.DesignEffect is { } effect ? $", design effect {Numbers.Value(effect)}" : "")
            + (row.IntraclassCorrelation is { } likeness ? $", likeness {Numbers.Value(likeness)}" : "")
            + (row.UnitsWithId is { } share and < 1 ? $", {Numbers.Percent(share, 1)} of the units have the id" : "");

    internal static string Probability(double? p) => p switch
    {
        null => "–",
        < 1e-300 => "< 1e-300",
        < 0.0001 => p.Value.ToString("0.0e-0", CultureInfo.InvariantCulture),
        _ => p.Value.ToString("0.0000", CultureInfo.InvariantCulture),
    };

    /// <summary>Which way the plausible range lies; against the minimum effect only where it lies neither way.</summary>
    private static string Reads(MetricRow row)
    {
        if (row.Interval is { } i && (i.Low > 0 || i.High < 0)) return (i.Low > 0) == (row.Better == "higher") ? "better" : "worse";
        return row.Practical == Practical.Equivalent ? "no difference worth having" : "undecided";
    }
}
