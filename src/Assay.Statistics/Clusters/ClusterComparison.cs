namespace Assay.Statistics;

/// <summary>Difference of two means of clustered values, with errors that know the clusters.</summary>
/// <param name="Estimand">Which mean it is about.</param>
/// <param name="Difference">Treatment − control.</param>
/// <param name="Cr1StandardError">Sandwich error with the factor G/(G − 1) · (N − 1)/(N − 2); too small with few clusters.</param>
/// <param name="Cr2StandardError">Bias-reduced sandwich error under the identity working model: the one that p and interval use.</param>
/// <param name="DegreesOfFreedom">Satterthwaite's, for the CR2 error; 4 or more.</param>
/// <param name="Statistic">Difference / CR2 error.</param>
/// <param name="PValue">For the alternative asked for, from the t distribution.</param>
/// <param name="Interval">At level 1 − alpha.</param>
/// <param name="ControlClusters">Clusters with values in the control; 4 or more.</param>
/// <param name="TreatmentClusters">The same for the treatment.</param>
/// <param name="NeedsPermutation">True below 10 clusters in an arm: show <see cref="PermutationTest.Clusters"/> beside it.</param>
public sealed record ClusterComparison(
    ClusterEstimand Estimand, double Difference, double Cr1StandardError, double Cr2StandardError, double DegreesOfFreedom, double Statistic,
    double PValue, Interval Interval, int ControlClusters, int TreatmentClusters, bool NeedsPermutation);
