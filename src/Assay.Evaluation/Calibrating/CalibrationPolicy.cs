using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>What a judge must reach, and which labels it has already seen.</summary>
public sealed record CalibrationPolicy
{
    /// <summary>Share of items on which judge and human must agree, in (0, 1].</summary>
    public double MinimumAgreement { get; init; } = 0.8;

    /// <summary>Kappa that must be reached besides; null: none.</summary>
    public double? MinimumKappa { get; init; }

    /// <summary>Level of the intervals, a probability in (0, 1).</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>Hashes of labels in the judge's prompt, examples or threshold: they are set aside (<see cref="LabelHash"/>).</summary>
    public ImmutableSortedSet<string> SeenLabels { get; init; } = [];

    /// <summary>Hashes of the judge's configurations that the labels were given by; may be empty.</summary>
    public ImmutableArray<string> JudgeHashes { get; init; } = [];
}
