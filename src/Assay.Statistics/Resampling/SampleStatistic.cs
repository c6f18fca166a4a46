namespace Assay.Statistics;

/// <summary>A number computed from a sample, such as a median; must not depend on the order and be safe to call from several threads.</summary>
/// <param name="values">The sample in ascending order, so that a percentile is a look-up; the span may be changed in place.</param>
public delegate double SampleStatistic(Span<double> values);
