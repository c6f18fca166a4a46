namespace Assay.Statistics;

/// <summary>An estimate with an interval that holds at all times at once.</summary>
/// <param name="Estimate">In the metric's unit.</param>
/// <param name="StandardError">Its standard error now; positive.</param>
/// <param name="Interval">Contains the truth at every time with probability 1 − alpha; one end is infinite for a one-sided alternative.</param>
/// <param name="PValue">Against 0, now. Valid whenever one stops; so is the smallest one seen so far.</param>
public readonly record struct AlwaysValidEstimate(double Estimate, double StandardError, Interval Interval, double PValue)
{
    /// <summary>Distance from the estimate to the finite ends.</summary>
    public double HalfWidth => double.IsFinite(Interval.Low) ? Estimate - Interval.Low : Interval.High - Estimate;
}
