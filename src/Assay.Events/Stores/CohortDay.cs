namespace Assay.Events;

/// <summary>A cohort on one day.</summary>
/// <param name="Value">Mean or ratio of the day; null when no unit was seen that could tell.</param>
/// <param name="StandardError">From unit to unit.</param>
/// <param name="Active">Units with a row on the day.</param>
public sealed record CohortDay(double? Value, double StandardError, long Active);
