using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>One verdict of a judge on two answers to the same case and repeat.</summary>
public sealed record PairwiseRow
{
    public required string Case { get; init; }
    public string? Cluster { get; init; }
    public required int Repeat { get; init; }
    public required string Metric { get; init; }

    /// <summary>Key of the control.</summary>
    public required string A { get; init; }

    /// <summary>Key of the treatment.</summary>
    public required string B { get; init; }

    /// <summary>1 the treatment wins, 0 it loses, ½ a tie; null when the judge gave no verdict.</summary>
    public required double? TreatmentScore { get; init; }

    public ScoreStatus Status { get; init; } = ScoreStatus.Scored;

    /// <summary>Key of the variant that was shown first.</summary>
    public required string ShownFirst { get; init; }

    public required string Judge { get; init; }
    public int JudgeRepeat { get; init; }

    /// <summary>Hash of the judge's configuration (model, prompt, rubric, settings); a voting panel's members joined by +.</summary>
    public string? JudgeHash { get; init; }

    /// <summary>Characters of the two answers, for the length effect.</summary>
    public int? LengthA { get; init; }

    public int? LengthB { get; init; }
    public string? Reason { get; init; }
    public ImmutableArray<string> Tags { get; init; } = [];
}
