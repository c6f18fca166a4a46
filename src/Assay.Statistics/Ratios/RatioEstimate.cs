namespace Assay.Statistics;

/// <summary>One arm's ratio of sums, such as cost per resolved conversation.</summary>
/// <param name="Ratio">Mean numerator / mean denominator; never an average of per-unit ratios.</param>
/// <param name="StandardError">By the delta method; positive.</param>
/// <param name="Interval">At level 1 − alpha, by <paramref name="Method"/>.</param>
/// <param name="G">(z · SE(denominator) / denominator)²: below 1 for every estimate that is given.</param>
/// <param name="Method">How the interval was made.</param>
public readonly record struct RatioEstimate(double Ratio, double StandardError, Interval Interval, double G, RatioMethod Method);
