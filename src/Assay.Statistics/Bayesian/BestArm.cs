namespace Assay.Statistics;

/// <summary>One of several arms.</summary>
/// <param name="Posterior">What is believed of its proportion.</param>
/// <param name="ProbabilityBest">That it is the largest of all.</param>
/// <param name="ExpectedLoss">E[largest − this one]: what is given up by choosing it.</param>
public sealed record BestArm(BetaPosterior Posterior, double ProbabilityBest, double ExpectedLoss);
