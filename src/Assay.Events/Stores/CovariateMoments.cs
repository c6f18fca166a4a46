namespace Assay.Events;

/// <summary>How the plan's covariate goes together with a metric, over the units of one arm that enter the estimate.</summary>
/// <remarks>Units without a value have the mean of all that have one, in every arm the same number, and are marked by an indicator, 1 where it was missing.
/// Variances and covariances are with n − 1; 0 below two units.</remarks>
/// <param name="Missing">Units without a value.</param>
/// <param name="Mean">Of the filled covariate.</param>
/// <param name="Variance">Of the filled covariate.</param>
/// <param name="Covariance">Of the metric's value (numerator of a ratio) and the filled covariate.</param>
/// <param name="MissingVariance">Of the indicator.</param>
/// <param name="MissingCovariance">Of the metric's value and the indicator.</param>
/// <param name="CovariateMissingCovariance">Of the filled covariate and the indicator.</param>
/// <param name="DenominatorCovariance">Of a ratio's denominator and the filled covariate.</param>
/// <param name="DenominatorMissingCovariance">Of a ratio's denominator and the indicator.</param>
public sealed record CovariateMoments(
    long Missing, double Mean, double Variance, double Covariance, double MissingVariance, double MissingCovariance, double CovariateMissingCovariance,
    double DenominatorCovariance = 0, double DenominatorMissingCovariance = 0);
