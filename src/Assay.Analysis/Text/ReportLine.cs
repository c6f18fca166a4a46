namespace Assay.Analysis;

/// <summary>One question and its answer.</summary>
public sealed record ReportLine(string Label, string Text);
