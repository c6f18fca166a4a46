using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>The result of a run as scripts read it, and all that the other forms are drawn from.</summary>
public sealed record ArenaReport
{
    public required string Suite { get; init; }
    public required string SuiteHash { get; init; }
    public required string ContentHash { get; init; }

    /// <summary>Version of the golden set.</summary>
    public required string CasesHash { get; init; }

    public required string RunId { get; init; }

    /// <summary>Null: the suite has no policy, so nothing was asked.</summary>
    public required GateOutcome? Outcome { get; init; }

    public required ImmutableArray<GateReason> Reasons { get; init; }
    public required int Cases { get; init; }
    public required int Repeats { get; init; }

    /// <summary>Answers, scores and verdicts that failed.</summary>
    public required int Errors { get; init; }

    /// <summary>Answers that are not there, and scores whose input is not.</summary>
    public required int Missing { get; init; }

    public required ImmutableArray<ComparisonRow> Comparisons { get; init; }

    /// <summary>Of everything the run used; null when a price or a token count is unknown.</summary>
    public required double? CostUsd { get; init; }

    /// <summary>Of that, what this run paid itself; the rest came from the answer log.</summary>
    public required double SpentUsd { get; init; }

    public required int CallsMade { get; init; }
    public required int AnswersFromLog { get; init; }
    public required ImmutableArray<VariantReport> Variants { get; init; }
    public required ImmutableArray<DifferenceReport> Differences { get; init; }
    public required ImmutableArray<SegmentReport> Segments { get; init; }
    public required ImmutableArray<ReliabilityRow> Reliability { get; init; }
    public ImmutableArray<ReliabilityDifference> ReliabilityDifferences { get; init; } = [];
    public required ImmutableArray<VarianceRow> Variance { get; init; }

    /// <summary>Of variants in a round of pairs.</summary>
    public ImmutableArray<RatingRow> Ratings { get; init; } = [];

    /// <summary>What judges follow besides quality; their words are among the notes.</summary>
    public ImmutableArray<JudgeEffect> Effects { get; init; } = [];

    public required ImmutableArray<JudgeConfiguration> Judges { get; init; }
    public required string Population { get; init; }
    public required ImmutableArray<string> Notes { get; init; }
    public required ImmutableArray<string> Warnings { get; init; }

    /// <summary>Runs of the same variants, cases, checks and judges so far, this one included.</summary>
    public required int RunNumber { get; init; }

    /// <summary>What the earlier ones said.</summary>
    public required ImmutableArray<EarlierRun> EarlierRuns { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
    public required double Seconds { get; init; }
}
