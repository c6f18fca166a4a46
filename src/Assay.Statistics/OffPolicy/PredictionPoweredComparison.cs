namespace Assay.Statistics;

/// <summary>Difference of two prediction-powered means.</summary>
/// <param name="Control">The control, with its own labels and lambda.</param>
/// <param name="Treatment">The same for the treatment.</param>
/// <param name="Of">Treatment − control; t with the smaller arm's labels − 1 degrees of freedom.</param>
public sealed record PredictionPoweredComparison(PredictionPoweredEstimate Control, PredictionPoweredEstimate Treatment, MeanComparison Of);
