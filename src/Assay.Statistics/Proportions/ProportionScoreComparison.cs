namespace Assay.Statistics;

/// <summary>Difference of two proportions as reports decide it.</summary>
/// <param name="Difference">Treatment − control, in [−1, 1].</param>
/// <param name="Interval">Excludes 0 exactly when <paramref name="PValue"/> is at most alpha.</param>
/// <param name="Z">Of no difference; with few events the z that has the p-value.</param>
/// <param name="PValue">Two-sided; not estimable without a success or a failure anywhere.</param>
/// <param name="ExactPValue">Of Fisher's test, twice its smaller tail; null where events are many or nothing can be tested.</param>
/// <param name="HasFewEvents">An arm has fewer than <see cref="ProportionScore.FewestEvents"/> successes or failures.</param>
/// <param name="IsExtended">The score rejects and the exact test does not, so the interval was extended to 0.</param>
public readonly record struct ProportionScoreComparison(
    double Difference, Interval Interval, Estimated<double> Z, Estimated<double> PValue, double? ExactPValue, bool HasFewEvents, bool IsExtended);
