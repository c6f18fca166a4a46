using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>What a judge looks at, and what each score means.</summary>
public sealed record Rubric
{
    /// <summary>Lower-case letters, digits and hyphens.</summary>
    public required string Key { get; init; }

    /// <summary>What is judged, in the words that the judge reads.</summary>
    public required string Task { get; init; }

    /// <summary>At least one.</summary>
    public required ImmutableArray<RubricAxis> Axes { get; init; }

    /// <summary>Steps that the judge goes through before it scores; may be empty.</summary>
    public ImmutableArray<string> Steps { get; init; } = [];

    /// <summary>Judged examples that the prompt shows; their labels cannot calibrate the judge.</summary>
    public ImmutableArray<RubricExample> Examples { get; init; } = [];

    /// <summary>A case without source documents is missing, not bad.</summary>
    public bool NeedsContext { get; init; }

    /// <summary>A case without a reference answer is missing, not bad.</summary>
    public bool NeedsExpected { get; init; }

    /// <summary>True: every assistant turn of the conversation is scored, the judged answer last.</summary>
    public bool PerTurn { get; init; }

    /// <summary>Hashes of labelled items that were used to choose the prompt or a threshold (<see cref="LabelHash"/>).</summary>
    public ImmutableSortedSet<string> UsedLabels { get; init; } = [];

    /// <summary>SHA-256 of all that the judge is told: 64 hex digits.</summary>
    public string Hash => RubricHash.Of(this);

    /// <summary>A rubric of one axis with two anchors, where a judge's mode or an imported file says what is judged.</summary>
    internal static Rubric Of(string key, string task, string axis, string lowest, string highest) => new()
    {
        Key = key,
        Task = task,
        Axes = [new RubricAxis { Key = axis, Anchors = ImmutableSortedDictionary<int, string>.Empty.Add(RubricAxis.Lowest, lowest).Add(RubricAxis.Highest, highest) }],
    };

    /// <summary>Labels that may not calibrate a judge with this rubric.</summary>
    public ImmutableSortedSet<string> LabelsSeen => UsedLabels.Union(Examples.Select(e => e.LabelHash));
}
