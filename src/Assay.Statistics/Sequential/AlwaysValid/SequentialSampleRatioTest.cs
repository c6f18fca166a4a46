namespace Assay.Statistics;

/// <summary>Result of a test for sample ratio mismatch that may be repeated.</summary>
/// <param name="Evidence">Bayes factor of other shares than the weights against the weights, now.</param>
/// <param name="PValue">The smallest so far; below .001 makes an experiment invalid.</param>
public readonly record struct SequentialSampleRatioTest(EValue Evidence, double PValue);
