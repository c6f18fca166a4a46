namespace Assay.Statistics;

/// <summary>A covariate whose missing values were filled, with what must be said about it.</summary>
/// <param name="Control">The control's values, missing ones at the mean of all known ones of both arms.</param>
/// <param name="Treatment">The same for the treatment.</param>
/// <param name="ControlMissing">1 where the value was missing, else 0: a second covariate, which keeps the fill from biasing theta.</param>
/// <param name="TreatmentMissing">The same for the treatment.</param>
/// <param name="Shares">Missing among all, per arm, with a test of their difference: a mismatch means that the treatment touched the covariate.</param>
public sealed record FilledCovariate(
    double[] Control, double[] Treatment, double[] ControlMissing, double[] TreatmentMissing, Estimated<ProportionComparison> Shares)
{
    /// <summary>Missing values in both arms.</summary>
    public int Missing => (int)(ControlMissing.Sum() + TreatmentMissing.Sum());
}
