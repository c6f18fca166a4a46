namespace Assay.Statistics;

/// <summary>CUPED: removes from an outcome what covariates measured before the exposure explain.</summary>
/// <remarks>A covariate that the treatment can touch biases the result. A. Deng, Y. Xu, R. Kohavi, T. Walker, WSDM 2013, 123–132,
/// doi:10.1145/2433396.2433413; ratios: Y. Jin, S. Ba, Technometrics 65 (2023) 231–242, doi:10.1080/00401706.2022.2141897. Fixed horizon.</remarks>
public static class Cuped
{
    /// <summary>Difference of two means, (ȳ_T − ȳ_C) − θ'(x̄_T − x̄_C).</summary>
    /// <param name="control">The outcome, then one or more covariates.</param>
    /// <param name="treatment">The same variables in the same order.</param>
    /// <param name="alpha">Significance level, a probability in (0, 1).</param>
    /// <param name="theta">Within the arms unless said otherwise.</param>
    /// <param name="alternative">Two-sided unless said otherwise.</param>
    /// <param name="fixedTheta">Coefficients settled beforehand (frozen at the first look), one per covariate, instead of estimated ones.</param>
    /// <param name="thetaIsKnown">False counts the coefficients as estimated, which matters below some fifty units an arm: see the remarks.</param>
    /// <returns>The comparison; not estimable with fewer than 2 units in an arm or without residual variance, and with thetaIsKnown false when no
    /// degree of freedom is left.</returns>
    /// <exception cref="ArgumentException">There is no covariate, fixedTheta has another number of them, or the arms' variables differ in number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or theta is unknown.</exception>
    /// <remarks>The lift's error is the delta method's with the gradient where the covariates balance, as they do in expectation. With thetaIsKnown false and
    /// q coefficients, variances are those of an analysis of covariance: times (N − 2)/(N − 2 − q), plus s²Δ'S⁻¹Δ for the imbalance Δ of the covariates, and the
    /// degrees of freedom shrink by (N − 2 − q)/(N − 2). With arms of equal size and variance this is its exact t test; R. A. Fisher, Statistical Methods for
    /// Research Workers (4th ed. 1932) § 49.1.</remarks>
    public static Estimated<CupedComparison> Means(
        JointMoments control, JointMoments treatment, double alpha, CupedTheta theta = CupedTheta.WithinArm, Alternative alternative = Alternative.TwoSided,
        IReadOnlyList<double>? fixedTheta = null, bool thetaIsKnown = true)
    {
        CheckArms(control, treatment, outcomes: 1, alpha);
        if (fixedTheta is not null)
        {
            Guard.SameLength(fixedTheta.Count, control.Variables - 1, nameof(fixedTheta));
            foreach (var coefficient in fixedTheta) Guard.Finite(coefficient, nameof(fixedTheta));
        }
        if (TooFew(control, treatment) is { } why) return why;
        var (coefficients, dropped) = fixedTheta is not null ? ([.. fixedTheta], [])
            : Coefficients(control, treatment, control.Merge(treatment), theta);
        return CupedConclusion.Of(control, treatment, coefficients, dropped, alpha, alternative, balanced: true, thetaIsKnown || fixedTheta is not null);
    }

    /// <summary>Difference of two ratios of sums, with covariates that are plain numbers per unit.</summary>
    /// <param name="control">Numerator, denominator, then one or more covariates.</param>
    /// <param name="treatment">The same variables in the same order.</param>
    /// <param name="alpha">Significance level, a probability in (0, 1).</param>
    /// <param name="theta">Within the arms unless said otherwise.</param>
    /// <param name="thetaIsKnown">As for means.</param>
    /// <returns>The comparison; not estimable also when a denominator is 0.</returns>
    /// <exception cref="ArgumentException">There is no covariate, or the arms' variables differ in number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or theta is unknown.</exception>
    public static Estimated<CupedComparison> Ratios(
        JointMoments control, JointMoments treatment, double alpha, CupedTheta theta = CupedTheta.WithinArm, bool thetaIsKnown = true)
    {
        CheckArms(control, treatment, outcomes: 2, alpha);
        return Linearised(control, treatment, alpha, theta, null, thetaIsKnown, RatioLinearisation.Outcome);
    }

    /// <summary>Difference of two ratios of sums, with the same ratio before the exposure as the covariate.</summary>
    /// <param name="control">Numerator, denominator, and both again from before the exposure.</param>
    /// <param name="treatment">The same four variables.</param>
    /// <param name="alpha">Significance level, a probability in (0, 1).</param>
    /// <param name="theta">Within the arms unless said otherwise.</param>
    /// <param name="fixedTheta">A coefficient settled beforehand (frozen at the first look) instead of an estimated one.</param>
    /// <returns>The comparison; not estimable also when a denominator is 0.</returns>
    /// <exception cref="ArgumentException">There are not four variables.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1), theta is unknown, or fixedTheta is not finite.</exception>
    public static Estimated<CupedComparison> RatiosByPriorRatio(
        JointMoments control, JointMoments treatment, double alpha, CupedTheta theta = CupedTheta.WithinArm, double? fixedTheta = null)
    {
        CheckArms(control, treatment, outcomes: 3, alpha);
        Guard.SameLength(control.Variables, 4, nameof(control));
        if (fixedTheta is { } given) Guard.Finite(given, nameof(fixedTheta));
        return Linearised(control, treatment, alpha, theta, fixedTheta, true, RatioLinearisation.Both);
    }

    private static Estimated<CupedComparison> Linearised(
        JointMoments control, JointMoments treatment, double alpha, CupedTheta theta, double? fixedTheta, bool thetaIsKnown, Func<JointMoments, Estimated<JointMoments>> linearise)
    {
        if (TooFew(control, treatment) is { } why) return why;
        Estimated<JointMoments> c = linearise(control), t = linearise(treatment), pooled = linearise(control.Merge(treatment));
        if (!c.IsEstimable) return new NotEstimable("control: " + c.Reason);
        if (!t.IsEstimable) return new NotEstimable("treatment: " + t.Reason);
        if (!pooled.IsEstimable) return new NotEstimable("both arms together: " + pooled.Reason);
        var (coefficients, dropped) = fixedTheta is { } given ? ([given], []) : Coefficients(c.Value, t.Value, pooled.Value, theta);
        return CupedConclusion.Of(c.Value, t.Value, coefficients, dropped, alpha, Alternative.TwoSided, balanced: false, thetaIsKnown || fixedTheta is not null);
    }

    private static (double[] Theta, int[] Dropped) Coefficients(JointMoments control, JointMoments treatment, JointMoments pooled, CupedTheta theta)
    {
        if (theta is not (CupedTheta.WithinArm or CupedTheta.Total)) throw new ArgumentOutOfRangeException(nameof(theta), theta, "unknown kind of theta");
        var covariates = control.Variables - 1;
        var matrix = new double[covariates, covariates];
        var right = new double[covariates];
        for (var i = 0; i < covariates; i++)
        {
            right[i] = Products(i + 1, 0);
            for (var j = 0; j < covariates; j++) matrix[i, j] = Products(i + 1, j + 1);
        }
        return CovarianceMatrix.Solve(matrix, right);

        double Products(int i, int j) => theta == CupedTheta.Total
            ? pooled.Covariance(i, j)
            : control.Covariance(i, j) * (control.N - 1) + treatment.Covariance(i, j) * (treatment.N - 1);
    }

    private static void CheckArms(JointMoments control, JointMoments treatment, int outcomes, double alpha)
    {
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(treatment);
        Guard.Probability(alpha);
        Guard.SameLength(treatment.Variables, control.Variables, nameof(treatment));
        if (control.Variables <= outcomes) throw new ArgumentException("a covariate is needed besides the outcome", nameof(control));
    }

    private static NotEstimable? TooFew(JointMoments control, JointMoments treatment) => control.N < 2 || treatment.N < 2
        ? new NotEstimable($"a variance needs at least 2 units in each arm; there are {control.N} and {treatment.N}")
        : null;
}
