namespace Assay.Statistics;

/// <summary>One arm's mean over clusters, Σ sums / Σ weights.</summary>
/// <param name="Mean">The mean; of a ratio's parts, the ratio.</param>
/// <param name="StandardError">CR2.</param>
/// <param name="DegreesOfFreedom">Satterthwaite's; one less than the clusters when they are equal.</param>
/// <param name="Interval">At level 1 − alpha, by t.</param>
/// <param name="Clusters">Clusters with weight.</param>
public sealed record ClusterMean(double Mean, double StandardError, double DegreesOfFreedom, Interval Interval, int Clusters);
