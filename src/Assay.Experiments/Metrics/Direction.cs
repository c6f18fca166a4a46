namespace Assay.Experiments;

/// <summary>Which way is good.</summary>
public enum Direction { Higher, Lower }
