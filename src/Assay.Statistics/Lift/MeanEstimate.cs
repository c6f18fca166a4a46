namespace Assay.Statistics;

/// <summary>An estimate and its standard error, whatever they came from: a mean, a proportion, a ratio, a quantile.</summary>
public readonly record struct MeanEstimate
{
    /// <param name="value">The estimate; finite.</param>
    /// <param name="standardError">Its standard error; finite, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">value is not finite, or standardError is negative or not finite.</exception>
    public MeanEstimate(double value, double standardError)
    {
        Guard.Finite(value);
        Guard.NonNegative(standardError);
        (Value, StandardError) = (value, standardError);
    }

    public double Value { get; }

    public double StandardError { get; }

    /// <summary>The mean of a sample with its standard error.</summary>
    /// <param name="moments">At least 1 unit.</param>
    /// <exception cref="ArgumentException">There are no units.</exception>
    public static MeanEstimate Of(SampleMoments moments) => moments.N > 0
        ? new(moments.Mean, Math.Sqrt(moments.Variance / moments.N))
        : throw new ArgumentException("there are no units", nameof(moments));

    /// <summary>A proportion with its binomial standard error.</summary>
    /// <param name="arm">At least 1 trial.</param>
    /// <exception cref="InvalidOperationException">There are no trials.</exception>
    public static MeanEstimate Of(Proportion arm) => new(arm.Rate, Math.Sqrt(arm.Rate * (1 - arm.Rate) / arm.Trials));
}
