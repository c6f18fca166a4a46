namespace Assay.Statistics;

/// <summary>Result of a chi-square test of a table of counts.</summary>
/// <param name="ChiSquare">Pearson's statistic.</param>
/// <param name="DegreesOfFreedom">(rows − 1)(columns − 1), counting those with units.</param>
/// <param name="PValue">Of rows and columns having nothing to do with each other.</param>
public sealed record IndependenceTest(double ChiSquare, int DegreesOfFreedom, double PValue);
