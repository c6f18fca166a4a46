using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Evaluation;

/// <summary>One variant: what was asked for, what served, and what came of it.</summary>
public sealed record VariantReport
{
    public required string Key { get; init; }
    public required string Kind { get; init; }
    public required string Hash { get; init; }
    public string? Upstream { get; init; }
    public string? Model { get; init; }
    public string? System { get; init; }
    public string? PromptVersion { get; init; }

    /// <summary>Turns in place of the case's messages, as templates; empty: the case's messages are asked.</summary>
    public ImmutableArray<ChatTurn> Prompt { get; init; } = [];

    /// <summary>URL, command line or file of a variant that is no model.</summary>
    public string? Application { get; init; }

    /// <summary>Documents for every case in place of the case's own; null: none declared.</summary>
    public ImmutableArray<string>? Context { get; init; }

    /// <summary>Documents by case in place of the case's own; null: none declared.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>>? ContextByCase { get; init; }

    /// <summary>As sent, defaults included; the seed of the first repeat.</summary>
    public ImmutableSortedDictionary<string, JsonElement> Parameters { get; init; } = ImmutableSortedDictionary<string, JsonElement>.Empty;

    public JsonElement? Tools { get; init; }
    public JsonElement? Config { get; init; }
    public required ImmutableArray<string> ServedModels { get; init; }
    public required ImmutableArray<string> SystemFingerprints { get; init; }
    public required int Answers { get; init; }
    public required int Failed { get; init; }

    /// <summary>Mean over cases of each metric's scored values.</summary>
    public required ImmutableSortedDictionary<string, double> Means { get; init; }

    public double? LatencyP50Ms { get; init; }
    public double? LatencyP95Ms { get; init; }
    public double? CostUsd { get; init; }
}
