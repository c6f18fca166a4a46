namespace Assay.Analysis;

/// <summary>The rate of a filter that acts after exposure.</summary>
/// <param name="Metric">What is filtered.</param>
/// <param name="Filter">The condition as written, or "label".</param>
/// <param name="Variant">The treatment.</param>
/// <param name="ControlRate">Share of the control's rows that pass (labels: of its units that have one); null without rows.</param>
/// <param name="TreatmentRate">The treatment's.</param>
/// <param name="PValue">Of equal rates, at the unit of randomisation; null when not estimable.</param>
/// <param name="AdjustedPValue">Over all filters, by Holm.</param>
/// <param name="Reason">Why there is no p-value; null when there is one.</param>
public sealed record FilterRow(
    string Metric, string Filter, string Variant, double? ControlRate, double? TreatmentRate, double? PValue, double? AdjustedPValue, string? Reason);
