namespace Assay.Analysis;

/// <summary>One segment at the end of the runs.</summary>
/// <param name="Attribute">Of the units.</param>
/// <param name="Value">The value that makes the segment.</param>
/// <param name="Share">Of all units.</param>
/// <param name="Effect">What is true of the primaries there, positive is good.</param>
/// <param name="MaxLoss">The largest tolerated loss; null when the segment is not critical, and then it has no state.</param>
/// <param name="Kept">Share of the runs at whose end a larger loss was excluded in every treatment and primary.</param>
/// <param name="Undecided">Share in which it was not, so that a win is held.</param>
/// <param name="Broken">Share in which it was certain.</param>
public sealed record SimulatedSegment(string Attribute, string Value, double Share, double Effect, double? MaxLoss, double? Kept, double? Undecided, double? Broken);
