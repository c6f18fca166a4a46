namespace Assay.Statistics;

/// <summary>A rate corrected for a judge's errors.</summary>
/// <param name="Estimate">Unclipped: noise can carry it a little outside [0, 1].</param>
/// <param name="StandardError">Standard error, with the labels' own uncertainty where they were given; positive.</param>
/// <param name="Interval">At level 1 − alpha, normal, inside [0, 1].</param>
public sealed record CorrectedRate(double Estimate, double StandardError, Interval Interval);
