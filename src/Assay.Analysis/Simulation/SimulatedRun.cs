namespace Assay.Analysis;

/// <summary>One simulated experiment.</summary>
/// <param name="Decision">At its end.</param>
/// <param name="EndStep">The look of its end, as its place among those taken, from 0.</param>
/// <param name="CrossedAt">The place of the look at which a boundary was first crossed; −1 when none was.</param>
/// <param name="Units">At the end, all arms.</param>
/// <param name="Covered">Whether the interval holds the truth; null without an interval.</param>
/// <param name="Peeked">Whether a look taken alone would have rejected.</param>
/// <param name="GateOpened">Whether family 1 let the secondaries be tested.</param>
/// <param name="Claims">Bit i: secondary comparison i was claimed at some look.</param>
/// <param name="Segments">Where each simulated segment stood at the end.</param>
internal readonly record struct SimulatedRun(
    Decision Decision, int EndStep, int CrossedAt, long Units, bool? Covered, bool Peeked, bool GateOpened, ulong Claims, LimitState[] Segments);
