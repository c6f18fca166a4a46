namespace Assay.Calibration;

/// <summary>What a method claims of its error rate in a setting.</summary>
public enum Promise
{
    /// <summary>At most alpha, at any sample size.</summary>
    Exact,

    /// <summary>Alpha in large samples: 1.1 alpha is allowed.</summary>
    Asymptotic,

    /// <summary>Outside what the method promises; the rate is shown so that nobody has to guess.</summary>
    Published,
}
