namespace Assay.Statistics;

/// <summary>Two independent proportions.</summary>
public static class TwoProportions
{
    /// <summary>Difference of two independent proportions, treatment minus control, with Newcombe's hybrid-score interval.</summary>
    /// <param name="control">Successes and trials of the control; one trial per randomisation unit.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <returns>The difference as a probability in [-1, 1], its (1 − alpha) intervals, z of the pooled test and its two-sided p-value;
    /// z and p are <see cref="NotEstimable"/> at zero pooled variance (0 of 500 against 0 of 500), the intervals are given all the same.
    /// Not estimable as a whole when an arm has no trials.</returns>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    /// <remarks>Fixed horizon: valid for one look. R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, method 10,
    /// doi:10.1002/(SICI)1097-0258(19980430)17:8&lt;873::AID-SIM779&gt;3.0.CO;2-I.</remarks>
    public static Estimated<ProportionComparison> Compare(Proportion control, Proportion treatment, double alpha)
    {
        var critical = StandardNormal.Critical(alpha);
        if (control.Trials == 0 || treatment.Trials == 0)
            return new NotEstimable($"each arm needs at least 1 trial; there are {control.Trials} and {treatment.Trials}");
        double pc = control.Rate, pt = treatment.Rate, difference = pt - pc;
        var standardError = Math.Sqrt(pc * (1 - pc) / control.Trials + pt * (1 - pt) / treatment.Trials);
        var half = critical * standardError;
        var z = PooledZ(control, treatment, difference);
        return new ProportionComparison(
            difference, standardError, new Interval(difference - half, difference + half), NewcombeInterval(control, treatment, alpha),
            z, z.Map(StandardNormal.TwoSidedTail), Wilson.Interval(control, alpha), Wilson.Interval(treatment, alpha));
    }

    /// <summary>Newcombe's interval alone, at any level: a one-sided (1 − a) bound is an end of the interval at alpha = 2a.</summary>
    /// <param name="control">Successes and trials of the control; at least 1 trial.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="alpha">Two-sided level, a probability in (0, 1).</param>
    /// <returns>Interval of treatment − control at level 1 − alpha, inside [−1, 1].</returns>
    /// <exception cref="ArgumentException">An arm has no trials.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    public static Interval NewcombeInterval(Proportion control, Proportion treatment, double alpha)
    {
        Interval wc = Wilson.Interval(control, alpha), wt = Wilson.Interval(treatment, alpha);
        double pc = control.Rate, pt = treatment.Rate;
        return Mover.Difference(pc, wc, pt, wt);
    }

    /// <summary>z of the difference, treatment minus control, with the variance of one common rate: the test under the null hypothesis.</summary>
    /// <param name="control">Successes and trials of the control.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <returns>Not estimable when an arm has no trials, and without a success or without a failure anywhere.</returns>
    public static Estimated<double> PooledZ(Proportion control, Proportion treatment) => control.Trials == 0 || treatment.Trials == 0
        ? new NotEstimable($"each arm needs at least 1 trial; there are {control.Trials} and {treatment.Trials}")
        : PooledZ(control, treatment, treatment.Rate - control.Rate);

    private static Estimated<double> PooledZ(Proportion control, Proportion treatment, double difference)
    {
        var successes = control.Successes + treatment.Successes;
        var trials = control.Trials + treatment.Trials;
        if (successes == 0) return new NotEstimable("neither arm has a success, so the pooled test has no variance; decide by the interval");
        if (successes == trials) return new NotEstimable("neither arm has a failure, so the pooled test has no variance; decide by the interval");
        var pooled = (double)successes / trials;
        return difference / Math.Sqrt(pooled * (1 - pooled) * (1.0 / control.Trials + 1.0 / treatment.Trials));
    }
}
