using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Evaluation;

/// <summary>One chat completion to ask for.</summary>
public sealed record ModelCall
{
    /// <summary>Name of a declared upstream.</summary>
    public required string Upstream { get; init; }

    public required string Model { get; init; }

    /// <summary>The whole conversation, system turn included.</summary>
    public required ImmutableArray<ChatTurn> Messages { get; init; }

    /// <summary>Body fields: temperature, seed, logprobs, response_format, ….</summary>
    public ImmutableSortedDictionary<string, JsonElement> Parameters { get; init; } = ImmutableSortedDictionary<string, JsonElement>.Empty;

    /// <summary>The request's <c>tools</c> array.</summary>
    public JsonElement? Tools { get; init; }

    /// <summary>From 0. Part of what identifies a call: repeats are never served from one another's cache.</summary>
    public int Repeat { get; init; }

    /// <summary>Whom it is for, for progress and logs: "variant/case", "judge/case".</summary>
    public string Purpose { get; init; } = "";
}
