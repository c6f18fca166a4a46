using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>The answers between the decision and the next step.</summary>
internal static class SummaryText
{
    public static string HowSure(Report report)
    {
        if (report.Verdict.Decision == Decision.Invalid) return "not at all: the data do not allow a comparison";
        var row = PrimaryOf(report);
        if (row is not { Interval: { } interval, IntervalLevel: { } level }) return $"not estimable; {VerdictWriter.Progress(report)}";
        var share = (1 - level) * 100;
        var misses = Numbers.Value(Math.Round(share, share >= 1 ? 1 : 3));
        var holds = interval.Low > 0 || interval.High < 0 ? "does not hold" : "holds";
        var split = report.Srm.PValue >= TrafficChecks.SuspiciousBelow ? "; the traffic is split as planned" : "";
        return $"a range made like this misses the truth {misses} times in 100{Promise(row, report)}{Adjusted(row)}, and it {holds} \"no difference\"; {VerdictWriter.Progress(report)}{split}";
    }

    private static string Adjusted(MetricRow row) => row is { VarianceReduction: { } reduction, UnadjustedDifference: { } plain }
        ? $", what was known before took {Numbers.Value(Math.Round(reduction * 100))} % off its variance (difference without it: {(plain < 0 ? "−" : "+")}{(row.Type == "proportion" ? Numbers.Points(Math.Abs(plain)) : Numbers.WithUnit(Math.Abs(plain), row.Type, row.Unit))})"
        : row.NotAdjusted is { } why ? $", nothing that was known before was taken into account ({why})" : "";

    private static string Promise(MetricRow row, Report report) => row.IntervalKind switch
    {
        IntervalKind.Fixed when report.PlanMethod == PlanMethod.Hybrid => " (its end on the side of harm however often one looks, the other for the one look at the planned end)",
        IntervalKind.AlwaysValid => ", however often one looks",
        IntervalKind.Repeated => ", over all registered looks",
        IntervalKind.StageWise when row.ObservedDifference is { } observed =>
            $", and the effect is corrected for when the experiment was stopped (seen: {(row.Type == "proportion" ? Numbers.Points(Math.Abs(observed)) : Numbers.WithUnit(Math.Abs(observed), row.Type, row.Unit))})",
        _ => "",
    };

    public static string Cost(Report report) =>
        Join(report.Metrics.Where(IsCost).Select(Change), "not measured");

    public static string SpeedAndSafety(Report report)
    {
        var limits = report.Guardrails.Select(g => g.Text);
        var others = report.Metrics.Where(m => m.Role == "guardrail" && !IsCost(m) && report.Guardrails.All(g => g.Metric != m.Metric)).Select(m => Change(m) + ", no limit declared");
        return Join(limits.Concat(others), "no guardrails declared");
    }

    public static string WhoLoses(Report report)
    {
        var losers = report.Segments.SelectMany(s => s.Metrics.Where(m => (Loses(m) && (m.AdjustedPValue is not { } p || p < report.Alpha)) || s.State is LimitState.Broken or LimitState.Undecided or LimitState.NotEstimable)
            .Select(m => $"{s.Attribute} = {s.Value ?? "(none)"}{(s.MaxLoss is null ? "" : " (critical)")}: {EffectText.Of(m, report.UnitKind)}"));
        if (report.Segments.Length == 0) return "not looked at: no segments declared";
        var rows = report.Segments.SelectMany(s => s.Metrics).ToArray();
        var open = rows.Count(m => m.Interval is not { } i || (i.Low <= 0 && i.High >= 0));
        return Join(losers, open == 0 ? "no segment shows a loss" : $"no segment shows a loss for sure; {open} of {rows.Length} comparisons within segments are undecided");
    }

    public static string NotKnown(Report report)
    {
        var unknown = new List<string>();
        foreach (var row in report.Metrics)
            if (row.Status == RowStatus.NotEstimable) unknown.Add($"{row.Metric} of '{row.Treatment.Variant}' ({row.Reason})");
        var open = report.Metrics.Where(m => m is { Status: RowStatus.Estimated, Interval: { } i } && !(i.Low > 0 || i.High < 0) && m.Practical == Practical.Undecided)
            .Select(m => m.Metric).Distinct().ToArray();
        if (open.Length > 0) unknown.Add($"whether {string.Join(", ", open)} {(open.Length == 1 ? "differs" : "differ")}");
        var immature = report.Metrics.Select(m => m.Immature).DefaultIfEmpty(0).Max();
        if (immature > 0) unknown.Add($"{Numbers.Count(immature)} {Words.Plural(report.UnitKind)} are still open");
        return Join(unknown, "nothing that was asked for");
    }

    /// <summary>The primary row that the verdict is about.</summary>
    private static MetricRow PrimaryOf(Report report) =>
        VerdictWriter.RowOf(new VerdictOutcome(report.Verdict.Decision, report.Verdict.Variant, report.Verdict.Reasons), report);

    private static bool IsCost(MetricRow row) =>
        row.Role != "primary" && (row.Unit == "USD" || row.Metric.Contains("cost", StringComparison.Ordinal) || row.Metric.EndsWith("_tokens", StringComparison.Ordinal));

    private static string Change(MetricRow row)
    {
        if (row.Treatment.Value is not { } treatment || row.Control.Value is not { } control) return $"{row.Metric} not estimable: {row.Reason}";
        var lift = row.RelativeDifference is { } relative ? $" ({Numbers.Lift(relative)})" : "";
        return $"{row.Metric} {Numbers.WithUnit(treatment, row.Type, row.Unit)} vs {Numbers.WithUnit(control, row.Type, row.Unit)}{lift}";
    }

    private static bool Loses(MetricRow row) => row.Interval is { } interval && interval.Turned(row.HigherIsBetter).High < 0;

    private static string Join(IEnumerable<string> parts, string none) => string.Join("; ", parts) is { Length: > 0 } text ? text : none;
}
