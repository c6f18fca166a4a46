using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>One thing that is scored.</summary>
public sealed record RubricAxis
{
    /// <summary>Lowest and highest score of every axis.</summary>
    public const int Lowest = 1, Highest = 5;

    public required string Key { get; init; }

    /// <summary>What is asked; may be empty when the anchors say it.</summary>
    public string Question { get; init; } = "";

    /// <summary>What a score means, for 2 or more scores from 1 to 5.</summary>
    public required ImmutableSortedDictionary<int, string> Anchors { get; init; }

    /// <summary>False where a low score is good (toxicity).</summary>
    public bool HigherIsBetter { get; init; } = true;

    /// <summary>The score from which (or, where less is better, up to which) an answer passes; null: the axis has no threshold.</summary>
    public int? Pass { get; init; }

    public bool Passes(double score) => Pass is not { } limit || (HigherIsBetter ? score >= limit : score <= limit);
}
