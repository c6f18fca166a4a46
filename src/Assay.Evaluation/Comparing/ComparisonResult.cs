using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>All comparisons of a run.</summary>
public sealed record ComparisonResult
{
    /// <summary>A row per metric and treatment, in the order in which metrics first appear.</summary>
    public required ImmutableArray<ComparisonRow> Comparisons { get; init; }

    /// <summary>pass^k of pass/fail metrics that were tried more than once.</summary>
    public required ImmutableArray<ReliabilityRow> Reliability { get; init; }

    /// <summary>The same compared, for k from 2.</summary>
    public ImmutableArray<ReliabilityDifference> ReliabilityDifferences { get; init; } = [];

    /// <summary>A row per judged metric and variant.</summary>
    public required ImmutableArray<VarianceRow> Variance { get; init; }

    /// <summary>Of variants in a round of pairs; empty when pairs were only judged against the control.</summary>
    public ImmutableArray<RatingRow> Ratings { get; init; } = [];

    /// <summary>What judges follow besides quality, a row per judge, metric and pair.</summary>
    public ImmutableArray<JudgeEffect> Effects { get; init; } = [];

    /// <summary>What the intervals speak about, in words.</summary>
    public required string Population { get; init; }

    /// <summary>What a reader must know besides, in words.</summary>
    public required ImmutableArray<string> Notes { get; init; }
}
