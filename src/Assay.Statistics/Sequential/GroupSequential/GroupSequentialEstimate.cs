namespace Assay.Statistics;

/// <summary>What may be said after a group-sequential experiment has ended. Drifts are E[Z] at information fraction 1.</summary>
/// <param name="Look">The look at which it ended, from 1.</param>
/// <param name="InformationFraction">Information then.</param>
/// <param name="Z">The statistic then.</param>
/// <param name="PValueOneSided">Chance of an outcome as extreme in the direction of z, had there been no effect, in the stage-wise order:
/// a stop at an earlier look is more extreme than any at a later one.</param>
/// <param name="PValue">Two-sided: twice that, at most 1. Of a one-sided design the same as the one-sided.</param>
/// <param name="Drift">Median-unbiased: as likely too large as too small.</param>
/// <param name="DriftInterval">Two-sided stage-wise interval; agrees with the p-value.</param>
public sealed record GroupSequentialEstimate(
    int Look, double InformationFraction, double Z, double PValueOneSided, double PValue, double Drift, Interval DriftInterval)
{
    /// <summary>The naive estimate z / √t, which is too large after an early stop.</summary>
    public double NaiveDrift => Z / Math.Sqrt(InformationFraction);

    /// <summary>The median-unbiased estimate in the metric's unit.</summary>
    /// <param name="standardError">Standard error at the look of the stop, in the metric's unit; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">standardError is not positive and finite.</exception>
    public double Effect(double standardError) => Drift * Scale(standardError);

    /// <summary>The interval in the metric's unit.</summary>
    /// <param name="standardError">Standard error at the look of the stop, in the metric's unit; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">standardError is not positive and finite.</exception>
    public Interval EffectInterval(double standardError)
    {
        var scale = Scale(standardError);
        return new(DriftInterval.Low * scale, DriftInterval.High * scale);
    }

    // z = estimate / error, so a drift of z / √t stands for the estimate: the error at fraction 1 is error · √t.
    private double Scale(double standardError)
    {
        Guard.Positive(standardError);
        return standardError * Math.Sqrt(InformationFraction);
    }
}
