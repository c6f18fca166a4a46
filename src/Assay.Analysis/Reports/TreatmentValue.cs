namespace Assay.Analysis;

/// <summary>A metric in a treatment.</summary>
/// <param name="Variant">Key of the treatment.</param>
/// <param name="Value">In the metric's unit; null when there is none.</param>
/// <param name="N">Units that entered the estimate.</param>
public sealed record TreatmentValue(string Variant, double? Value, long N);
