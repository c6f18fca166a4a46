namespace Assay.Statistics;

/// <summary>A number computed from a sample, such as a median; must not depend on the order and be safe to call from several threads.</summary>
/// <param name="values">The sample; the span may be sorted or changed in place.</param>
public delegate double SampleStatistic(Span<double> values);
