namespace Assay.Statistics;

/// <summary>Intervals of the difference of two proportions that are a score test turned round: they exclude 0 exactly when the test rejects.</summary>
public static class ScoreInterval
{
    /// <summary>All differences d whose score test |z(d)| stays below the critical value, the variance being that of the likeliest rates that differ by d.</summary>
    /// <param name="control">Successes and trials of the control; at least 1 trial.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="alpha">Two-sided level, a probability in (0, 1).</param>
    /// <returns>Interval of treatment − control at level 1 − alpha, inside [−1, 1]; holds the observed difference, and excludes 0 exactly when the pooled z test rejects.</returns>
    /// <exception cref="ArgumentException">An arm has no trials.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    /// <remarks>About a microsecond. R. W. Mee, Biometrics 40 (1984) 1175–1176, doi:10.2307/2531174; compared in R. G. Newcombe,
    /// Statistics in Medicine 17 (1998) 873–890, method 5. With unequal arms its two tails are unequal: see <see cref="Corrected"/>.</remarks>
    public static Interval Of(Proportion control, Proportion treatment, double alpha) => Of(control, treatment, alpha, isCorrected: false);

    /// <summary>The same with the score corrected for its skewness, so that each tail misses by alpha / 2 also when the arms are unequal and rates are small.</summary>
    /// <param name="control">Successes and trials of the control; at least 1 trial.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="alpha">Two-sided level, a probability in (0, 1).</param>
    /// <returns>Interval of treatment − control at level 1 − alpha, inside [−1, 1]; holds the observed difference, and excludes 0 exactly when <see cref="CorrectedZ"/> rejects.</returns>
    /// <exception cref="ArgumentException">An arm has no trials.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    /// <remarks>J. J. Gart, J.-M. Nam, Biometrics 46 (1990) 637–643, doi:10.2307/2532084; P. J. Laud, Pharmaceutical Statistics 16 (2017) 334–348,
    /// doi:10.1002/pst.1813, without its factor N/(N − 1): with equal arms the test of no difference is the pooled z.</remarks>
    public static Interval Corrected(Proportion control, Proportion treatment, double alpha) => Of(control, treatment, alpha, isCorrected: true);

    /// <summary>z of "no difference", treatment minus control, corrected for skewness; with equal arms the pooled z.</summary>
    /// <param name="control">Successes and trials of the control.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <returns>Not estimable when an arm has no trials, and without a success or without a failure anywhere.</returns>
    /// <remarks>As <see cref="Corrected"/>. Of the sign of the difference, 0 where the correction would turn it.</remarks>
    public static Estimated<double> CorrectedZ(Proportion control, Proportion treatment)
    {
        var pooled = TwoProportions.PooledZ(control, treatment);
        return pooled.IsEstimable && DifferenceScore.At(control, treatment, 0, isCorrected: true) is { } z ? z : pooled;
    }

    /// <summary>z of "treatment = ratio × control", treatment minus ratio × control, corrected for skewness: above the upper critical value the ratio is larger for certain.</summary>
    /// <param name="control">Successes and trials of the control.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="ratio">Positive.</param>
    /// <returns>Not estimable when an arm has no trials, and where the hypothesis leaves no variance (no success anywhere).</returns>
    /// <exception cref="ArgumentOutOfRangeException">ratio is not a positive number.</exception>
    /// <remarks>J. J. Gart, J.-M. Nam, Biometrics 44 (1988) 323–338, doi:10.2307/2531848.</remarks>
    public static Estimated<double> RatioZ(Proportion control, Proportion treatment, double ratio)
    {
        Guard.Positive(ratio);
        if (control.Trials == 0 || treatment.Trials == 0) return new NotEstimable($"each arm needs at least 1 trial; there are {control.Trials} and {treatment.Trials}");
        return DifferenceScore.AtRatio(control, treatment, ratio) is { } z ? z : new NotEstimable("at this ratio the test has no variance");
    }

    private static Interval Of(in Proportion control, in Proportion treatment, double alpha, bool isCorrected)
    {
        var critical = StandardNormal.Critical(alpha);
        if (control.Trials == 0 || treatment.Trials == 0) throw new ArgumentException($"each arm needs at least 1 trial; there are {control.Trials} and {treatment.Trials}");
        return new(ScoreEnd.Find(control, treatment, -1, critical, isCorrected), ScoreEnd.Find(control, treatment, 1, critical, isCorrected));
    }
}
