namespace Assay.Statistics;

/// <summary>How often the treatment wins, with what is known of it.</summary>
/// <param name="Rate">(wins + ties / 2) / cases, in [0, 1].</param>
/// <param name="Interval">Of the rate, at level 1 − alpha.</param>
/// <param name="NetInterval">The same for (wins − losses) / cases, in [−1, 1]: for yes/no outcomes the difference of the success rates.</param>
/// <param name="PValue">Two-sided sign test against ½; not estimable when every case is a tie.</param>
/// <param name="IsExact">The interval counted every outcome through; else it is the score interval.</param>
/// <param name="Cases">Number of cases, ties included.</param>
public sealed record WinRateEstimate(double Rate, Interval Interval, Interval NetInterval, Estimated<double> PValue, bool IsExact, long Cases);
