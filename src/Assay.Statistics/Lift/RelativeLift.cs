namespace Assay.Statistics;

/// <summary>Relative lift of a treatment over a control.</summary>
public static class RelativeLift
{
    /// <summary>Lift by the delta method.</summary>
    /// <param name="control">The control's estimate; independent of the treatment's.</param>
    /// <param name="treatment">The treatment's estimate.</param>
    /// <param name="alpha">Significance level, a probability in (0, 1).</param>
    /// <param name="alternative">Two-sided unless said otherwise.</param>
    /// <param name="degreesOfFreedom">Of the t distribution; positive; infinite (the default) for the normal one.</param>
    /// <returns>The lift; not estimable when the control is 0 or neither estimate has an error.</returns>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or degreesOfFreedom is not positive.</exception>
    /// <remarks>Var ≈ Var(T)/C² + Var(C)·T²/C⁴; fixed horizon. Poor when the control is within some 5 standard errors of 0: see
    /// <see cref="Fieller"/>. A. Deng, U. Knoblich, J. Lu, KDD 2018, 233–242, doi:10.1145/3219819.3219919.</remarks>
    public static Estimated<LiftComparison> Delta(
        MeanEstimate control, MeanEstimate treatment, double alpha, Alternative alternative = Alternative.TwoSided,
        double degreesOfFreedom = double.PositiveInfinity)
    {
        Guard.Probability(alpha);
        if (!(degreesOfFreedom > 0)) throw new ArgumentOutOfRangeException(nameof(degreesOfFreedom), degreesOfFreedom, "must be positive");
        if (control.Value == 0) return ControlIsZero;
        double scale = Math.Abs(control.Value), relative = treatment.Value / control.Value;
        var lift = (treatment.Value - control.Value) / scale;
        var standardError = double.Hypot(treatment.StandardError / scale, relative * control.StandardError / scale);
        if (standardError == 0) return new NotEstimable("neither arm's estimate has an error to judge the lift by");
        if (!double.IsFinite(lift) || !double.IsFinite(standardError)) return new NotEstimable("the control is too close to 0 for a relative difference");
        return new LiftComparison(
            lift, standardError, Tails.PValue(lift / standardError, degreesOfFreedom, alternative),
            Tails.Interval(lift, standardError, degreesOfFreedom, alpha, alternative));
    }

    /// <summary>Lift of means by the delta method with the Welch–Satterthwaite degrees of freedom of the raw means.</summary>
    /// <param name="control">Moments of the control.</param>
    /// <param name="treatment">Moments of the treatment.</param>
    /// <param name="alpha">Significance level, a probability in (0, 1).</param>
    /// <param name="alternative">Two-sided unless said otherwise.</param>
    /// <returns>The lift; not estimable with fewer than 2 units in an arm, without variance, or at a control mean of 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    public static Estimated<LiftComparison> Delta(
        SampleMoments control, SampleMoments treatment, double alpha, Alternative alternative = Alternative.TwoSided)
    {
        Guard.Probability(alpha);
        if (TwoMeans.WhyNot(control, treatment) is { } why) return why;
        return Delta(MeanEstimate.Of(control), MeanEstimate.Of(treatment), alpha, alternative, WelchT.DegreesOfFreedom(control, treatment));
    }

    /// <summary>Fieller's interval of the lift, which agrees with the absolute difference about significance and need not be symmetric.</summary>
    /// <param name="control">The control's estimate; independent of the treatment's.</param>
    /// <param name="treatment">The treatment's estimate.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <param name="degreesOfFreedom">Of the t distribution; positive; infinite (the default) for the normal one.</param>
    /// <returns>The interval; not estimable when the control cannot be told from 0 at this level, since the set is then unbounded.</returns>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or degreesOfFreedom is not positive.</exception>
    /// <remarks>E. C. Fieller, Journal of the Royal Statistical Society B 16 (1954) 175–185, doi:10.1111/j.2517-6161.1954.tb00159.x.</remarks>
    public static Estimated<Interval> Fieller(
        MeanEstimate control, MeanEstimate treatment, double alpha, double degreesOfFreedom = double.PositiveInfinity)
    {
        Guard.Probability(alpha);
        if (!(degreesOfFreedom > 0)) throw new ArgumentOutOfRangeException(nameof(degreesOfFreedom), degreesOfFreedom, "must be positive");
        if (control.Value == 0) return ControlIsZero;
        var critical = Tails.Critical(alpha / 2, degreesOfFreedom);
        var g = FiellerSet.G(control.Value, Square(control.StandardError), critical);
        if (!(g < 1)) return new NotEstimable("the control cannot be told from 0, so its lift has no bounds");
        var ratio = FiellerSet.Interval(
            treatment.Value, control.Value, Square(treatment.StandardError), Square(control.StandardError), 0, critical);
        if (!double.IsFinite(ratio.Low) || !double.IsFinite(ratio.High)) return new NotEstimable("the values are too large to compute with");
        return control.Value > 0 ? new Interval(ratio.Low - 1, ratio.High - 1) : new Interval(1 - ratio.High, 1 - ratio.Low);
    }

    private static NotEstimable ControlIsZero => new("the control is 0, so nothing can be said relative to it");

    private static double Square(double x) => x * x;
}
