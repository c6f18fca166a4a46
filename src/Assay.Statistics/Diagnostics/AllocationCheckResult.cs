namespace Assay.Statistics;

/// <summary>Sample ratio of a bandit: were arms taken as often as their propensities promise?</summary>
/// <param name="Excess">Per arm Σ(1{A = arm} − e), in pulls.</param>
/// <param name="ZScores">The same standardised by √Σe(1 − e); not estimable for an arm that chance never touched.</param>
/// <param name="ChiSquare">Of all arms together.</param>
/// <param name="DegreesOfFreedom">Arms that chance touched, less 1.</param>
/// <param name="PValue">Below .001 the record of propensities, or of pulls, is wrong.</param>
public sealed record AllocationCheckResult(
    IReadOnlyList<double> Excess, IReadOnlyList<Estimated<double>> ZScores, double ChiSquare, int DegreesOfFreedom, double PValue);
