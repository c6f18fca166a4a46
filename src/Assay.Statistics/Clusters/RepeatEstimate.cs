namespace Assay.Statistics;

/// <summary>pass@k or pass^k over cases that were tried several times.</summary>
/// <param name="K">Tries per case that the estimate is about.</param>
/// <param name="Estimate">Mean over cases, in [0, 1].</param>
/// <param name="StandardError">Standard deviation of the cases' values / √cases, which holds the spread of cases and of tries.</param>
/// <param name="Interval">At level 1 − alpha by t with cases − 1 degrees of freedom, inside [0, 1]; not estimable when all cases are alike.</param>
/// <param name="Cases">Number of cases.</param>
public sealed record RepeatEstimate(int K, double Estimate, double StandardError, Estimated<Interval> Interval, int Cases);
