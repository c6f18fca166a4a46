namespace Assay.Statistics;

/// <summary>Ratio metrics: a sum over a sum, both random, analysed at the unit of randomisation.</summary>
/// <remarks>Delta method: A. Deng, U. Knoblich, J. Lu, KDD 2018, 233–242, doi:10.1145/3219819.3219919. Fieller: E. C. Fieller,
/// Journal of the Royal Statistical Society B 16 (1954) 175–185, doi:10.1111/j.2517-6161.1954.tb00159.x. Difference of two Fieller
/// intervals: G. Y. Zou, A. Donner, Statistics in Medicine 27 (2008) 1693–1702, doi:10.1002/sim.3095. All are fixed horizon.</remarks>
public static class RatioMetric
{
    /// <summary>Above this g the symmetric interval misleads and Fieller's is given.</summary>
    public const double FiellerAbove = 0.05;

    /// <summary>One arm's ratio.</summary>
    /// <param name="arm">Moments of numerator and denominator per unit.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <returns>The ratio; not estimable with fewer than 2 units, a denominator of 0 or not to be told from 0 (g ≥ 1), or no variance.</returns>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    public static Estimated<RatioEstimate> Estimate(RatioMoments arm, double alpha)
    {
        var critical = StandardNormal.Critical(alpha);
        var line = Linearised.Of(arm);
        if (!line.IsEstimable) return new NotEstimable(line.Reason!);
        if (line.Value.StandardError == 0) return new NotEstimable("every unit has the same ratio, so there is no error to judge it by");
        return line.Value.Estimate(critical);
    }

    /// <summary>Difference of two ratios, treatment minus control.</summary>
    /// <param name="control">Moments of the control.</param>
    /// <param name="treatment">Moments of the treatment.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <returns>The comparison; not estimable when either arm's ratio is not, or when neither has variance.</returns>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    public static Estimated<RatioComparison> Compare(RatioMoments control, RatioMoments treatment, double alpha)
    {
        var critical = StandardNormal.Critical(alpha);
        Estimated<Linearised> controlLine = Linearised.Of(control), treatmentLine = Linearised.Of(treatment);
        if (!controlLine.IsEstimable) return new NotEstimable("control: " + controlLine.Reason);
        if (!treatmentLine.IsEstimable) return new NotEstimable("treatment: " + treatmentLine.Reason);
        Linearised c = controlLine.Value, t = treatmentLine.Value;
        Estimated<RatioEstimate> ce = c.Estimate(critical), te = t.Estimate(critical);
        if (!ce.IsEstimable) return new NotEstimable("control: " + ce.Reason);
        if (!te.IsEstimable) return new NotEstimable("treatment: " + te.Reason);

        var difference = t.Ratio - c.Ratio;
        var standardError = double.Hypot(c.StandardError, t.StandardError);
        if (standardError == 0) return new NotEstimable("in neither arm does the ratio vary between units, so there is no error to judge the difference by");
        var statistic = difference / standardError;
        if (ce.Value.Method == RatioMethod.Delta && te.Value.Method == RatioMethod.Delta)
        {
            var interval = Tails.Interval(difference, standardError, double.PositiveInfinity, alpha, Alternative.TwoSided);
            return new RatioComparison(
                ce.Value, te.Value, difference, standardError, statistic, StandardNormal.TwoSidedTail(statistic), interval, RatioMethod.Delta);
        }
        return new RatioComparison(
            ce.Value, te.Value, difference, standardError, statistic, RatioInversion.PValue(c, t),
            RatioInversion.Interval(c, t, critical), RatioMethod.Fieller);
    }
}
