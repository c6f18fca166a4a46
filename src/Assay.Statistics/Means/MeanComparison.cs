namespace Assay.Statistics;

/// <summary>Difference of two means, with its test and interval.</summary>
/// <param name="Difference">Treatment − control, in the metric's unit.</param>
/// <param name="StandardError">Standard error of the difference; positive.</param>
/// <param name="Statistic">t, the difference in standard errors.</param>
/// <param name="DegreesOfFreedom">Of the t distribution used; not always whole.</param>
/// <param name="PValue">For the alternative that was asked for.</param>
/// <param name="Interval">At level 1 − alpha; one end is infinite for a one-sided alternative.</param>
public readonly record struct MeanComparison(
    double Difference, double StandardError, double Statistic, double DegreesOfFreedom, double PValue, Interval Interval);
