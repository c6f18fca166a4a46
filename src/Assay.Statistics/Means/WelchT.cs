namespace Assay.Statistics;

/// <summary>Welch's t test: two means whose variances may differ. The default for means.</summary>
public static class WelchT
{
    /// <summary>Difference of two means, treatment minus control.</summary>
    /// <param name="control">Moments of the control, one value per randomisation unit.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="alpha">Significance level, a probability in (0, 1); the interval has level 1 − alpha.</param>
    /// <param name="alternative">Two-sided unless said otherwise; one-sided tests spend all of alpha on one side.</param>
    /// <returns>The comparison; not estimable with fewer than 2 units in an arm or without variance in both.</returns>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    /// <remarks>Fixed horizon: valid for one look. B. L. Welch, Biometrika 34 (1947) 28–35, doi:10.1093/biomet/34.1-2.28;
    /// degrees of freedom by F. E. Satterthwaite, Biometrics Bulletin 2 (1946) 110–114, doi:10.2307/3002019.</remarks>
    public static Estimated<MeanComparison> Compare(
        SampleMoments control, SampleMoments treatment, double alpha, Alternative alternative = Alternative.TwoSided)
    {
        Guard.Probability(alpha);
        if (TwoMeans.WhyNot(control, treatment) is { } why) return why;
        var difference = treatment.Mean - control.Mean;
        var standardError = Math.Sqrt(control.Variance / control.N + treatment.Variance / treatment.N);
        return TwoMeans.Conclude(difference, standardError, DegreesOfFreedom(control, treatment), alpha, alternative);
    }

    /// <summary>The Welch–Satterthwaite degrees of freedom; both arms have 2 units or more, and one of them has variance.</summary>
    internal static double DegreesOfFreedom(SampleMoments control, SampleMoments treatment)
    {
        // In shares of the total, so that tiny or huge variances neither under- nor overflow when squared.
        double c = control.Variance / control.N, t = treatment.Variance / treatment.N;
        double shareC = c / (c + t), shareT = t / (c + t);
        return 1 / (shareC * shareC / (control.N - 1) + shareT * shareT / (treatment.N - 1));
    }
}
