using System.Collections.Immutable;

namespace Assay.Events;

/// <summary>The sufficient statistics of an experiment version.</summary>
/// <param name="DataUntil">Time of the newest event considered; null without timestamps (a wide file) or without events.</param>
/// <param name="Arms">One per variant, in the definition's order, arms without units included.</param>
/// <param name="Metrics">One per metric of the experiment, in its order.</param>
/// <param name="Segments">One per segment attribute × value; empty when the experiment declares none.</param>
public sealed record ExperimentMoments(
    DateTimeOffset? DataUntil,
    ImmutableArray<ArmUnits> Arms,
    ImmutableArray<MetricMoments> Metrics,
    ImmutableArray<SegmentMoments> Segments)
{
    /// <summary>Units that came during the plan's burn-in: counted in <see cref="Arms"/>, in no metric.</summary>
    public long BurnInUnits { get; init; }

    /// <summary>Exposures to variants that the experiment does not have, by the name they gave; they count for nothing.</summary>
    public ImmutableSortedDictionary<string, long> UnknownVariants { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>Only when the query asks for them.</summary>
    public DiagnosticMoments? Diagnostics { get; init; }

    /// <summary>Only when the query asks for a metric's units (<see cref="MomentsQuery.UnitsOf"/>); those that crossed arms are left out.</summary>
    public ImmutableArray<UnitValue> Units { get; init; } = [];
}
