using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>One metric of one answer: all that comparing sees.</summary>
public sealed record ScoreRow
{
    public required string Variant { get; init; }
    public required string Case { get; init; }

    /// <summary>What the case was sampled with; null: the case itself.</summary>
    public string? Cluster { get; init; }

    /// <summary>From 0.</summary>
    public required int Repeat { get; init; }

    /// <summary>accuracy, contains, quality.clarity, latencyMs, costUsd, ….</summary>
    public required string Metric { get; init; }

    /// <summary>Null unless scored.</summary>
    public required double? Value { get; init; }

    public ScoreStatus Status { get; init; } = ScoreStatus.Scored;

    /// <summary>True when values are pass (1) or fail (0).</summary>
    public bool IsBinary { get; init; }

    /// <summary>False where less is better.</summary>
    public bool HigherIsBetter { get; init; } = true;

    /// <summary>Key of the judge; null for checks and measurements.</summary>
    public string? Judge { get; init; }

    /// <summary>Which of a judge's repeated verdicts on the same answer, from 0.</summary>
    public int JudgeRepeat { get; init; }

    /// <summary>Hash of the judge's configuration (model, prompt, rubric, settings); a voting panel's members joined by +.</summary>
    public string? JudgeHash { get; init; }

    public string? Reason { get; init; }
    public ImmutableArray<string> Tags { get; init; } = [];
}
