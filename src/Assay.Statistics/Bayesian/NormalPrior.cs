namespace Assay.Statistics;

/// <summary>What is believed of an effect before data: a normal distribution, or nothing at all.</summary>
public readonly record struct NormalPrior
{
    private readonly double _precision;

    /// <param name="mean">Finite.</param>
    /// <param name="variance">Positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">mean is not finite, or variance is not positive and finite.</exception>
    public NormalPrior(double mean, double variance)
    {
        Guard.Finite(mean);
        Guard.Positive(variance);
        (Mean, _precision) = (mean, 1 / variance);
    }

    /// <summary>The improper flat prior: every effect is as likely, so data alone speak. The default instance.</summary>
    public static NormalPrior Improper => default;

    public double Mean { get; }

    internal double Precision => _precision;

    /// <summary>A prior of a relative effect as one of the absolute effect.</summary>
    /// <param name="control">The control's estimate; not 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">control is 0 or not finite.</exception>
    public NormalPrior ToAbsolute(double control)
    {
        Guard.Positive(Math.Abs(control), nameof(control));
        return Precision == 0 ? this : new NormalPrior(Mean * Math.Abs(control), control * control / Precision);
    }
}
