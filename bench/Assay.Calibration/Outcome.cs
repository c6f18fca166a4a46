using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>One simulated experiment.</summary>
/// <param name="Rejected">The null hypothesis was rejected.</param>
/// <param name="Covered">The interval holds the truth; null without an interval.</param>
public readonly record struct Outcome(bool Rejected, bool? Covered = null);

/// <summary>Draws an experiment and judges it.</summary>
public delegate Outcome Trial(ref RandomStream random);

/// <summary>The same with an effect of a given size; 0 for none.</summary>
public delegate Outcome ShiftedTrial(ref RandomStream random, double effect);
