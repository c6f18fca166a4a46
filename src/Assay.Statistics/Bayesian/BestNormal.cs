namespace Assay.Statistics;

/// <summary>One of several arms whose means are believed to be normal. Stopping when this looks good has no error guarantee: see <see cref="BayesianWarning"/>.</summary>
/// <param name="Mean">Of the arm's mean; of treatment − control where only differences have a prior (the control's is 0).</param>
/// <param name="StandardDeviation">Of the same; 0 or more.</param>
/// <param name="ProbabilityBest">That its mean is the largest of all.</param>
/// <param name="ExpectedLoss">E[largest mean − this one]: what is given up by choosing it.</param>
public readonly record struct BestNormal(double Mean, double StandardDeviation, double ProbabilityBest, double ExpectedLoss);
