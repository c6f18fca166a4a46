namespace Assay.Experiments;

/// <summary>A metric in the role that one experiment gives it.</summary>
public sealed record ExperimentMetric(Metric Metric, MetricRole Role);
