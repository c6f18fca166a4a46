namespace Assay.Experiments;

public enum MetricRole { Primary, Guardrail, Secondary }
