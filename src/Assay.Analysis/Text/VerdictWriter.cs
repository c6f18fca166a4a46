using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>Puts a decision into a headline and a next step.</summary>
internal static class VerdictWriter
{
    public static Verdict Write(VerdictOutcome outcome, Report report) =>
        new(outcome.Decision, outcome.Variant, Headline(outcome, report), outcome.Reasons, NextSteps.Of(outcome, report));

    private static string Headline(VerdictOutcome outcome, Report report)
    {
        var row = RowOf(outcome, report);
        var effect = EffectText.Of(row, report.UnitKind);
        var variant = outcome.Variant ?? row.Treatment.Variant;
        return outcome.Decision switch
        {
            Decision.Invalid => $"Invalid: {outcome.Reasons[0].Text}",
            Decision.RolledBack => $"Rolled back: {outcome.Reasons[0].Text}",
            Decision.DoNotShip when outcome.Variant is null => $"Do not ship any variant: {effect}",
            Decision.DoNotShip when outcome.Reasons[0].Code == "primary-worse" => $"Do not ship '{variant}': {effect}",
            Decision.DoNotShip => $"Do not ship '{variant}': {outcome.Reasons[0].Text}",
            Decision.Ship => $"Ship '{variant}': {effect}{Smaller(outcome)}",
            Decision.Hold => $"Hold '{variant}': {effect}; but {outcome.Reasons[0].Text}",
            Decision.NoDifference => $"No difference that matters: {effect}; smaller than the minimum effect{Minimum(row)}",
            Decision.Inconclusive when row.Status == RowStatus.NotEstimable => $"Inconclusive: {effect}",
            Decision.Inconclusive => $"Inconclusive: {effect}; {Open(outcome)}",
            _ when report.PlannedUnits is { } planned && report.MaturedUnits >= planned => $"Keep running: {Progress(report)}; the minimum days are not over, or outcomes have no window to be complete in",
            _ when report.PlanMethod == PlanMethod.Hybrid => $"Keep running: {Progress(report)}; no harm is shown, and benefit is judged at the planned end",
            _ when report.Look is { } look => $"Keep running: look {look} of {report.PlannedLooks} found no reason to stop; {Progress(report)}{NextLook(report)}",
            _ when report.PlannedLooks is not null && report.NextLookUnits is not null => $"Keep running: {Progress(report)}; nothing is decided between looks{NextLook(report)}",
            _ => $"Keep running: {Progress(report)}; nothing is decided before the planned end",
        };
    }

    /// <summary>The primary that the decision turns on.</summary>
    internal static MetricRow RowOf(VerdictOutcome outcome, Report report)
    {
        var rows = report.Metrics.Where(m => m.Role == "primary" && (outcome.Variant is null || m.Treatment.Variant == outcome.Variant)).ToArray();
        return rows.FirstOrDefault(m => outcome.Reasons.Length > 0 && m.Metric == outcome.Reasons[0].Metric) ?? rows[0];
    }

    internal static string Progress(Report report)
    {
        var units = Words.Plural(report.UnitKind);
        return report.PlannedUnits is { } planned
            ? $"{Numbers.Count(report.MaturedUnits)} of {Numbers.Count(planned)} planned {units}" : $"{Numbers.Count(report.MaturedUnits)} {units}";
    }

    private static string NextLook(Report report) => report.NextLookUnits is { } next ? $", the next is at {Numbers.Count(next)}" : "";

    private static string Smaller(VerdictOutcome outcome) =>
        outcome.Reasons.Any(r => r.Code == "smaller-than-minimum") ? "; real, but smaller than what was called worthwhile"
        : outcome.Reasons.Any(r => r.Code == "below-minimum") ? "; real, though the estimate is below what was called worthwhile" : "";

    private static string Minimum(MetricRow row) => row.MinimumEffect is { } delta ? $" of {MinimumOf(row, delta)}" : "";

    internal static string MinimumOf(MetricRow row, double delta) =>
        row.Type == "proportion" ? $"{Numbers.Value(delta * 100)} points" : Numbers.WithUnit(delta, row.Type, row.Unit);

    private static string Open(VerdictOutcome outcome) => outcome.Reasons.FirstOrDefault(r => r.Code is "undecided" or "primary-not-estimable" or "ended-early")?.Text ?? "nothing is settled";
}
