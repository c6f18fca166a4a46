namespace Assay.Statistics;

/// <summary>Result of the Mann–Whitney test.</summary>
/// <param name="U">Pairs (one unit of each arm) in which the treatment's value is larger; an equal pair counts ½.</param>
/// <param name="Superiority">U / (n_C · n_T), the estimated P(treatment &gt; control) + ½ P(equal), in [0, 1]: ½ is "no tendency".</param>
/// <param name="SuperiorityInterval">At level 1 − alpha, two-sided, from the variance of the placements; not estimable when the arms do not
/// overlap or an arm has fewer than 2 units.</param>
/// <param name="PValue">By the normal approximation with the ties' correction and the continuity correction.</param>
/// <param name="ExactPValue">From all orders of the values; not estimable with ties or above 50 units in an arm.</param>
public sealed record MannWhitneyTest(
    double U, double Superiority, Estimated<Interval> SuperiorityInterval, double PValue, Estimated<double> ExactPValue);
