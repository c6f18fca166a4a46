namespace Assay.Experiments;

/// <summary>With several primaries: all must win, or any (alpha shared by Holm).</summary>
public enum PrimaryRule { All, Any }
