namespace Assay.Analysis;

/// <summary>The estimate with units that crossed arms counted in the first arm they met.</summary>
/// <param name="Difference">Treatment − control, adjusted as the row is; null when not estimable.</param>
/// <param name="Interval">Of the difference.</param>
/// <param name="Method">As in <see cref="MetricRow.Method"/>.</param>
public sealed record IntentionToTreatRow(double? Difference, ReportInterval? Interval, string Method);
