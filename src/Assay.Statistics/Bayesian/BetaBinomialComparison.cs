namespace Assay.Statistics;

/// <summary>Two proportions as a Bayesian sees them. Stopping when these look good has no error guarantee: see
/// <see cref="BayesianWarning"/>.</summary>
/// <param name="Control">What is believed of the control.</param>
/// <param name="Treatment">What is believed of the treatment.</param>
/// <param name="Difference">Mean of treatment − control.</param>
/// <param name="Interval">Holds the difference with probability 1 − alpha, an equal share beyond each end.</param>
/// <param name="ProbabilityTreatmentBetter">P(treatment &gt; control).</param>
/// <param name="ExpectedLossChoosingControl">E[max(treatment − control, 0)]: what is given up by choosing the control.</param>
/// <param name="ExpectedLossChoosingTreatment">E[max(control − treatment, 0)].</param>
public sealed record BetaBinomialComparison(
    BetaPosterior Control, BetaPosterior Treatment, double Difference, Interval Interval, double ProbabilityTreatmentBetter,
    double ExpectedLossChoosingControl, double ExpectedLossChoosingTreatment);
