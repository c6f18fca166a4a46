namespace Assay.Experiments;

/// <summary>From which spread the covariates' coefficients are estimated.</summary>
public enum ThetaKind
{
    /// <summary>Covariances within the arms, summed: the effect itself never enters.</summary>
    WithinArm,

    /// <summary>Covariances over both arms together, as GrowthBook does.</summary>
    Total,
}
