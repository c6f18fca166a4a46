namespace Assay.Statistics;

/// <summary>The test and interval of a difference of two proportions that reports decide by: the skewness-corrected score, and for few events an exact test beside it.</summary>
public static class ProportionScore
{
    /// <summary>Below so many successes or failures in an arm the normal approximation does not decide alone.</summary>
    public const int FewestEvents = 20;

    /// <summary>Interval, z and p-value that cannot part: the interval excludes 0 exactly when p is at most alpha.</summary>
    /// <param name="control">Successes and trials of the control; one trial per randomisation unit.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="alpha">Two-sided level, a probability in (0, 1).</param>
    /// <returns>The comparison; z and p are <see cref="NotEstimable"/> without a success or a failure anywhere, the interval is given all the same.
    /// Not estimable as a whole when an arm has no trials.</returns>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    /// <remarks>Fixed horizon. The score: <see cref="ScoreInterval.Corrected"/>. Below <see cref="FewestEvents"/> successes or failures in an arm the interval
    /// is the wider of the corrected and the uncorrected one on either side, and is extended to 0 where Fisher's exact test (twice its smaller tail) does not reject;
    /// p is then the largest of the three.</remarks>
    public static Estimated<ProportionScoreComparison> Compare(Proportion control, Proportion treatment, double alpha)
    {
        Guard.Probability(alpha);
        if (control.Trials == 0 || treatment.Trials == 0)
            return new NotEstimable($"each arm needs at least 1 trial; there are {control.Trials} and {treatment.Trials}");
        var test = Test(control, treatment);
        var interval = IntervalOf(control, treatment, alpha, test, out var isExtended);
        return new ProportionScoreComparison(treatment.Rate - control.Rate, interval, test.Z, test.PValue, test.ExactPValue, HasFewEvents(control, treatment), isExtended);
    }

    /// <summary>The interval of <see cref="Compare"/> alone.</summary>
    /// <param name="control">At least 1 trial.</param>
    /// <param name="treatment">At least 1 trial.</param>
    /// <param name="alpha">Two-sided level, a probability in (0, 1).</param>
    /// <exception cref="ArgumentException">An arm has no trials.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    public static Interval Interval(Proportion control, Proportion treatment, double alpha) => HasFewEvents(control, treatment) && control.Trials > 0 && treatment.Trials > 0
        ? IntervalOf(control, treatment, alpha, Test(control, treatment), out _) : ScoreInterval.Corrected(control, treatment, alpha);

    /// <summary>The test of <see cref="Compare"/> alone, as a boundary needs it.</summary>
    /// <param name="control">Successes and trials of the control.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <returns>z and two-sided p that tell the same: with few events the z that has the exact p-value. Not estimable without trials in an arm, a success or a failure.</returns>
    public static ProportionScoreTest Test(Proportion control, Proportion treatment)
    {
        var z = ScoreInterval.CorrectedZ(control, treatment);
        if (!z.IsEstimable) return new(z, new NotEstimable(z.Reason!), null);
        if (!HasFewEvents(control, treatment)) return new(z, StandardNormal.TwoSidedTail(z.Value), null);
        var pooled = TwoProportions.PooledZ(control, treatment).Value;
        double exact = FisherExact.CentralPValue(control, treatment).Value, nearest = Math.Min(Math.Abs(z.Value), Math.Abs(pooled)), p = StandardNormal.TwoSidedTail(nearest);
        if (exact <= p) return new(Math.CopySign(nearest, pooled), p, exact);
        return new(Math.CopySign(exact >= 1 ? 0 : StandardNormal.Critical(exact), pooled), exact, exact);
    }

    /// <summary>z of "treatment = ratio × control", as a limit relative to the control asks: above the critical value the ratio is larger for certain.</summary>
    /// <param name="control">Successes and trials of the control.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="ratio">Positive.</param>
    /// <returns><see cref="ScoreInterval.RatioZ"/>; with few events the nearest to 0 of it, the uncorrected score and, where successes are few, the exact test of
    /// a ratio of rare rates (of all successes those of the treatment are binomial). Not estimable as that.</returns>
    /// <exception cref="ArgumentOutOfRangeException">ratio is not a positive number.</exception>
    /// <remarks>The exact test: J. Przyborowski, H. Wilenski, Biometrika 31 (1940) 313–323, doi:10.1093/biomet/31.3-4.313; conservative where rates are not rare.</remarks>
    public static Estimated<double> RatioZ(Proportion control, Proportion treatment, double ratio)
    {
        var z = ScoreInterval.RatioZ(control, treatment, ratio);
        if (!z.IsEstimable || z.Value == 0 || !HasFewEvents(control, treatment)) return z;
        var side = Math.Sign(z.Value);
        var nearest = Math.Min(Math.Abs(z.Value), Math.Max(0, side * DifferenceScore.AtRatio(control, treatment, ratio, isCorrected: false)!.Value));
        if (Math.Min(control.Successes, treatment.Successes) >= FewestEvents) return side * nearest;
        double hits = treatment.Successes, misses = control.Successes, share = ratio * treatment.Trials / (ratio * treatment.Trials + control.Trials);
        var p = side > 0 ? hits == 0 ? 1 : new BetaPosterior(hits, misses + 1).Cdf(share) : misses == 0 ? 1 : new BetaPosterior(misses, hits + 1).Cdf(1 - share);
        return side * (p >= 0.5 ? 0 : p > 0 ? Math.Min(nearest, -StandardNormal.Quantile(p)) : nearest);
    }

    /// <summary>True when an arm has fewer than <see cref="FewestEvents"/> successes or failures.</summary>
    /// <param name="control">Any counts.</param>
    /// <param name="treatment">Any counts.</param>
    public static bool HasFewEvents(Proportion control, Proportion treatment) => Math.Min(Events(control), Events(treatment)) < FewestEvents;

    private static Interval IntervalOf(in Proportion control, in Proportion treatment, double alpha, in ProportionScoreTest test, out bool isExtended)
    {
        var interval = ScoreInterval.Corrected(control, treatment, alpha);
        isExtended = false;
        if (!HasFewEvents(control, treatment)) return interval;
        var plain = ScoreInterval.Of(control, treatment, alpha);
        interval = new(Math.Min(interval.Low, plain.Low), Math.Max(interval.High, plain.High));
        if (test.ExactPValue is not { } exact || exact <= alpha || interval.Contains(0)) return interval;
        isExtended = true;
        return new(Math.Min(interval.Low, 0), Math.Max(interval.High, 0));
    }

    private static long Events(in Proportion arm) => Math.Min(arm.Successes, arm.Trials - arm.Successes);
}
