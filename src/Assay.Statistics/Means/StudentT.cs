namespace Assay.Statistics;

/// <summary>Student's t test: two means with one common variance. Prefer <see cref="WelchT"/> unless the design makes variances equal.</summary>
public static class StudentT
{
    /// <summary>Difference of two means, treatment minus control, with the pooled variance.</summary>
    /// <param name="control">Moments of the control, one value per randomisation unit.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="alpha">Significance level, a probability in (0, 1); the interval has level 1 − alpha.</param>
    /// <param name="alternative">Two-sided unless said otherwise.</param>
    /// <returns>The comparison; not estimable with fewer than 2 units in an arm or without variance in both.</returns>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    /// <remarks>Fixed horizon: valid for one look. Student, Biometrika 6 (1908) 1–25, doi:10.1093/biomet/6.1.1.</remarks>
    public static Estimated<MeanComparison> Compare(
        SampleMoments control, SampleMoments treatment, double alpha, Alternative alternative = Alternative.TwoSided)
    {
        Guard.Probability(alpha);
        if (TwoMeans.WhyNot(control, treatment) is { } why) return why;
        double degreesOfFreedom = control.N + treatment.N - 2;
        var pooled = (control.Variance * (control.N - 1) + treatment.Variance * (treatment.N - 1)) / degreesOfFreedom;
        var standardError = Math.Sqrt(pooled * (1.0 / control.N + 1.0 / treatment.N));
        return TwoMeans.Conclude(treatment.Mean - control.Mean, standardError, degreesOfFreedom, alpha, alternative);
    }
}
