namespace Assay.Analysis;

/// <summary>One variant among all, as a Bayesian sees it.</summary>
/// <param name="Variant">Its key; the control is among them.</param>
/// <param name="ProbabilityBest">That it is the best of all variants.</param>
/// <param name="ExpectedLoss">What is given up by choosing it, in mean, in the metric's unit; 0 or more.</param>
public sealed record BayesianVariant(string Variant, double ProbabilityBest, double ExpectedLoss);
