using System.Collections.Immutable;

namespace Assay.Events;

/// <summary>One metric's sufficient statistics.</summary>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Arms">One per variant, without the units that crossed arms.</param>
/// <param name="IntentionToTreat">The same with crossed units counted in their first arm; equal to <paramref name="Arms"/> when none crossed.</param>
/// <param name="CapValue">The value at which unit values were capped (numerator of a ratio), pooled over arms; null without a cap.</param>
/// <param name="DenominatorCapValue">The same for a ratio's denominator.</param>
public sealed record MetricMoments(
    string Metric,
    ImmutableArray<MetricArmMoments> Arms,
    ImmutableArray<MetricArmMoments> IntentionToTreat,
    double? CapValue = null,
    double? DenominatorCapValue = null)
{
    /// <summary>One per treatment: only of a primary of a report's query, and only when nearly all units have a coarser id that gathers some of them.</summary>
    public ImmutableArray<CoarserClusters> Coarser { get; init; } = [];
}
