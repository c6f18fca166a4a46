using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Events;

/// <summary>One model call, successful or not. Null is unknown, never 0.</summary>
public sealed record GenerationEvent : AssayEvent
{
    public EventTarget Target { get; init; } = new();
    public UnitIds Ids { get; init; } = UnitIds.None;
    public ImmutableArray<GenerationAssignment> Assignments { get; init; } = [];

    /// <summary>The upstream's id of the response (<c>chatcmpl-…</c>).</summary>
    public string? ResponseId { get; init; }

    /// <summary>1-based number of the user's turn in the thread; tool rounds keep their turn's.</summary>
    public int? Turn { get; init; }
    public string? TraceId { get; init; }
    public string? Route { get; init; }
    public string? Model { get; init; }
    public string? ServedModel { get; init; }
    public string? Upstream { get; init; }
    public double? LatencyMs { get; init; }
    public double? TtftMs { get; init; }
    public double? TpotMs { get; init; }
    public double? ItlP95Ms { get; init; }
    public long? InputTokens { get; init; }
    public long? CachedInputTokens { get; init; }
    public long? OutputTokens { get; init; }
    public int? ToolCalls { get; init; }
    public double? CostUsd { get; init; }
    public required GenerationStatus Status { get; init; }
    public string? ErrorCode { get; init; }
    public string? FinishReason { get; init; }

    /// <summary>warm, cold or null.</summary>
    public string? Cache { get; init; }
    public string? ParametersHash { get; init; }

    /// <summary>True when the answer had neither text nor tool calls; null when the body was not read.</summary>
    public bool? Empty { get; init; }

    /// <summary>True when the model declined (a refusal part, or finish reason content_filter).</summary>
    public bool? Refusal { get; init; }

    /// <summary>Whether the text parses as JSON; null unless JSON was asked for.</summary>
    public bool? JsonValid { get; init; }

    /// <summary>Why control was served instead of the assigned variant (<c>missing-variable</c>, <c>error: …</c>); null when it was not.</summary>
    public string? FallbackReason { get; init; }
    public JsonElement? Request { get; init; }
    public JsonElement? Response { get; init; }
    public JsonElement? Context { get; init; }
}
