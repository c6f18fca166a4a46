namespace Assay.Analysis;

/// <summary>What is shown in place of a ratio that cannot be estimated: its parts per unit.</summary>
/// <param name="Name">Such as "costUsd per conversation" or "share of conversations with resolved".</param>
public sealed record ComponentRow(string Name, double? Control, double? Treatment, double? Difference, ReportInterval? Interval);
