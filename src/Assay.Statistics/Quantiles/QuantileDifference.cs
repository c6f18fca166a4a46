namespace Assay.Statistics;

/// <summary>Compares the same quantile of two arms.</summary>
public static class QuantileDifference
{
    /// <summary>Difference of two quantiles, treatment minus control.</summary>
    /// <param name="control">The control's quantile and interval.</param>
    /// <param name="treatment">The treatment's, of the same quantile.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <returns>The comparison; not estimable when a value is infinite (failures count as +∞) or neither arm's interval has width.</returns>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    /// <exception cref="ArgumentException">The arms hold different quantiles.</exception>
    /// <remarks>Fixed horizon. Standard error of an arm = half the width of its interval / z: R. S. Woodruff, Journal of the American
    /// Statistical Association 47 (1952) 635–646, doi:10.1080/01621459.1952.10483443.</remarks>
    public static Estimated<QuantileComparison> Compare(QuantileMoments control, QuantileMoments treatment, double alpha)
    {
        Guard.Probability(alpha);
        if (control.Quantile != treatment.Quantile)
            throw new ArgumentException($"the arms hold different quantiles, {control.Quantile} and {treatment.Quantile}", nameof(treatment));
        if (WhyNot(control) is { } controlReason) return new NotEstimable("control: " + controlReason);
        if (WhyNot(treatment) is { } treatmentReason) return new NotEstimable("treatment: " + treatmentReason);
        var difference = treatment.Estimate - control.Estimate;
        var standardError = double.Hypot(control.StandardError, treatment.StandardError);
        if (standardError == 0) return new NotEstimable("in both arms the values around the quantile are all the same, so there is no error to judge by");
        var statistic = difference / standardError;
        return new QuantileComparison(
            difference, standardError, statistic, StandardNormal.TwoSidedTail(statistic),
            Tails.Interval(difference, standardError, double.PositiveInfinity, alpha, Alternative.TwoSided));
    }

    internal const string FailedQuantile = "so many events failed that the quantile itself is a failure";

    private static string? WhyNot(QuantileMoments arm) =>
        !double.IsFinite(arm.Estimate) ? FailedQuantile
        : !double.IsFinite(arm.Low) || !double.IsFinite(arm.High) ? "so many events failed that the quantile's interval has no finite end"
        : null;
}
