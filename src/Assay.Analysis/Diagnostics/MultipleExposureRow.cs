namespace Assay.Analysis;

/// <summary>Units that met more than one variant.</summary>
/// <param name="Variant">The first they met.</param>
/// <param name="Exposed">Units whose first exposure was to it.</param>
/// <param name="Crossed">Those that met another later.</param>
/// <param name="PValue">Of the same rate as in the control; null for the control, and when nothing crossed.</param>
public sealed record MultipleExposureRow(string Variant, long Exposed, long Crossed, double? PValue);
