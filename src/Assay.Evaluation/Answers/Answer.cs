using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>What came back for one case, and what it took. What was not reported is null, never 0.</summary>
public sealed record Answer
{
    public required string Text { get; init; }
    public ImmutableArray<ToolCall> ToolCalls { get; init; } = [];

    /// <summary>Documents that the variant itself retrieved; empty: none were reported.</summary>
    public ImmutableArray<string> Context { get; init; } = [];

    public double? LatencyMs { get; init; }
    public double? TimeToFirstTokenMs { get; init; }
    public long? InputTokens { get; init; }
    public long? CachedInputTokens { get; init; }
    public long? OutputTokens { get; init; }

    /// <summary>Null when the price or the token counts are unknown.</summary>
    public double? CostUsd { get; init; }

    public string? FinishReason { get; init; }
    public string? RequestedModel { get; init; }
    public string? ServedModel { get; init; }
    public string? SystemFingerprint { get; init; }

    /// <summary>Empty unless they were asked for and given.</summary>
    public ImmutableArray<TokenLogProbability> LogProbabilities { get; init; } = [];
}
