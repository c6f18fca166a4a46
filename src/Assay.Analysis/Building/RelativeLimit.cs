using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Interval of treatment − factor × control from the two arms' own intervals, so that a limit relative to the control is decided
/// even where the control has no events and the quotient does not exist.</summary>
/// <remarks>G. Y. Zou, A. Donner, Statistics in Medicine 27 (2008) 1693–1702, doi:10.1002/sim.3095, with the control's interval scaled.</remarks>
internal static class RelativeLimit
{
    /// <param name="control">The control's value.</param>
    /// <param name="controlInterval">Its interval, holding it.</param>
    /// <param name="treatment">The treatment's value.</param>
    /// <param name="treatmentInterval">Its interval, holding it.</param>
    /// <param name="factor">The limit of treatment / control; positive.</param>
    public static Interval Excess(double control, Interval controlInterval, double treatment, Interval treatmentInterval, double factor)
    {
        var excess = treatment - factor * control;
        return new Interval(
            excess - double.Hypot(treatment - treatmentInterval.Low, factor * (controlInterval.High - control)),
            excess + double.Hypot(treatmentInterval.High - treatment, factor * (control - controlInterval.Low)));
    }
}
