using System.Collections.Immutable;

namespace Assay.Events;

/// <summary>The moments of the units with one value of an attribute, as known at their first exposure.</summary>
/// <param name="Attribute">Name of the attribute.</param>
/// <param name="Value">Its value as text; null for units without it.</param>
/// <param name="Arms">Units per variant.</param>
/// <param name="Metrics">The primary metrics only.</param>
public sealed record SegmentMoments(string Attribute, string? Value, ImmutableArray<ArmUnits> Arms, ImmutableArray<MetricMoments> Metrics);
