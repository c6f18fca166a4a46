namespace Assay.Analysis;

/// <summary>What is true of a secondary.</summary>
/// <param name="Metric">Its name; null for all that have no effect of their own.</param>
/// <param name="Effect">Difference of every treatment to the control, in the metric's unit; positive is good.</param>
public sealed record SecondaryEffect(string? Metric, double Effect);
