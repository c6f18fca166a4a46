namespace Assay.Experiments;

/// <summary>What a unit without a row counts as.</summary>
public enum MissingRule { Zero, Exclude }
