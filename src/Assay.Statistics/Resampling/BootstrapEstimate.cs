namespace Assay.Statistics;

/// <summary>An estimate with its bootstrap error and intervals.</summary>
/// <param name="Estimate">From the data as they are.</param>
/// <param name="StandardError">Standard deviation of the resamples' estimates.</param>
/// <param name="Interval">Bias-corrected and accelerated (BCa), at level 1 − alpha.</param>
/// <param name="PercentileInterval">Plain quantiles of the resamples, for comparison.</param>
/// <param name="Bias">Mean of the resamples' estimates − estimate.</param>
/// <param name="Resamples">Number of resamples.</param>
public sealed record BootstrapEstimate(
    double Estimate, double StandardError, Interval Interval, Interval PercentileInterval, double Bias, int Resamples);
