namespace Assay.Statistics;

/// <summary>An effect as a Bayesian sees it. Stopping when this looks good has no error guarantee: see <see cref="BayesianWarning"/>.</summary>
/// <param name="Mean">Mean of the effect.</param>
/// <param name="StandardDeviation">Its standard deviation; 0 or more.</param>
/// <param name="Interval">Holds the effect with probability 1 − alpha.</param>
/// <param name="ProbabilityTreatmentBetter">P(effect &gt; 0).</param>
/// <param name="ExpectedLossChoosingControl">E[max(effect, 0)], in the effect's unit.</param>
/// <param name="ExpectedLossChoosingTreatment">E[max(−effect, 0)].</param>
public sealed record NormalPosterior(
    double Mean, double StandardDeviation, Interval Interval, double ProbabilityTreatmentBetter, double ExpectedLossChoosingControl,
    double ExpectedLossChoosingTreatment);
