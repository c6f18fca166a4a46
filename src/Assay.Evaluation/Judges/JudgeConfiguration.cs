using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Experiments.Writing;

namespace Assay.Evaluation;

/// <summary>All that makes a judge this judge, stored once per run; every row names its hash.</summary>
public sealed record JudgeConfiguration
{
    /// <summary>As rows name it.</summary>
    public required string Judge { get; init; }

    public required string Upstream { get; init; }
    public required string Model { get; init; }
    public required string Mode { get; init; }

    /// <summary>The instructions, with {marker} where each call has its own.</summary>
    public required string Prompt { get; init; }

    public required string RubricKey { get; init; }
    public required string RubricHash { get; init; }
    public required ImmutableSortedDictionary<string, JsonElement> Parameters { get; init; }
    public required string Orders { get; init; }
    public required bool UsesLogProbabilities { get; init; }

    /// <summary>SHA-256 of all of the above but the judge's name and upstream: 64 hex digits.</summary>
    public required string Hash { get; init; }

    /// <summary>The configuration of one member.</summary>
    public static JudgeConfiguration Of(JudgeSpec spec, JudgeMember member)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(member);
        var parameters = JudgeParameters.Of(spec);
        string mode = spec.Mode.ToString(), orders = spec.Mode == JudgeMode.Pairwise ? spec.Orders.ToString() : "", prompt = JudgePrompt.System(spec, Fence.Placeholder);
        // The upstream's name is a user's own; the model is what judges.
        var json = new JsonObject
        {
            ["model"] = member.Model,
            ["mode"] = mode,
            ["prompt"] = prompt,
            ["rubric"] = spec.Rubric.Hash,
            ["parameters"] = new JsonObject(parameters.Select(p => KeyValuePair.Create(p.Key, JsonNode.Parse(p.Value.GetRawText())))),
            ["orders"] = orders,
            ["logProbabilities"] = spec.UsesLogProbabilities,
        };
        return new JudgeConfiguration
        {
            Judge = spec.MemberKey(member),
            Upstream = member.Upstream,
            Model = member.Model,
            Mode = mode,
            Prompt = prompt,
            RubricKey = spec.Rubric.Key,
            RubricHash = spec.Rubric.Hash,
            Parameters = parameters,
            Orders = orders,
            UsesLogProbabilities = spec.UsesLogProbabilities,
            Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Write(json)))),
        };
    }
}
