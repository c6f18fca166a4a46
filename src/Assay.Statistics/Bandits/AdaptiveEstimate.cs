namespace Assay.Statistics;

/// <summary>An arm's mean reward after adaptive allocation.</summary>
/// <param name="Estimate">Weighted mean of the AIPW scores.</param>
/// <param name="StandardError">Its error; positive.</param>
/// <param name="Interval">At level 1 − alpha, normal; for one look at a time fixed before.</param>
/// <param name="Pulls">Of this arm.</param>
/// <param name="Events">What the estimate rests on: rewards, for 0/1 rewards those of the rarer kind.</param>
public sealed record AdaptiveEstimate(double Estimate, double StandardError, Interval Interval, long Pulls, long Events);
