namespace Assay.Calibration;

/// <summary>What was measured.</summary>
/// <param name="Rejected">Share of true nulls that were rejected.</param>
/// <param name="Covered">Share of intervals that hold the truth; null without intervals.</param>
/// <param name="Power">Share rejected where the effect is there; null when not asked.</param>
/// <param name="Runs">Experiments; null when every outcome was enumerated.</param>
public sealed record Rates(double Rejected, double? Covered, double? Power, int? Runs);
