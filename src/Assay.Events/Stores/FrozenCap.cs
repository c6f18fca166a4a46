namespace Assay.Events;

/// <summary>The values at which a metric's unit values are capped from the first look on.</summary>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Value">Of its values, or of a ratio's numerator; null for none.</param>
/// <param name="Denominator">Of a ratio's denominator; null for none.</param>
public sealed record FrozenCap(string Metric, double? Value, double? Denominator);
