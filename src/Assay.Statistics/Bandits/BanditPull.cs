namespace Assay.Statistics;

/// <summary>One pull whose reward is decided.</summary>
/// <param name="Arm">The arm taken, from 0.</param>
/// <param name="Propensities">The probability that each arm had; their sum is 1.</param>
/// <param name="Reward">Finite; null when it is missing for good.</param>
public sealed record BanditPull(int Arm, IReadOnlyList<double> Propensities, double? Reward);
