using System.Globalization;

namespace Assay.Evaluation;

/// <summary>Holds a run to its policy. What is not known never passes.</summary>
public static class ArenaGate
{
    public static GateResult Decide(ArenaRun run, ComparisonResult compared)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(compared);
        var reasons = new List<GateReason>();
        reasons.AddRange(GateValidity.Of(run));
        if (run.Suite.Gate is not { } policy)
            return new GateResult(reasons.Exists(r => r.Outcome == GateOutcome.Invalid) ? GateOutcome.Invalid : null, [.. reasons]);
        if (!policy.AsksForSomething) reasons.Add(new GateReason("policy", GateOutcome.Invalid, null, null, "the policy asks for nothing that a treatment could fail"));
        var treatments = run.Suite.Variants.Skip(1).Select(v => v.Key).ToList();
        if (treatments.Count == 0) reasons.Add(new GateReason("data", GateOutcome.Invalid, null, null, "there is no treatment to hold to the policy: the suite has one variant"));
        foreach (var treatment in treatments)
        {
            if (policy.Primary is { } primary) reasons.AddRange(Primary(policy, primary, treatment, compared));
            foreach (var entry in policy.MustPass) reasons.Add(MustPass(entry, treatment, run));
            reasons.AddRange(GateLimits.Of(policy, treatment, run));
        }
        if (policy.MaxCostUsd is { } limit)
            reasons.Add(run.CostUsd is not { } cost ? new GateReason("cost", GateOutcome.Invalid, null, SuiteMetrics.CostUsd, "the cost of the run is unknown (a price or a token count is missing), and the policy limits it")
                : new GateReason("cost", cost <= limit ? GateOutcome.Pass : GateOutcome.Fail, null, SuiteMetrics.CostUsd, Text($"the run cost {cost:0.####} USD, at most {limit:0.####} are allowed")));
        return new GateResult(reasons.Max(r => r.Outcome), [.. reasons]);
    }

    private static IEnumerable<GateReason> Primary(GatePolicy policy, string primary, string treatment, ComparisonResult compared)
    {
        var row = compared.Comparisons.FirstOrDefault(c => c.Metric == primary && c.Treatment == treatment);
        if (row is null || row.Units == 0)
        {
            yield return new GateReason("data", GateOutcome.Invalid, treatment, primary, $"no case has a value of {primary} under both {treatment} and the control");
            yield break;
        }
        if (policy.AsksForMargin) yield return Margin(policy, row);
        if (policy.MinimumWinRateLower is { } least)
        {
            yield return row.WinRateInterval is not { } rate
                ? new GateReason("win-rate", GateOutcome.Inconclusive, treatment, primary, $"the win rate of {treatment} is not estimable: {row.Reason}")
                : new GateReason("win-rate", rate.Low >= least ? GateOutcome.Pass : rate.High < least ? GateOutcome.Fail : GateOutcome.Inconclusive, treatment, primary,
                    Text($"win rate of {treatment} on {primary}: {row.WinRate:P1}, plausible {rate.Low:P1} to {rate.High:P1}; the lower end must reach {least:P1}"));
        }
    }

    private static GateReason Margin(GatePolicy policy, ComparisonRow row)
    {
        var margin = policy.EffectiveMargin;
        if (row.Interval is not { } interval || !double.IsFinite(interval.Low) || !double.IsFinite(interval.High))
            return new GateReason("non-inferiority", GateOutcome.Inconclusive, row.Treatment, row.Metric, $"{row.Metric} of {row.Treatment}: the difference is not estimable: {row.Reason}");
        // Turned so that more is better.
        var (low, high) = row.HigherIsBetter ? (interval.Low, interval.High) : (-interval.High, -interval.Low);
        var outcome = low >= -margin ? GateOutcome.Pass : high < -margin ? GateOutcome.Fail : GateOutcome.Inconclusive;
        var says = outcome switch { GateOutcome.Pass => "not worse than allowed", GateOutcome.Fail => "worse than allowed", _ => "the cases do not decide" };
        var more = outcome == GateOutcome.Inconclusive && row.MoreUnits is > 0 ? Text($"; about {row.MoreUnits:N0} more cases would be needed to see a difference of {row.MinimumEffect:0.####}") : "";
        return new GateReason("non-inferiority", outcome, row.Treatment, row.Metric,
            Text($"{row.Metric} of {row.Treatment} minus {row.Control}: {row.Difference:+0.####;-0.####;0}, plausible {interval.Low:+0.####;-0.####;0} to {interval.High:+0.####;-0.####;0}; {(row.HigherIsBetter ? "at worst" : "at most")} {(row.HigherIsBetter ? -margin : margin):0.####} is allowed: {says}{more}"));
    }

    private static GateReason MustPass(string entry, string treatment, ArenaRun run)
    {
        var own = run.Scores.Where(s => s.Variant == treatment).ToList();
        var named = own.FindAll(s => s.Metric == entry);
        // A judge's own verdict on a threshold counts where it has one.
        if (named.Count > 0 && !named.TrueForAll(s => s.IsBinary) && own.FindAll(s => s.Metric == entry + ".pass") is { Count: > 0 } thresholds) named = thresholds;
        if (named.Count == 0) named = own.FindAll(s => s.Metric == SuiteMetrics.Accuracy && (s.Tags.Contains(entry) || s.Case == entry));
        if (named.Count == 0) return new GateReason("must-pass", GateOutcome.Invalid, treatment, entry, $"'{entry}' must pass, and {treatment} has no score for it");
        if (named.Exists(s => s.Value is null)) return new GateReason("must-pass", GateOutcome.Invalid, treatment, entry, $"'{entry}' must pass, and {named.Count(s => s.Value is null)} scores of {treatment} are missing or failed");
        if (!named.TrueForAll(s => s.IsBinary)) return new GateReason("must-pass", GateOutcome.Invalid, treatment, entry, $"'{entry}' must pass, but has no threshold that says when it does: give the check a threshold, or the rubric's axis 'pass'");
        var failed = named.FindAll(s => s.Value != 1);
        return failed.Count == 0
            ? new GateReason("must-pass", GateOutcome.Pass, treatment, entry, $"'{entry}': all {named.Count} answers of {treatment} pass")
            : new GateReason("must-pass", GateOutcome.Fail, treatment, entry, $"'{entry}' must pass: {failed.Count} of {named.Count} answers of {treatment} fail, such as case {failed[0].Case} ({failed[0].Reason ?? "no reason given"})");
    }

    internal static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture).Replace("%", " %", StringComparison.Ordinal).Replace("  %", " %", StringComparison.Ordinal);
}
