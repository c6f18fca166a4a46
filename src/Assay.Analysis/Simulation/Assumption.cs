namespace Assay.Analysis;

/// <summary>What a simulation takes for true of one metric in the control.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Value">Share, mean, ratio or quantile.</param>
/// <param name="StandardDeviation">Of one unit, positive; of a quantile and a ratio, of one event; null for a proportion.</param>
/// <param name="Source">Where it comes from: plan, given, pilot, or assumed because nobody said.</param>
public sealed record Assumption(string Metric, double Value, double? StandardDeviation, string Source);
