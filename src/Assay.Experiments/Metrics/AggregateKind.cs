namespace Assay.Experiments;

/// <summary>How a unit's rows become one value.</summary>
public enum AggregateKind { Any, Sum, Mean, Last, Min, Max, Count }
