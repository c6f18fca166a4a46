namespace Assay.Statistics;

/// <summary>From which spread the covariates' coefficients are estimated.</summary>
public enum CupedTheta
{
    /// <summary>Covariances within the arms, summed: the effect itself never enters. The default.</summary>
    WithinArm,

    /// <summary>Covariances over both arms together, as GrowthBook does; a large effect or imbalance leaks into them.</summary>
    Total,
}
