namespace Assay.Analysis;

/// <summary>One segment of a Simpson check.</summary>
/// <param name="Value">Null for units without the attribute.</param>
/// <param name="Control">The control's value there; null without units.</param>
/// <param name="Treatment">The treatment's.</param>
/// <param name="Difference">Treatment − control; null when one is missing.</param>
/// <param name="ControlShare">Share of the control's units.</param>
/// <param name="TreatmentShare">Share of the treatment's units.</param>
public sealed record SimpsonSegment(string? Value, double? Control, double? Treatment, double? Difference, double ControlShare, double TreatmentShare);
