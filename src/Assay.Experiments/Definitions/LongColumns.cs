namespace Assay.Experiments;

/// <summary>Columns of a long file, one row an event.</summary>
public sealed record LongColumns(string Unit, string? Timestamp, string Metric, string Value, string? Variant = null);
