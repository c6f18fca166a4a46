using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Evaluation;

/// <summary>A judge as a suite declares it.</summary>
public sealed record JudgeSpec
{
    /// <summary>The metrics' first part: "quality" gives quality.clarity.</summary>
    public required string Key { get; init; }

    /// <summary>The models that judge: one, or a panel.</summary>
    public required ImmutableArray<JudgeMember> Members { get; init; }

    /// <summary>What they look at; retrieval modes have a task of their own and none of the axes.</summary>
    public required Rubric Rubric { get; init; }

    public JudgeMode Mode { get; init; } = JudgeMode.Score;
    public OrderRule Orders { get; init; } = OrderRule.Random;
    public PairRule Pairs { get; init; } = PairRule.Control;
    public ReplyForm Form { get; init; } = ReplyForm.Json;
    public PanelRule Panel { get; init; } = PanelRule.Mean;

    /// <summary>Verdicts that each member gives on the same answer; 1 or more.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>Scores are weighted by the probability of their tokens where the endpoint gives it (G-Eval).</summary>
    public bool UsesLogProbabilities { get; init; }

    /// <summary>Decides orders and fence markers; the same seed gives the same calls.</summary>
    public long Seed { get; init; }

    /// <summary>Body fields beside model and messages; temperature is 0 where unset.</summary>
    public ImmutableSortedDictionary<string, JsonElement> Parameters { get; init; } = ImmutableSortedDictionary<string, JsonElement>.Empty;

    /// <summary>Ids of the cases that it judges; null: all.</summary>
    public ImmutableSortedSet<string>? Only { get; init; }

    /// <summary>What its last calibration found; null: it was never calibrated.</summary>
    public CalibrationRecord? Calibration { get; init; }

    /// <summary>True when a calibration of just this judge (by hash of every member) found it good enough.</summary>
    public bool IsCalibrated => Calibration is { Decision: CalibrationDecision.Calibrated } found && Members.All(m => found.JudgeHashes.Contains(JudgeConfiguration.Of(this, m).Hash));

    /// <summary>How many pairs of so many variants it compares.</summary>
    public int PairsOf(int variants) => Pairs == PairRule.Round ? variants * (variants - 1) / 2 : variants - 1;

    /// <summary>Whether it judges answers to a case. Criteria that a case does not have are not missing: nothing was asked of its answers.</summary>
    public bool Concerns(GoldenCase golden)
    {
        ArgumentNullException.ThrowIfNull(golden);
        return (Only is null || Only.Contains(golden.Id)) && (Mode != JudgeMode.Criteria || !golden.Criteria.IsEmpty);
    }

    /// <summary>Key of a member, as rows name it: the judge's own key, or with the model behind it in a panel.</summary>
    public string MemberKey(JudgeMember member) => Members.Length == 1 ? Key : $"{Key}/{member.Model}";
}
