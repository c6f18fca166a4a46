namespace Assay.Experiments;

/// <summary>A beta distribution of each arm's share; a normal one of each arm's mean; or a normal one of treatment − control, nothing being assumed of the control.</summary>
public enum PriorKind { Beta, Value, Effect }
