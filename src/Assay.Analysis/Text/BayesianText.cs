namespace Assay.Analysis;

/// <summary>The Bayesian view below the details table.</summary>
public static class BayesianText
{
    /// <summary>Lines of a report whose plan asks for none: none.</summary>
    public static IEnumerable<string> Lines(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        string[] lines = [.. report.Metrics.Where(m => m.Bayesian is not null).GroupBy(m => m.Metric).SelectMany(Metric)];
        return lines.Length == 0 ? [] : ["", "bayesian (no ground of the verdict; stopping on it has no error guarantee)", .. lines.Select(l => "  " + l)];
    }

    private static IEnumerable<string> Metric(IGrouping<string, MetricRow> rows)
    {
        var first = rows.First();
        if (first.Bayesian!.Prior is { } prior) yield return $"{rows.Key}: prior {prior.Text}";
        foreach (var row in rows)
            yield return row.Bayesian is { ProbabilityBetter: { } better, Difference: { } difference, Interval: { } interval, IntervalLevel: { } level }
                ? $"{rows.Key} of '{row.Treatment.Variant}': better with probability {Probability(better)}; difference {Signed(row, difference)}, {Signed(row, interval.Low)} to {Signed(row, interval.High)} with probability {Numbers.Value(Math.Round(level * 100, 4))} %"
                : $"{rows.Key} of '{row.Treatment.Variant}': not estimable: {row.Bayesian!.Reason}";
        if (first.Bayesian.Variants.Length > 0)
            yield return $"{rows.Key}, best of all: {string.Join(", ", first.Bayesian.Variants.Select(v => $"{v.Variant} {Probability(v.ProbabilityBest)} (expected loss {Size(first, v.ExpectedLoss)})"))}";
    }

    private static string Probability(double p) => Numbers.Value(Math.Round(p, 4));

    private static string Signed(MetricRow row, double? value) => value is not { } v ? "unbounded" : (v < 0 ? "−" : "+") + Size(row, Math.Abs(v));

    private static string Size(MetricRow row, double value) => row.Type == "proportion" ? Numbers.Points(value) : Numbers.WithUnit(value, row.Type, row.Unit);
}
