namespace Assay.Statistics;

/// <summary>A mean of human labels, made narrower by a judge who saw everything.</summary>
/// <param name="Estimate">Prediction-powered mean.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Interval">At level 1 − alpha by t with labels − 1 degrees of freedom.</param>
/// <param name="Lambda">How far the judge is trusted, in [0, 1]: 0 is the labels alone.</param>
/// <param name="ClassicalStandardError">Of the labels alone.</param>
/// <param name="EquivalentLabels">How many labels alone would buy the same error.</param>
/// <param name="Labels">Number of human labels.</param>
public sealed record PredictionPoweredEstimate(
    double Estimate, double StandardError, Interval Interval, double Lambda, double ClassicalStandardError, double EquivalentLabels, int Labels);
