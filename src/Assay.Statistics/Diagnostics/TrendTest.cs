namespace Assay.Statistics;

/// <summary>The straight line through effects by day.</summary>
/// <param name="Slope">Change of the effect per day.</param>
/// <param name="StandardError">Of the slope.</param>
/// <param name="Interval">Of the slope, at 1 − alpha.</param>
/// <param name="PValue">Two-sided, of a slope of 0.</param>
/// <param name="First">The line on the first day shown.</param>
/// <param name="Last">The line on the last.</param>
/// <param name="Shape">Whether the line comes nearer to nothing or leaves it.</param>
public sealed record TrendTest(double Slope, double StandardError, Interval Interval, double PValue, double First, double Last, TrendShape Shape);
