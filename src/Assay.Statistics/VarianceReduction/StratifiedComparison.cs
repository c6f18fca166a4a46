namespace Assay.Statistics;

/// <summary>A difference with the arms' strata brought to the same shares.</summary>
/// <param name="Adjusted">The post-stratified difference with its t test.</param>
/// <param name="ControlMean">The control's unadjusted mean or ratio: the lift's denominator.</param>
/// <param name="TreatmentMean">The treatment's unadjusted mean or ratio.</param>
/// <param name="Lift">Adjusted difference / |control's unadjusted mean|; not estimable at a control of 0.</param>
/// <param name="Strata">Number of strata with units.</param>
public sealed record StratifiedComparison(
    MeanComparison Adjusted, double ControlMean, double TreatmentMean, Estimated<LiftComparison> Lift, int Strata);
