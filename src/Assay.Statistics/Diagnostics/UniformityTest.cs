namespace Assay.Statistics;

/// <summary>Whether p-values are spread as they must be when nothing differs.</summary>
/// <param name="Distance">Largest distance between their distribution and the uniform one, in (0, 1].</param>
/// <param name="PValue">Of that distance.</param>
/// <param name="ShareBelowAlpha">Share of the p-values at or below alpha: alpha, but for chance, when the test keeps its promise.</param>
/// <param name="ShareInterval">Its Wilson interval at 1 − alpha.</param>
public sealed record UniformityTest(double Distance, double PValue, double ShareBelowAlpha, Interval ShareInterval);
