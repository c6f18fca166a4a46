namespace Assay.Statistics;

/// <summary>Difference of two independent proportions, with intervals and the pooled z test.</summary>
/// <param name="Difference">Treatment − control, in [−1, 1].</param>
/// <param name="StandardError">Unpooled; 0 when both arms are all failures or all successes, so never divide by it unasked.</param>
/// <param name="WaldInterval">Difference ± z · standard error; degenerate at 0 or all successes, for comparison with other tools only.</param>
/// <param name="NewcombeInterval">Hybrid-score interval; the one to decide by.</param>
/// <param name="Z">Statistic of the pooled test; not estimable at zero pooled variance.</param>
/// <param name="PValue">Two-sided p-value of <paramref name="Z"/>; not estimable when z is not.</param>
/// <param name="ControlWilson">Wilson score interval of the control's proportion.</param>
/// <param name="TreatmentWilson">The same for the treatment.</param>
public readonly record struct ProportionComparison(
    double Difference, double StandardError, Interval WaldInterval, Interval NewcombeInterval,
    Estimated<double> Z, Estimated<double> PValue, Interval ControlWilson, Interval TreatmentWilson);
