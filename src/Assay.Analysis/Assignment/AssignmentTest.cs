namespace Assay.Analysis;

/// <summary>One thing that chance would leave as it is.</summary>
/// <param name="Test">Its name: buckets, sample-ratio, pooled-ratio, exposure, ratio-p-values, other-salt, other-experiment, a-a.</param>
/// <param name="About">Of which experiment, or metric and treatment; null when it is about all units.</param>
/// <param name="PValue">Small when chance would hardly do it; null when there is nothing to test.</param>
/// <param name="Passes">False at the check's level, adjusted over all its tests (Holm); null without a p-value.</param>
/// <param name="Text">What was found, for people.</param>
public sealed record AssignmentTest(string Test, string? About, double? PValue, bool? Passes, string Text)
{
    /// <summary>Of A/A comparisons: the share of p-values at or below the plan's alpha; else null.</summary>
    public double? ShareBelowAlpha { get; init; }

    /// <summary>Of <see cref="ShareBelowAlpha"/>, at 95 %.</summary>
    public ReportInterval? ShareInterval { get; init; }
}
