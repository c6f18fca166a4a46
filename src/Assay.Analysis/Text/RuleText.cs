using System.Globalization;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>Names the rule that decides about a comparison: the boundary or the interval, the look, the alpha.</summary>
internal static class RuleText
{
    public static string? Of(Comparison comparison, Experiment experiment, Stage stage)
    {
        if (!comparison.Effect.IsEstimated) return null;
        if (comparison.Hybrid is { } hybrid) return OfHybrid(comparison, hybrid, stage, Words.Plural(Words.UnitOf(experiment.Unit)));
        if (comparison.Look is not { } found) return $"{Percent(1 - comparison.Alpha)} % interval, one look at the planned end, alpha {Numbers.Value(comparison.Alpha)}{(comparison.Adjustment?.Method == FamilyAdjustment.Dunnett ? " by step-down Dunnett" : "")}";
        var look = comparison.Looks[^1];
        var where = $"look {look.Look} of {stage.Plan.Fractions.Length} at {Percent(look.Fraction)} % of the planned {Words.Plural(Words.UnitOf(experiment.Unit))}";
        var rule = experiment.Plan.Boundaries.IsEmpty ? $"{experiment.Plan.Spending ?? "obrien-fleming"} spending, alpha {Numbers.Value(found.Alpha)}" : "declared boundaries";
        if (found.Z is not { } z) return $"{where}, no test statistic, {rule}";
        var reached = found.IsCrossed ? "reached" : "did not reach";
        var boundary = found.Critical is { } critical ? $"the boundary {Rounded(critical)}" : "a boundary, since nothing may be spent yet";
        var futility = found is { Result: LookResult.Futility, FutilityBound: { } bound } ? $" and lies on the wrong side of the futility bound {Rounded(comparison.Metric.Better == Direction.Higher ? bound : -bound)}" : "";
        return $"z = {Rounded(z)} {reached} {boundary}{futility}, {where}, {rule}";
    }

    private static string OfHybrid(Comparison c, HybridFinding hybrid, Stage stage, string units)
    {
        var sequence = $"{(hybrid.Method == HybridBounds.Exact ? "exact" : "asymptotic")} confidence sequence on the side of harm at alpha {Numbers.Value(hybrid.HarmAlpha)}, tuned for {Numbers.Count((long)Math.Round(hybrid.TunedFor))} {units}";
        var isHarm = RowBuilder.Turned(c.Metric, c.Effect.Interval) is { High: < 0 };
        var rule = isHarm || !hybrid.IsFinal ? sequence : $"fixed test of benefit at alpha {Numbers.Value(hybrid.BenefitAlpha!.Value)}, one look at the planned end";
        return $"hybrid plan: {rule}{(stage.IsLast ? "" : $", at {Numbers.Count(hybrid.Units)} {units}")}";
    }

    private static string Rounded(double z) => z.ToString("0.00", CultureInfo.InvariantCulture).Replace('-', '−');

    private static string Percent(double share) => Numbers.Value(Math.Round(share * 100, 3));
}
