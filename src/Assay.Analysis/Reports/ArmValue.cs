namespace Assay.Analysis;

/// <summary>A metric in the control.</summary>
/// <param name="Value">In the metric's unit; null when there is none.</param>
/// <param name="N">Units that entered the estimate.</param>
public sealed record ArmValue(double? Value, long N);
