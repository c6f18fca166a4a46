namespace Assay.Statistics;

/// <summary>Result of the exact sign-flip test.</summary>
/// <param name="Difference">Mean of the differences, treatment − control.</param>
/// <param name="PValue">Two-sided; never below 2 / 2ⁿ.</param>
/// <param name="Interval">Shifts that the test does not reject; an end is infinite where too few pairs bound it (below 6 at alpha .05).</param>
/// <param name="Pairs">Number of pairs, those that do not differ included.</param>
public sealed record SignFlipEstimate(double Difference, double PValue, Interval Interval, int Pairs);
