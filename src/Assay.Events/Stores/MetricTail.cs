using System.Collections.Immutable;

namespace Assay.Events;

/// <summary>How much of a metric lies with few units.</summary>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Skewness">Per arm, of the unit values (of a ratio: of numerator − pooled ratio · denominator); null without variance.</param>
/// <param name="Without">Moments of the units that remain without the furthest from the pooled median (of a ratio: from the pooled ratio), by how many were left out.</param>
/// <param name="Winsorised">Moments of all units, values beyond the pooled 1st and 99th percentile moved there.</param>
public sealed record MetricTail(
    string Metric, ImmutableArray<double?> Skewness, ImmutableArray<TailRest> Without, ImmutableArray<MetricArmMoments> Winsorised);
