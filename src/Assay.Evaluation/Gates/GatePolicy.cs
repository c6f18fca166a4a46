using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>What a run must show before a build may pass. Every treatment is held to it.</summary>
public sealed record GatePolicy
{
    /// <summary>False when a treatment could not fail whatever it did: such a policy decides nothing.</summary>
    public bool AsksForSomething => Primary is not null || !MustPass.IsEmpty || MaxCostUsd is not null || MaxCostPerAnswerUsd is not null || MaxLatencyP95Ms is not null;

    /// <summary>The metric that decides; null: only the limits and must-pass entries do.</summary>
    public string? Primary { get; init; }

    /// <summary>How much worse than the control is tolerated, in the primary's unit; null: not asked, unless no win rate is asked for either (then 0).</summary>
    public double? Margin { get; init; }

    /// <summary>The lower bound of the primary's win rate must reach this; in [0, 1].</summary>
    public double? MinimumWinRateLower { get; init; }

    /// <summary>Metrics, tags or ids of cases: every answer of a treatment must pass.</summary>
    public ImmutableArray<string> MustPass { get; init; } = [];

    /// <summary>What the whole run may have cost, cached answers included.</summary>
    public double? MaxCostUsd { get; init; }

    /// <summary>Mean cost of a treatment's answer.</summary>
    public double? MaxCostPerAnswerUsd { get; init; }

    /// <summary>95th percentile of a treatment's answers.</summary>
    public double? MaxLatencyP95Ms { get; init; }

    public bool RequireCalibratedJudge { get; init; }

    /// <summary>Two-sided level of the intervals.</summary>
    public double Alpha { get; init; } = 0.05;

    public double EffectiveMargin => Margin ?? 0;
    public bool AsksForMargin => Primary is not null && (Margin is not null || MinimumWinRateLower is null);
}
