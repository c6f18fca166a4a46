namespace Assay.Analysis;

/// <summary>The estimate with units that crossed arms counted in the first arm they met.</summary>
public sealed record IntentionToTreatRow(double? Difference, ReportInterval? Interval);
