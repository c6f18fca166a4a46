namespace Assay.Statistics;

/// <summary>Prediction-powered scores summed to the unit: from here on an ordinary metric (mean, ratio, CUPED, clusters, looks).</summary>
/// <param name="Units">Ids in the order of their first item.</param>
/// <param name="Sums">Σψ per unit; its expectation is the sum of the unit's human labels, had all been given.</param>
/// <param name="Items">Items per unit: the denominator of a rate per item.</param>
/// <param name="Lambdas">How far the judge is trusted: one number, or one per fold when cross-fitted.</param>
/// <param name="Labels">Number of human labels.</param>
public sealed record UnitScores(
    IReadOnlyList<long> Units, IReadOnlyList<double> Sums, IReadOnlyList<double> Items, IReadOnlyList<double> Lambdas, int Labels)
{
    /// <summary>Moments of the rate per item, for <see cref="RatioMetric"/>.</summary>
    public RatioMoments ToRatioMoments() => RatioMoments.FromValues([.. Sums], [.. Items]);
}
