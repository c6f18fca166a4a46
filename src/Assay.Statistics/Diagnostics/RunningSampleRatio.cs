namespace Assay.Statistics;

/// <summary>The sample ratio test of a whole run, from the units counted so far at each of its checks.</summary>
/// <param name="PValue">The smallest of 1 / Bayes factor over the checks, at most 1; below .001 the experiment is invalid.</param>
/// <param name="SmallestAt">Index of the check with the smallest.</param>
public sealed record RunningSampleRatio(double PValue, int SmallestAt);
