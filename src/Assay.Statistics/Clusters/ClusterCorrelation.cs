namespace Assay.Statistics;

/// <summary>How alike values of one cluster are, and what that costs.</summary>
/// <param name="IntraclassCorrelation">ANOVA estimate, at most 1; a negative one (values of a cluster less alike than strangers) is kept.</param>
/// <param name="Interval">At level 1 − alpha, from the F distribution with the average cluster size; approximate when sizes differ.</param>
/// <param name="DesignEffect">1 + (m − 1) · correlation with m = Σ size² / Σ size, and 1 where the correlation is negative: the variance of
/// the mean over values, relative to as many independent values.</param>
/// <param name="EffectiveSampleSize">Values / design effect.</param>
/// <param name="Values">Number of values.</param>
/// <param name="Clusters">Number of clusters.</param>
public sealed record ClusterCorrelation(
    double IntraclassCorrelation, Interval Interval, double DesignEffect, double EffectiveSampleSize, long Values, int Clusters);
