using System.Globalization;

namespace Assay.Analysis;

/// <summary>The diagnostics below the details table: the segments' mix per arm, and the numbers behind every check, p-values included.</summary>
public static class DiagnosticsText
{
    /// <summary>Lines of a report without diagnostics: none.</summary>
    public static IEnumerable<string> Lines(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Diagnostics is not { } d) return [];
        string[] lines = [.. Mixes(d), .. Effects(d), .. Rest(d)];
        return lines.Length == 0 ? [] : ["", "diagnostics", .. lines.Select(l => "  " + l)];
    }

    private static IEnumerable<string> Mixes(DiagnosticsReport d)
    {
        if (d.Srm.RunningPValue is { } running && d.Srm.Checks > 1)
            yield return $"sample ratio while running: p {P(running)} over {Numbers.Count(d.Srm.Checks)} checks, chi-square p {P(d.Srm.ChiSquarePValue)}";
        foreach (var mix in d.Mixes.Where(m => m.Kind != "entry-day"))
            yield return $"mix of {mix.Attribute}: {string.Join("; ", mix.Groups.Take(12).Select(g => $"{g.Value ?? "(none)"} {string.Join(", ", g.Shares.Select(s => $"{s.Key} {(s.Value is { } share ? Numbers.Percent(share, 1) : "–")}"))}"))}; same mix: p {P(mix.MixPValue)}";
    }

    private static IEnumerable<string> Effects(DiagnosticsReport d)
    {
        foreach (var row in d.Heterogeneity)
            yield return $"{row.Metric} of '{row.Variant}' by {row.Attribute}: " + (row.Status == RowStatus.Estimated
                ? string.Create(CultureInfo.InvariantCulture, $"Q {Numbers.Value(row.Q!.Value)} on {row.DegreesOfFreedom}, p {P(row.PValue)}, adjusted {P(row.AdjustedPValue)}") : $"not estimable: {row.Reason}");
        foreach (var row in d.DaysSinceExposure) yield return $"{row.Metric} of '{row.Variant}' by day since exposure: {Trend(row)}";
        foreach (var row in d.CalendarDays) yield return $"{row.Metric} of '{row.Variant}' by day of entry: {Trend(row)}";
    }

    private static IEnumerable<string> Rest(DiagnosticsReport d)
    {
        foreach (var row in d.Outliers.Where(o => o.Difference is not null))
            yield return $"{row.Metric} of '{row.Variant}': {Numbers.Value(row.Difference!.Value)}; {string.Join("; ", row.Without.Select(w => $"{w.Change} {(w.Difference is { } rest ? Numbers.Value(rest) : "not estimable")}"))}";
        foreach (var row in d.Filters)
            yield return $"{row.Metric}, rows with {row.Filter}: control {Rate(row.ControlRate)}, {row.Variant} {Rate(row.TreatmentRate)}, p {P(row.PValue)}, adjusted {P(row.AdjustedPValue)}";
        foreach (var row in d.Overlaps)
            yield return $"also in {row.Experiment}: {Numbers.Count(row.Units)} units, independent: p {P(row.PValue)}";
        foreach (var row in d.MultipleExposures)
            yield return $"first {row.Variant}, then another variant: {Numbers.Count(row.Crossed)} of {Numbers.Count(row.Exposed)}{(row.PValue is { } p ? $", same rate as the control: p {P(p)}" : "")}";

        static string Rate(double? rate) => rate is { } share ? Numbers.Percent(share, 1) : "–";
    }

    private static string Trend(DayTrendRow row) => row.Status != RowStatus.Estimated ? $"not estimable: {row.Reason}"
        : $"{string.Join(", ", Shown(row).Select(day => Numbers.Value(day.Difference)))}; {Numbers.Value(row.Slope!.Value)} a day, p {P(row.PValue)}, adjusted {P(row.AdjustedPValue)}";

    private static IEnumerable<GroupEffect> Shown(DayTrendRow row) => row.Days.Length <= 14 ? row.Days : row.Days.Take(14);

    private static string P(double? p) => DetailsTable.Probability(p);
}
