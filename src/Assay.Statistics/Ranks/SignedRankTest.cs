namespace Assay.Statistics;

/// <summary>Result of the Wilcoxon signed-rank test.</summary>
/// <param name="PositiveRankSum">W⁺, the sum of the ranks of |difference| over the pairs in which the treatment is larger.</param>
/// <param name="Pairs">Pairs that differ; equal ones are left out.</param>
/// <param name="PValue">By the normal approximation with the ties' correction and the continuity correction.</param>
/// <param name="ExactPValue">From all signs; not estimable with equal differences in size, with pairs left out, or above 60 pairs.</param>
/// <param name="PseudoMedian">Hodges–Lehmann estimate of the shift: the median of the means of all two differences; not estimable above
/// 5,000 pairs, where it would take too long.</param>
public sealed record SignedRankTest(
    double PositiveRankSum, int Pairs, double PValue, Estimated<double> ExactPValue, Estimated<double> PseudoMedian);
