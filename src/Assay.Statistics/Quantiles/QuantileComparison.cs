namespace Assay.Statistics;

/// <summary>Difference of two quantiles.</summary>
/// <param name="Difference">Treatment − control, in the metric's unit.</param>
/// <param name="StandardError">From the arms' order-statistic intervals; positive.</param>
/// <param name="Statistic">Difference / standard error.</param>
/// <param name="PValue">Two-sided, normal.</param>
/// <param name="Interval">At level 1 − alpha.</param>
public readonly record struct QuantileComparison(double Difference, double StandardError, double Statistic, double PValue, Interval Interval);
