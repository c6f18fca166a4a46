namespace Assay.Experiments;

/// <summary>What is believed of a metric before data.</summary>
/// <param name="Kind">What the belief is about.</param>
/// <param name="First">Beta: alpha, positive. Else the mean of the belief, in the metric's unit.</param>
/// <param name="Second">Beta: beta, positive. Else its standard deviation, positive.</param>
public sealed record Prior(PriorKind Kind, double First, double Second);
