namespace Assay.Statistics;

/// <summary>Mean human label per item of one arm's traffic.</summary>
/// <param name="Estimate">Σψ / items.</param>
/// <param name="StandardError">By the delta method over units; positive.</param>
/// <param name="Interval">At level 1 − alpha, t with labels − 1 degrees of freedom.</param>
/// <param name="Lambdas">How far the judge is trusted: one number, or one per fold when cross-fitted.</param>
/// <param name="Labels">Number of human labels.</param>
/// <param name="Units">Randomisation units.</param>
public sealed record PredictionPoweredRate(
    double Estimate, double StandardError, Interval Interval, IReadOnlyList<double> Lambdas, int Labels, int Units);
