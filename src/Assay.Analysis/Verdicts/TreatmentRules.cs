using System.Collections.Immutable;
using System.Globalization;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>The rules for one treatment.</summary>
internal static class TreatmentRules
{
    public static VerdictOutcome Decide(TreatmentFacts treatment, VerdictFacts facts)
    {
        var variant = treatment.Variant;
        var broken = treatment.Limits.Where(l => l.State == LimitState.Broken && (facts.IsDecisionPoint || l.IsAlwaysValid)).ToArray();
        var harmed = treatment.Primaries.Where(p => p.IsWorse && (facts.IsDecisionPoint || p.IsHarmAlwaysValid)).ToArray();
        if (broken.Length + harmed.Length > 0)
            return Outcome(Decision.DoNotShip, [
                .. harmed.Select(p => Reason("primary-worse", p.Metric, $"'{variant}' is worse than the control on {p.Metric}{By(p)}")),
                .. broken.Select(l => LimitReason(l, "broken"))]);
        if (!facts.IsDecisionPoint && facts.EndedEarly is { } early)
            return Outcome(Decision.Inconclusive, [Reason("ended-early", treatment.Primaries[0].Metric, early)]);
        if (!facts.IsDecisionPoint) return Outcome(Decision.KeepRunning, [NotYet(treatment, facts)]);

        if (Wins(treatment, facts.Rule) is { Length: > 0 } wins)
        {
            var open = treatment.Limits.Where(l => l.State != LimitState.Kept).ToArray();
            return Outcome(open.Length == 0 ? Decision.Ship : Decision.Hold, [
                .. open.Select(l => LimitReason(l, l.State == LimitState.NotEstimable ? "not-estimable" : "undecided")), .. wins.SelectMany(p => WinReasons(p, variant))]);
        }
        if (!facts.IsFinal && IsFutile(treatment, facts.Rule))
            return Outcome(Decision.DoNotShip, [.. treatment.Primaries.Where(p => p.Look == LookResult.Futility).Select(p => Reason("futility", p.Metric,
                $"'{variant}' is not expected to reach its planned effect on {p.Metric}{By(p)}; giving up is advice, the error rate holds without it"))]);
        if (!facts.IsFinal && facts.EndedEarly is { } ended) return Outcome(Decision.Inconclusive, [Reason("ended-early", treatment.Primaries[0].Metric, ended)]);
        if (!facts.IsFinal) return Outcome(Decision.KeepRunning, [NotYet(treatment, facts)]);
        if (treatment.Primaries.All(IsEquivalent))
            return Outcome(Decision.NoDifference, [.. treatment.Primaries.Select(p => Reason("equivalent", p.Metric,
                $"any difference between '{variant}' and the control on {p.Metric} is smaller than the minimum effect"))]);
        return Outcome(Decision.Inconclusive, [.. treatment.Primaries.Where(p => !p.IsBetter).Select(p => Open(p, variant))]);

        VerdictOutcome Outcome(Decision decision, ImmutableArray<VerdictReason> reasons) => new(decision, variant, reasons);
    }

    /// <summary>The primaries that carry the win; empty when the treatment does not win.</summary>
    private static ImmutableArray<PrimaryFacts> Wins(TreatmentFacts treatment, PrimaryRule rule)
    {
        var wins = treatment.Primaries.Where(p => p.IsBetter).ToImmutableArray();
        return rule == PrimaryRule.Any || wins.Length == treatment.Primaries.Length ? wins : [];
    }

    /// <summary>Without a minimum effect nothing is ever equivalent: a p-value above alpha is not evidence of sameness.</summary>
    private static bool IsEquivalent(PrimaryFacts p) =>
        p is { MinimumEffect: { } delta, EquivalenceInterval: { } interval } && interval.Low > -delta && interval.High < delta;

    private static IEnumerable<VerdictReason> WinReasons(PrimaryFacts p, string variant)
    {
        yield return Reason("primary-better", p.Metric, $"'{variant}' is better than the control on {p.Metric}{By(p)}");
        if (p.MinimumEffect is { } delta && p.Interval is { } interval && interval.High < delta)
            yield return Reason("smaller-than-minimum", p.Metric, "the effect is real but smaller than what was called worthwhile");
        else if (p.MinimumEffect is { } effect && p.Estimate < effect)
            yield return Reason("below-minimum", p.Metric, "the effect is real; its estimate is below the minimum effect, which it may still reach");
    }

    private static VerdictReason Open(PrimaryFacts p, string variant) => p.Interval is null
        ? Reason("primary-not-estimable", p.Metric, $"{p.Metric} of '{variant}' could not be estimated: {p.Reason}")
        : Reason("undecided", p.Metric, $"the data allow both a gain and a loss of '{variant}' on {p.Metric}" + (p.MoreUnits is { } more and > 0
            ? string.Create(CultureInfo.InvariantCulture, $"; about {more:N0} more units would settle it")
            : p.MinimumEffect is null ? "; declare a minimumEffect to know how many more units would settle it" : "; more units are not expected to settle it"));

    /// <summary>With several primaries that must all win, one hopeless one is enough.</summary>
    private static bool IsFutile(TreatmentFacts treatment, PrimaryRule rule)
    {
        var futile = treatment.Primaries.Count(p => p.Look == LookResult.Futility);
        return rule == PrimaryRule.Any ? futile == treatment.Primaries.Length : futile > 0;
    }

    private static VerdictReason NotYet(TreatmentFacts treatment, VerdictFacts facts) => facts is { IsDecisionPoint: true, LookName: { } look }
        ? Reason("not-yet", treatment.Primaries[0].Metric, $"{look} found no reason to stop '{treatment.Variant}'{By(treatment.Primaries[0])}")
        : Reason("not-yet", treatment.Primaries[0].Metric, facts.WatchesHarm
            ? $"no harm of '{treatment.Variant}' is shown, which alone could end the experiment now; benefit is judged once, at the planned end"
            : "the planned end is not reached; nothing is decided between looks");

    private static string By(PrimaryFacts p) => p.Rule is { } rule ? $" ({rule})" : "";

    private static VerdictReason LimitReason(LimitFacts limit, string state) =>
        Reason((limit.IsSegment ? "segment-" : "guardrail-") + state, limit.Metric, limit.Text);

    private static VerdictReason Reason(string code, string? metric, string text) => new(code, metric, text);
}
