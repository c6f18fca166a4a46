namespace Assay.Statistics;

/// <summary>Result of a test for sample ratio mismatch.</summary>
/// <param name="ChiSquare">Pearson's statistic.</param>
/// <param name="DegreesOfFreedom">Arms with positive weight, less 1.</param>
/// <param name="PValue">Below .001 makes an experiment invalid.</param>
public readonly record struct SampleRatioTest(double ChiSquare, int DegreesOfFreedom, double PValue);
