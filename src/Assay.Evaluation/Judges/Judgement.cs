using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>What judging one answer, or one pair of answers, gave.</summary>
public sealed record Judgement
{
    /// <summary>What comparing sees: of a voting panel the vote, else every verdict.</summary>
    public ImmutableArray<ScoreRow> Scores { get; init; } = [];

    /// <summary>The same of pairs.</summary>
    public ImmutableArray<PairwiseRow> Verdicts { get; init; } = [];

    /// <summary>What every member of a voting panel said; empty without a vote.</summary>
    public ImmutableArray<ScoreRow> MemberScores { get; init; } = [];

    public ImmutableArray<PairwiseRow> MemberVerdicts { get; init; } = [];
    public required JudgeUsage Usage { get; init; }

    internal static Judgement Join(IReadOnlyCollection<Judgement> parts) => new()
    {
        Scores = [.. parts.SelectMany(p => p.Scores)],
        Verdicts = [.. parts.SelectMany(p => p.Verdicts)],
        MemberScores = [.. parts.SelectMany(p => p.MemberScores)],
        MemberVerdicts = [.. parts.SelectMany(p => p.MemberVerdicts)],
        Usage = parts.Aggregate(JudgeUsage.None, (sum, p) => sum + p.Usage),
    };
}
