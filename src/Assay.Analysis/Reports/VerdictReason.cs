namespace Assay.Analysis;

/// <summary>One ground of a verdict.</summary>
/// <param name="Code">Stable name for scripts; listed in docs/report.md.</param>
/// <param name="Metric">The metric it is about; null when about none.</param>
/// <param name="Text">For people.</param>
public sealed record VerdictReason(string Code, string? Metric, string Text);
