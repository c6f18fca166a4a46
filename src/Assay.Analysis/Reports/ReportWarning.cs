namespace Assay.Analysis;

/// <summary>Something a reader should know before trusting the numbers.</summary>
/// <param name="Code">Stable name for scripts; listed in docs/report.md.</param>
/// <param name="Text">For people.</param>
public sealed record ReportWarning(string Code, string Text);
