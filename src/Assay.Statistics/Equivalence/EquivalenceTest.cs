namespace Assay.Statistics;

/// <summary>Two one-sided tests: is a difference inside the margins?</summary>
/// <param name="LowerPValue">Of "at or below the lower margin"; small means that the difference lies above it.</param>
/// <param name="UpperPValue">Of "at or above the upper margin".</param>
/// <param name="PValue">The larger of the two.</param>
/// <param name="Interval">At level 1 − 2·alpha: inside the margins exactly when p is below alpha.</param>
/// <param name="Equivalent">p is at most alpha.</param>
public readonly record struct EquivalenceTest(double LowerPValue, double UpperPValue, double PValue, Interval Interval, bool Equivalent);
