namespace Assay.Statistics;

/// <summary>Is a treatment worse by less than a margin?</summary>
/// <param name="Difference">Treatment − control.</param>
/// <param name="PValue">Of "worse by the margin or more", one-sided.</param>
/// <param name="Bound">The one-sided (1 − alpha) limit of the difference on the side of harm; beyond −margin or +margin it fails.</param>
/// <param name="NonInferior">p is at most alpha.</param>
public readonly record struct NonInferiorityTest(double Difference, double PValue, double Bound, bool NonInferior);
