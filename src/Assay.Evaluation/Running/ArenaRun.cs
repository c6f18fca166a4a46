using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>All that a run brought, before anything is compared.</summary>
public sealed record ArenaRun
{
    public required ArenaPlan Plan { get; init; }
    public required ImmutableArray<ArenaAnswer> Answers { get; init; }
    public required ImmutableArray<ScoreRow> Scores { get; init; }
    public ImmutableArray<PairwiseRow> Verdicts { get; init; } = [];
    public ImmutableArray<JudgeConfiguration> Judges { get; init; } = [];
    public JudgeUsage JudgeUsage { get; init; } = JudgeUsage.None;

    /// <summary>Of all answers and verdicts, wherever they came from; null when a price or a count is unknown. Recordings cost nothing.</summary>
    public double? CostUsd { get; init; }

    /// <summary>Calls made now, and answers taken from the log.</summary>
    public required RunProgress Progress { get; init; }

    public Suite Suite => Plan.Suite;
    public int FailedAnswers => Answers.Count(a => a.Answer is null);

    /// <summary>Scores and verdicts that failed.</summary>
    public int Errors => Scores.Count(s => s.Status == ScoreStatus.Error) + Verdicts.Count(v => v.Status == ScoreStatus.Error);

    /// <summary>Scores and verdicts whose input was not there.</summary>
    public int Missing => Scores.Count(s => s.Status == ScoreStatus.Missing) + Verdicts.Count(v => v.Status == ScoreStatus.Missing);
}
