using System.Collections.Immutable;

namespace Assay.Events;

/// <summary>How often rows pass a filter, per arm. What is filtered after exposure can depend on the treatment.</summary>
/// <param name="Metric">The metric whose rows are filtered.</param>
/// <param name="Filter">The condition as it is written, or "label" for metrics that exist only where someone labelled.</param>
/// <param name="Arms">Per variant: numerator the unit's rows that pass, denominator its rows (labels: whether it has any, of 1), over matured units.</param>
public sealed record FilterMoments(string Metric, string Filter, ImmutableArray<MetricArmMoments> Arms);
