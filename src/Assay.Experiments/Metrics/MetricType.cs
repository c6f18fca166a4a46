namespace Assay.Experiments;

public enum MetricType { Proportion, Mean, Count, Ratio, Quantile }
