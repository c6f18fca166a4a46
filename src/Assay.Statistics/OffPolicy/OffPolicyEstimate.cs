namespace Assay.Statistics;

/// <summary>The value of a policy that was not the one that acted.</summary>
/// <param name="Value">Mean reward per event under the target policy.</param>
/// <param name="StandardError">Standard error; positive.</param>
/// <param name="Interval">At level 1 − alpha, normal.</param>
public sealed record OffPolicyEstimate(double Value, double StandardError, Interval Interval);
