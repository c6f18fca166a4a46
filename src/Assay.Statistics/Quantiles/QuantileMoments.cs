namespace Assay.Statistics;

/// <summary>All that a comparison of quantiles needs to know of one arm.</summary>
public readonly record struct QuantileMoments
{
    /// <param name="quantile">Which quantile, in (0, 1): .95 for P95.</param>
    /// <param name="events">Number of events, such as requests.</param>
    /// <param name="units">Number of randomisation units that they came from.</param>
    /// <param name="estimate">The sample quantile; +∞ when so many events failed.</param>
    /// <param name="low">Lower end of its interval by order statistics; at most the estimate.</param>
    /// <param name="high">Upper end; at least the estimate; may be +∞.</param>
    /// <param name="intervalZ">The normal quantile that the interval was made with: 1.96 for 95 %.</param>
    /// <exception cref="ArgumentOutOfRangeException">quantile is outside (0, 1), a count is negative, or intervalZ is not positive.</exception>
    /// <exception cref="ArgumentException">The estimate is NaN or lies outside [low, high].</exception>
    public QuantileMoments(double quantile, long events, long units, double estimate, double low, double high, double intervalZ)
    {
        Guard.Probability(quantile);
        ArgumentOutOfRangeException.ThrowIfNegative(events);
        ArgumentOutOfRangeException.ThrowIfNegative(units);
        Guard.Positive(intervalZ);
        if (!(low <= estimate && estimate <= high)) throw new ArgumentException($"the estimate {estimate} must lie in [{low}, {high}]", nameof(estimate));
        (Quantile, Events, Units, Estimate, Low, High, IntervalZ) = (quantile, events, units, estimate, low, high, intervalZ);
    }

    public double Quantile { get; }

    public long Events { get; }

    public long Units { get; }

    public double Estimate { get; }

    public double Low { get; }

    public double High { get; }

    public double IntervalZ { get; }

    /// <summary>(High − Low) / (2 z); infinite or NaN when an end is infinite, which <see cref="QuantileDifference"/> turns into a reason.</summary>
    internal double StandardError => (High - Low) / (2 * IntervalZ);
}
