using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>A judged example that the judge is shown.</summary>
public sealed record RubricExample
{
    /// <summary>Id of the labelled item that it was taken from; null: the answer itself is its identity.</summary>
    public string? Item { get; init; }

    public string Input { get; init; } = "";
    public required string Answer { get; init; }

    /// <summary>By axis.</summary>
    public required ImmutableSortedDictionary<string, int> Scores { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>What a label of this item hashes to.</summary>
    public string LabelHash => Evaluation.LabelHash.Of(Item ?? Answer);
}
