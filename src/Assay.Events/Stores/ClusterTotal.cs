namespace Assay.Events;

/// <summary>One cluster's own value: what it adds to the numerator and the denominator of its arm's mean.</summary>
/// <param name="Value">The unit value (numerator of a ratio), capped where the metric is.</param>
/// <param name="Weight">1; of a ratio the denominator.</param>
public readonly record struct ClusterTotal(double Value, double Weight);
