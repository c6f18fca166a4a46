namespace Assay.Analysis;

/// <summary>One simulated experiment.</summary>
/// <param name="Decision">At its end.</param>
/// <param name="EndLook">The look of its end, from 1.</param>
/// <param name="CrossedAt">The look at which a boundary was first crossed; 0 when none was.</param>
/// <param name="Units">At the end, all arms.</param>
/// <param name="Covered">Whether the interval holds the truth; null without an interval.</param>
/// <param name="Peeked">Whether a look taken alone would have rejected.</param>
internal readonly record struct SimulatedRun(Decision Decision, int EndLook, int CrossedAt, long Units, bool? Covered, bool Peeked);
