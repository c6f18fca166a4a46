namespace Assay.Statistics;

/// <summary>Evidence against a hypothesis that may be looked at all the time: under it, the chance ever to exceed 1 / alpha is at most alpha.</summary>
/// <param name="Log">Natural logarithm of the e-value; never NaN.</param>
public readonly record struct EValue(double Log)
{
    /// <summary>The e-value; infinite above 1e308.</summary>
    public double Value => Math.Exp(Log);

    /// <summary>1 / e, at most 1: valid whenever one stops.</summary>
    public double PValue => Log <= 0 ? 1 : Math.Exp(-Log);
}
