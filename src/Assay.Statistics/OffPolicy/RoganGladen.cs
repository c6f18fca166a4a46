namespace Assay.Statistics;

/// <summary>The true rate behind a judge who errs at known or estimated rates: (p + specificity − 1) / (sensitivity + specificity − 1).</summary>
/// <remarks>Use labels of the same arm: a judge can err differently on another model. W. J. Rogan, B. Gladen, American Journal of
/// Epidemiology 107 (1978) 71–76, doi:10.1093/oxfordjournals.aje.a112510.</remarks>
public static class RoganGladen
{
    /// <summary>With the judge's errors taken as known.</summary>
    /// <param name="judged">Items the judge called positive, of all.</param>
    /// <param name="sensitivity">A probability in [0, 1].</param>
    /// <param name="specificity">A probability in [0, 1].</param>
    /// <param name="alpha">Level of the interval, a probability in (0, 1).</param>
    /// <returns>The corrected rate; not estimable without items, without variance, or when the judge is no better than a coin.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static Estimated<CorrectedRate> Known(Proportion judged, double sensitivity, double specificity, double alpha)
    {
        if (!(sensitivity >= 0 && sensitivity <= 1)) throw new ArgumentOutOfRangeException(nameof(sensitivity), sensitivity, "must be a probability");
        if (!(specificity >= 0 && specificity <= 1)) throw new ArgumentOutOfRangeException(nameof(specificity), specificity, "must be a probability");
        return Correct(judged, sensitivity, specificity, 0, 0, alpha);
    }

    /// <summary>With the judge's errors estimated from labels, whose uncertainty enters the error (delta method).</summary>
    /// <param name="judged">Items the judge called positive, of all; other items than the labelled ones.</param>
    /// <param name="errors">From the labels of the same arm.</param>
    /// <param name="alpha">Level of the interval, a probability in (0, 1).</param>
    /// <returns>The corrected rate; not estimable without items or labels of both kinds, or when sensitivity + specificity − 1 is not clearly
    /// positive (its lower 1 − alpha bound is not above 0).</returns>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1).</exception>
    public static Estimated<CorrectedRate> Estimated(Proportion judged, JudgeErrors errors, double alpha)
    {
        Guard.Probability(alpha);
        if (errors.Sensitivity.Trials == 0 || errors.Specificity.Trials == 0)
            return new NotEstimable("labels of both kinds are needed: items that humans call positive, and items that they call negative");
        // Newcombe's bound of sensitivity − (1 − specificity) does not collapse at a perfect judge of few labels.
        var falsePositives = new Proportion(errors.Specificity.Trials - errors.Specificity.Successes, errors.Specificity.Trials);
        if (TwoProportions.NewcombeInterval(falsePositives, errors.Sensitivity, alpha).Low <= 0)
            return new NotEstimable("sensitivity + specificity − 1 is not clearly positive: the labels do not show that the judge is better than a coin");
        return Correct(
            judged, errors.Sensitivity.Rate, errors.Specificity.Rate, Variance(errors.Sensitivity), Variance(errors.Specificity), alpha);
    }

    /// <summary>Difference of two arms, each with its own labels, treatment − control.</summary>
    /// <param name="control">The control's judged items.</param>
    /// <param name="controlErrors">From the control's labels.</param>
    /// <param name="treatment">The treatment's judged items.</param>
    /// <param name="treatmentErrors">From the treatment's labels.</param>
    /// <param name="alpha">Level, a probability in (0, 1).</param>
    /// <returns>The difference with a normal test; not estimable when either arm's rate is not.</returns>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1).</exception>
    public static Estimated<MeanComparison> Compare(
        Proportion control, JudgeErrors controlErrors, Proportion treatment, JudgeErrors treatmentErrors, double alpha)
    {
        Estimated<CorrectedRate> c = Estimated(control, controlErrors, alpha), t = Estimated(treatment, treatmentErrors, alpha);
        if (!c.IsEstimable) return new NotEstimable("control: " + c.Reason);
        if (!t.IsEstimable) return new NotEstimable("treatment: " + t.Reason);
        return TwoMeans.Conclude(
            t.Value.Estimate - c.Value.Estimate, double.Hypot(t.Value.StandardError, c.Value.StandardError), double.PositiveInfinity, alpha, Alternative.TwoSided);
    }

    private static Estimated<CorrectedRate> Correct(
        Proportion judged, double sensitivity, double specificity, double varianceSensitivity, double varianceSpecificity, double alpha)
    {
        var critical = StandardNormal.Critical(alpha);
        if (judged.Trials == 0) return new NotEstimable("no items were judged");
        var informedness = sensitivity + specificity - 1;
        if (!(informedness > 0)) return new NotEstimable("sensitivity + specificity − 1 is not positive: the judge is no better than a coin");
        var estimate = (judged.Rate + specificity - 1) / informedness;
        var error = Math.Sqrt(Variance(judged) + estimate * estimate * varianceSensitivity + (1 - estimate) * (1 - estimate) * varianceSpecificity) / informedness;
        if (error == 0) return new NotEstimable("judge and labels show no variance, so there is no error to judge the rate by");
        return new CorrectedRate(
            estimate, error, new Interval(Math.Clamp(estimate - critical * error, 0, 1), Math.Clamp(estimate + critical * error, 0, 1)));
    }

    private static double Variance(Proportion p) => p.Rate * (1 - p.Rate) / p.Trials;
}
