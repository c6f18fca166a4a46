namespace Assay.Statistics;

/// <summary>Difference of two arms, adjusted for what was known of the units before.</summary>
/// <param name="Theta">One coefficient per covariate; 0 for a dropped one.</param>
/// <param name="Dropped">Covariates (from 0) that are constant or determined by earlier ones.</param>
/// <param name="ControlMean">The control's unadjusted mean or ratio: the lift's denominator.</param>
/// <param name="TreatmentMean">The treatment's unadjusted mean or ratio.</param>
/// <param name="Adjusted">The adjusted difference with its t test; the error treats theta as known.</param>
/// <param name="VarianceReduction">1 − adjusted / unadjusted variance of the difference; below 0 when adjusting did harm.</param>
/// <param name="Lift">Adjusted difference / |control's unadjusted mean|; not estimable at a control of 0.</param>
public sealed record CupedComparison(
    IReadOnlyList<double> Theta, IReadOnlyList<int> Dropped, double ControlMean, double TreatmentMean, MeanComparison Adjusted,
    double VarianceReduction, Estimated<LiftComparison> Lift);
