namespace Assay.Statistics;

/// <summary>One arm's ratio with the variances of its two means; the ground for both kinds of interval.</summary>
internal readonly record struct Linearised(
    double Ratio, double StandardError, double Numerator, double Denominator,
    double VarianceNumerator, double VarianceDenominator, double Covariance)
{
    public static Estimated<Linearised> Of(RatioMoments arm)
    {
        if (arm.N < 2) return new NotEstimable($"a variance needs at least 2 units; there are {arm.N}");
        if (arm.MeanDenominator == 0) return new NotEstimable("the denominator is 0: there is nothing to divide by");
        var ratio = arm.MeanNumerator / arm.MeanDenominator;
        double own = arm.VarianceNumerator, shared = 2 * ratio * arm.Covariance, other = ratio * ratio * arm.VarianceDenominator;
        var perUnit = own - shared + other;
        // When the ratio is the same in every unit the three terms cancel, and what is left is rounding.
        if (perUnit <= 1e-12 * (own + Math.Abs(shared) + other)) perUnit = 0;
        var standardError = Math.Sqrt(perUnit / arm.N) / Math.Abs(arm.MeanDenominator);
        if (!double.IsFinite(ratio) || !double.IsFinite(standardError)) return new NotEstimable("the denominator is too close to 0 to divide by");
        return new Linearised(
            ratio, standardError, arm.MeanNumerator, arm.MeanDenominator,
            arm.VarianceNumerator / arm.N, arm.VarianceDenominator / arm.N, arm.Covariance / arm.N);
    }

    public double G(double critical) => FiellerSet.G(Denominator, VarianceDenominator, critical);

    public Interval Fieller(double critical) =>
        FiellerSet.Interval(Numerator, Denominator, VarianceNumerator, VarianceDenominator, Covariance, critical);

    public Estimated<RatioEstimate> Estimate(double critical)
    {
        var g = G(critical);
        if (!(g < 1)) return new NotEstimable("the denominator cannot be told from 0 (g ≥ 1): too few successes to divide by");
        if (g > RatioMetric.FiellerAbove) return new RatioEstimate(Ratio, StandardError, Fieller(critical), g, RatioMethod.Fieller);
        var half = critical * StandardError;
        return new RatioEstimate(Ratio, StandardError, new Interval(Ratio - half, Ratio + half), g, RatioMethod.Delta);
    }
}
