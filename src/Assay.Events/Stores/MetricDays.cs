using System.Collections.Immutable;

namespace Assay.Events;

/// <summary>A primary by day.</summary>
/// <param name="Metric">Name of the metric.</param>
/// <param name="EntryDays">Moments of the units by the UTC day of their first exposure, in order; without crossed units.</param>
/// <param name="Cohort">By day since exposure, on the units that were observed on all the days; empty when there are none.</param>
/// <param name="WhyNoCohort">In words, when it is empty.</param>
public sealed record MetricDays(string Metric, ImmutableArray<EntryDay> EntryDays, ImmutableArray<CohortArm> Cohort, string? WhyNoCohort);
