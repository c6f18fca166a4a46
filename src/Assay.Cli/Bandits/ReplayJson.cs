using System.Text.Json.Nodes;
using Assay.Cli.Stats;

namespace Assay.Cli.Bandits;

/// <summary>The answer of <c>bandit replay</c> as one JSON document.</summary>
internal static class ReplayJson
{
    private static readonly string[] CheckKeys = ["chiSquare", "df", "pValue", "z"], EstimateKeys = ["estimate", "standardError", "low", "high", "events"];

    public static JsonObject Of(string path, BanditLog log, LogSummary summary, List<ReplayedAlgorithm> rows, List<(string Name, string Why)> skipped) => new()
    {
        ["log"] = path,
        ["events"] = log.Events.Length,
        ["observed"] = new JsonObject { ["value"] = summary.Observed.Mean, ["standardError"] = summary.Observed.N < 2 ? null : Math.Sqrt(summary.Observed.Variance / summary.Observed.N) },
        ["meanWeight"] = summary.MeanWeight,
        ["allocationCheck"] = StatsOutput.Of(summary.Check, CheckKeys, (output, c) => output
            .Add("chiSquare", c.ChiSquare).Add("df", c.DegreesOfFreedom).Add("pValue", c.PValue).Add("z", [.. c.ZScores.Select(z => z.IsEstimable ? z.Value : 0)])),
        ["winner"] = summary.Decision.Winner is { } winner ? log.Arms[winner] : null,
        ["arms"] = new JsonArray([.. log.Arms.Select((arm, k) => Arm(arm, summary, k))]),
        ["algorithms"] = new JsonArray([.. rows.Select(r => r.ToJson(log.Arms))]),
        ["skipped"] = new JsonArray([.. skipped.Select(s => new JsonObject { ["algorithm"] = s.Name, ["reason"] = s.Why })]),
        ["warnings"] = new JsonArray([.. summary.Warnings().Select(w => JsonValue.Create(w))]),
    };

    private static JsonObject Arm(string arm, LogSummary summary, int k)
    {
        var rewards = summary.Arms[k];
        var bounds = new StatsOutput().Add("low", "high", summary.Decision.Intervals[k]).ToJson();
        return new()
        {
            ["arm"] = arm,
            ["pulls"] = rewards.Weight,
            ["mean"] = rewards.Weight > 0 ? rewards.Mean : null,
            ["bounds"] = bounds,
            ["adjusted"] = StatsOutput.Of(summary.Estimates[k], EstimateKeys, (output, e) => output
                .Add("estimate", e.Estimate).Add("standardError", e.StandardError).Add("low", "high", e.Interval).Add("events", e.Events)),
        };
    }
}
