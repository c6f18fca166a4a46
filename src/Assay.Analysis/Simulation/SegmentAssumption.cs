namespace Assay.Analysis;

/// <summary>What is true of the units with one value of an attribute.</summary>
/// <param name="Attribute">A segment attribute of the experiment.</param>
/// <param name="Value">The value.</param>
/// <param name="Share">Of all units, in (0, 1); null: an equal part, the rest being one part too.</param>
/// <param name="Effect">Difference of every treatment in every primary there, positive is good; null: as everywhere.</param>
public sealed record SegmentAssumption(string Attribute, string Value, double? Share, double? Effect);
