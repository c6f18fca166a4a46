using System.Text.Json.Nodes;
using Assay.Cli.Stats;
using Assay.Statistics;

namespace Assay.Cli.Bandits;

/// <summary>One row of the answer.</summary>
/// <param name="Name">Of the algorithm, or of the fixed policy.</param>
/// <param name="Replay">Null for a fixed policy of frequencies, which learns nothing.</param>
/// <param name="OffPolicy">The estimates from all events.</param>
/// <param name="Shares">Allocation at the end, by arm; null where it depends on the context.</param>
/// <param name="Warning">Why not to trust the row.</param>
/// <param name="Approximation">What stands in for the policy, where it is not the policy itself.</param>
internal sealed record ReplayedAlgorithm(
    string Name, ReplayResult? Replay, Estimated<OffPolicyResult> OffPolicy, IReadOnlyList<double>? Shares, string? Warning, string? Approximation)
{
    public JsonObject ToJson(string[] arms)
    {
        var row = new JsonObject { ["algorithm"] = Name };
        if (Approximation is not null) row["approximation"] = Approximation;
        if (Replay is { } replay)
        {
            row["accepted"] = replay.Accepted;
            row["capped"] = replay.Capped;
            row["rejection"] = Json(replay.Rejection);
        }
        row["ips"] = Json(Part(r => r.Ips));
        row["snips"] = Json(Part(r => r.Snips));
        if (OffPolicy.IsEstimable && OffPolicy.Value.DoublyRobust is { } robust) row["doublyRobust"] = Json(robust);
        row["effectiveSampleSize"] = OffPolicy.IsEstimable ? OffPolicy.Value.EffectiveSampleSize : null;
        row["warning"] = Warning;
        if (Shares is not null) row["allocation"] = new JsonObject([.. arms.Select((a, k) => KeyValuePair.Create(a, (JsonNode?)Shares[k]))]);
        return row;
    }

    public Estimated<OffPolicyEstimate> Part(Func<OffPolicyResult, Estimated<OffPolicyEstimate>> part) => OffPolicy.IsEstimable ? part(OffPolicy.Value) : new NotEstimable(OffPolicy.Reason!);

    private static JsonObject Json(Estimated<OffPolicyEstimate> e) => StatsOutput.Of(e, ["value", "standardError", "low", "high"], (output, v) => output
        .Add("value", v.Value).Add("standardError", v.StandardError).Add("low", "high", v.Interval));
}
