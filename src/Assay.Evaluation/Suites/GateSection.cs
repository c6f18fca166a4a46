using System.Collections.Immutable;
using Assay.Experiments.Reading;

namespace Assay.Evaluation.Suites;

/// <summary>A suite's <c>gate</c>.</summary>
internal static class GateSection
{
    public static GatePolicy? Read(Section suite)
    {
        if (suite.Map("gate") is not { } gate) return null;
        var mustPass = ImmutableArray.CreateBuilder<string>();
        foreach (var (node, path) in gate.List("mustPass", orOne: true))
            if (Section.Text(node, path, gate.Source) is { } text) mustPass.Add(text);
        double? Limit(string key) => gate.Number(key, n => n >= 0, "a number, not negative");
        var policy = new GatePolicy
        {
            Primary = gate.Text("primary"),
            Margin = Limit("margin"),
            MinimumWinRateLower = gate.Number("minimumWinRateLower", n => n is >= 0 and <= 1, "a share in [0, 1]"),
            MustPass = mustPass.ToImmutable(),
            MaxCostUsd = Limit("maxCostUsd"),
            MaxCostPerAnswerUsd = Limit("maxCostPerAnswerUsd"),
            MaxLatencyP95Ms = Limit("maxLatencyP95Ms"),
            RequireCalibratedJudge = Flags.Read(gate, "requireCalibratedJudge"),
            Alpha = gate.Number("alpha", n => n is > 0 and < 1, "a probability between 0 and 1") ?? 0.05,
        };
        if (policy.Primary is null && (policy.Margin is not null || policy.MinimumWinRateLower is not null))
            gate.Missing("primary", "margin and minimumWinRateLower are about the primary metric");
        else if (!policy.AsksForSomething) suite.Error("gate-empty", "gate", "the gate asks for nothing that a treatment could fail, so it would always be green", "name a primary metric, mustPass, or a limit; without gate the run only reports");
        gate.Finish();
        return policy;
    }

    /// <summary>Names that the policy uses must exist: a gate on a misspelt metric would never see a value.</summary>
    public static void CheckNames(Section suite, GatePolicy policy, IReadOnlyCollection<string> metrics, IReadOnlyCollection<string> tags, IReadOnlyCollection<string> ids, bool hasJudge)
    {
        if (suite.Map("gate") is not { } gate) return;
        if (policy.RequireCalibratedJudge && !hasJudge) gate.Error("no-judge", "requireCalibratedJudge", "a calibrated judge is asked for, and the suite has no judge", "declare one under judges, or leave this out");
        if (policy.Primary is { } primary && !metrics.Contains(primary))
            gate.Error("unknown-metric", "primary", $"there is no metric '{primary}' in this suite; there are {string.Join(", ", metrics)}", Suggestions.Hint(primary, metrics));
        foreach (var entry in policy.MustPass)
            if (!metrics.Contains(entry) && !tags.Contains(entry) && !ids.Contains(entry))
                gate.Error("unknown-must-pass", "mustPass", $"'{entry}' is neither a metric, nor a tag, nor the id of a case", Suggestions.Hint(entry, [.. metrics, .. tags, .. ids]));
    }
}
