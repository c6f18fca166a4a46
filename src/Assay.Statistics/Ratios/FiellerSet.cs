namespace Assay.Statistics;

/// <summary>Fieller's confidence set for a ratio of two correlated, approximately normal estimates; an interval while g is below 1.</summary>
internal static class FiellerSet
{
    /// <summary>(critical · SE(d) / d)²: how near the denominator is to 0, in units of what can be told apart.</summary>
    public static double G(double denominator, double varianceDenominator, double critical) =>
        critical * critical * varianceDenominator / (denominator * denominator);

    /// <summary>The interval; the variances and the covariance are those of the estimates; needs g &lt; 1.</summary>
    public static Interval Interval(
        double numerator, double denominator, double varianceNumerator, double varianceDenominator, double covariance, double critical)
    {
        var ratio = numerator / denominator;
        var g = G(denominator, varianceDenominator, critical);
        double slope = varianceDenominator == 0 ? 0 : covariance / varianceDenominator;
        var inside = varianceNumerator - 2 * ratio * covariance + ratio * ratio * varianceDenominator
            - g * (varianceNumerator - slope * covariance);
        var half = critical / Math.Abs(denominator) * Math.Sqrt(Math.Max(0, inside));
        var centre = ratio - g * slope;
        return new Interval((centre - half) / (1 - g), (centre + half) / (1 - g));
    }
}
