using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>What a variant said to a case, or why it said nothing.</summary>
public sealed record ArenaAnswer
{
    public required string Variant { get; init; }
    public required string Case { get; init; }
    public required int Repeat { get; init; }

    /// <summary>What the model was asked, system prompt included; of other variants the case's messages.</summary>
    public required ImmutableArray<ChatTurn> Asked { get; init; }

    public Answer? Answer { get; init; }
    public CallFailure? Failure { get; init; }
    public string? Detail { get; init; }
}
