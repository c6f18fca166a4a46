namespace Assay.Statistics;

/// <summary>Variance that one unit contributes to an estimate: n units give the estimate the variance of one, divided by n.</summary>
/// <remarks>What ratios, quantiles, clusters and covariates do to a size is all in this number; <see cref="NormalSampleSize"/> takes it from there.</remarks>
public static class UnitVariance
{
    /// <summary>Of a ratio of two sums, by the delta method.</summary>
    /// <param name="pilot">Moments of the units' numerators and denominators; 2 units or more.</param>
    /// <returns>(Var Y − 2R Cov + R² Var X) / mean(X)², R = mean(Y) / mean(X), in the ratio's unit squared;
    /// not estimable with fewer than 2 units, without a denominator, or when the ratio is the same in every unit.</returns>
    /// <remarks>A. Deng, U. Knoblich, J. Lu, KDD 2018, 233–242, doi:10.1145/3219819.3219919, equation 3.</remarks>
    public static Estimated<double> OfRatio(RatioMoments pilot) => Linearised.Of(pilot) switch
    {
        { IsEstimable: false, Reason: var reason } => new NotEstimable(reason!),
        { Value: { StandardError: 0 } } => new NotEstimable("the ratio is the same in every unit, so nothing can be planned from them"),
        { Value: { StandardError: var error } } => error * error * pilot.N,
    };

    /// <summary>Of a quantile of independent values, from the density there.</summary>
    /// <param name="quantile">Which, in (0, 1).</param>
    /// <param name="density">Density of the values at the quantile, per unit of the value; positive.</param>
    /// <returns>q(1 − q) / density².</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    /// <remarks>H. A. David, H. N. Nagaraja, Order Statistics, 3rd edition, Wiley 2003, section 10.2.</remarks>
    public static double OfQuantile(double quantile, double density)
    {
        Guard.Probability(quantile);
        Guard.Positive(density);
        return quantile * (1 - quantile) / density / density;
    }

    /// <summary>Of a quantile, from a pilot's order-statistic interval; likeness of one unit's events is in it when the interval was corrected for it.</summary>
    /// <param name="pilot">The pilot's quantile and its interval; an interval of width 0 or without an end carries nothing.</param>
    /// <returns>The standard error squared times the pilot's units; not estimable with fewer than 2 units or such an interval.</returns>
    /// <remarks>The width of the interval estimates 1 / density, the standard error being a half-width divided by z.</remarks>
    public static Estimated<double> OfQuantile(QuantileMoments pilot)
    {
        if (pilot.Units < 2) return new NotEstimable($"a variance needs at least 2 units; there are {pilot.Units}");
        var error = pilot.StandardError;
        if (!double.IsFinite(error)) return new NotEstimable("the pilot has too few events beyond the quantile to bound it");
        if (!(error > 0)) return new NotEstimable("the pilot's values are all the same around the quantile");
        return error * error * pilot.Units;
    }

    /// <summary>With clusters: variance of one value, times the design effect.</summary>
    /// <param name="variance">Of one value; not negative.</param>
    /// <param name="intraclassCorrelation">Likeness of values of one cluster, in [−1, 1]; below 0 counts as 0, which is the safe side.</param>
    /// <param name="meanClusterSize">Mean number of values a cluster; 1 or more.</param>
    /// <param name="clusterSizeVariation">Standard deviation of the cluster sizes over their mean; 0 when all are of one size.</param>
    /// <returns>variance · (1 + ((cv² + 1) · mean size − 1) · ρ), per value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    /// <remarks>S. M. Eldridge, D. Ashby, S. Kerry, International Journal of Epidemiology 35 (2006) 1292–1300, doi:10.1093/ije/dyl129, for a mean that weights each value alike.</remarks>
    public static double Clustered(double variance, double intraclassCorrelation, double meanClusterSize, double clusterSizeVariation = 0)
    {
        Guard.NonNegative(variance);
        Guard.NonNegative(clusterSizeVariation);
        if (!(intraclassCorrelation is >= -1 and <= 1)) throw new ArgumentOutOfRangeException(nameof(intraclassCorrelation), intraclassCorrelation, "must lie between -1 and 1");
        if (!(meanClusterSize >= 1 && double.IsFinite(meanClusterSize))) throw new ArgumentOutOfRangeException(nameof(meanClusterSize), meanClusterSize, "must be 1 or more");
        return variance * (1 + ((clusterSizeVariation * clusterSizeVariation + 1) * meanClusterSize - 1) * Math.Max(0, intraclassCorrelation));
    }

    /// <summary>With a covariate from before the experiment (CUPED): what it does not explain.</summary>
    /// <param name="variance">Of one unit; not negative.</param>
    /// <param name="correlation">Correlation of outcome and covariate (with several: the multiple correlation), strictly between −1 and 1.</param>
    /// <returns>variance · (1 − correlation²).</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    /// <remarks>A. Deng, Y. Xu, R. Kohavi, T. Walker, WSDM 2013, 123–132, doi:10.1145/2433396.2433413, equation 5.</remarks>
    public static double Adjusted(double variance, double correlation)
    {
        Guard.NonNegative(variance);
        if (!(correlation is > -1 and < 1)) throw new ArgumentOutOfRangeException(nameof(correlation), correlation, "must lie strictly between -1 and 1");
        return variance * (1 - correlation * correlation);
    }
}
