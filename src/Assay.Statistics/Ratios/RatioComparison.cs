namespace Assay.Statistics;

/// <summary>Difference of two ratios of sums.</summary>
/// <param name="Control">The control's ratio with its own interval.</param>
/// <param name="Treatment">The treatment's ratio with its own interval.</param>
/// <param name="Difference">Treatment − control, in the ratio's unit.</param>
/// <param name="StandardError">By the delta method; positive.</param>
/// <param name="Statistic">Difference / standard error.</param>
/// <param name="PValue">Two-sided. By the delta method the normal tail of <paramref name="Statistic"/>; by Fieller the level at which the interval
/// touches 0, and not estimable (the reason names a bound) when no bounded interval does.</param>
/// <param name="Interval">At level 1 − alpha, by <paramref name="Method"/>.</param>
/// <param name="Method">Fieller as soon as one arm needs it.</param>
public readonly record struct RatioComparison(
    RatioEstimate Control, RatioEstimate Treatment, double Difference, double StandardError, double Statistic,
    Estimated<double> PValue, Interval Interval, RatioMethod Method);
