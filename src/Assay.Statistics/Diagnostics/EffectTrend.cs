namespace Assay.Statistics;

/// <summary>Does an effect change with time? Novelty wears off, learning takes its time; both make the average over the days the wrong forecast.</summary>
public static class EffectTrend
{
    /// <summary>Trend of the effect by day since exposure, on a cohort of units that were observed on all the days.</summary>
    /// <param name="control">The control's cohort.</param>
    /// <param name="treatment">The treatment's, over as many days.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <returns>The least-squares line through the daily differences, with the error of unit-level slopes; not estimable below 3 days,
    /// 2 units in an arm, or without variance.</returns>
    /// <exception cref="ArgumentException">The cohorts have different days, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1).</exception>
    /// <remarks>A growing cohort would compare early users with late ones; a fixed one compares each unit with itself. Normal approximation.
    /// R. Kohavi, D. Tang, Y. Xu, Trustworthy Online Controlled Experiments (2020), chapters 3 and 23, doi:10.1017/9781108653985.</remarks>
    public static Estimated<TrendTest> ByDaySinceExposure(CohortDays control, CohortDays treatment, double alpha)
    {
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(treatment);
        Guard.Probability(alpha);
        Guard.SameLength(treatment.Values.Count, control.Values.Count, nameof(treatment));
        Guard.NonNegative(control.SlopeStandardError, nameof(control));
        Guard.NonNegative(treatment.SlopeStandardError, nameof(treatment));
        var days = control.Values.Count;
        if (days < 3) return new NotEstimable($"a trend needs at least 3 days that every unit was observed on; there are {days}");
        if (control.Units < 2 || treatment.Units < 2) return new NotEstimable($"at least 2 units are needed in each arm; there are {control.Units} and {treatment.Units}");
        double mean = 0;
        for (var day = 0; day < days; day++)
        {
            Guard.Finite(control.Values[day], nameof(control));
            Guard.Finite(treatment.Values[day], nameof(treatment));
            mean += (treatment.Values[day] - control.Values[day]) / days;
        }
        var error = double.Hypot(control.SlopeStandardError, treatment.SlopeStandardError);
        return Conclude(mean, treatment.Slope - control.Slope, error, 0, days - 1, (days - 1) / 2.0, alpha);
    }

    /// <summary>Trend of effects that are independent of each other, such as those of units that entered on different calendar days.</summary>
    /// <param name="days">When each effect is; finite, in any order.</param>
    /// <param name="effects">As many; finite.</param>
    /// <param name="standardErrors">As many; positive.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <returns>The line weighted by precision; not estimable below 3 different days.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static Estimated<TrendTest> Independent(
        ReadOnlySpan<double> days, ReadOnlySpan<double> effects, ReadOnlySpan<double> standardErrors, double alpha)
    {
        Guard.Probability(alpha);
        Guard.SameLength(effects.Length, days.Length, nameof(effects));
        Guard.SameLength(standardErrors.Length, days.Length, nameof(standardErrors));
        double smallest = double.PositiveInfinity, first = double.PositiveInfinity, last = double.NegativeInfinity;
        var different = new HashSet<double>();
        for (var i = 0; i < days.Length; i++)
        {
            Guard.Finite(days[i], nameof(days));
            Guard.Finite(effects[i], nameof(effects));
            Guard.Positive(standardErrors[i], nameof(standardErrors));
            (smallest, first, last) = (Math.Min(smallest, standardErrors[i]), Math.Min(first, days[i]), Math.Max(last, days[i]));
            different.Add(days[i]);
        }
        if (different.Count < 3) return new NotEstimable($"a trend needs effects on at least 3 days; there are {different.Count}");
        double weights = 0, day = 0, effect = 0;
        for (var i = 0; i < days.Length; i++)
        {
            var weight = Weight(standardErrors[i]);
            (weights, day, effect) = (weights + weight, day + weight * (days[i] - first), effect + weight * (effects[i] - effects[0]));
        }
        double meanDay = first + day / weights, meanEffect = effects[0] + effect / weights, spread = 0, product = 0;
        for (var i = 0; i < days.Length; i++)
        {
            var weight = Weight(standardErrors[i]);
            spread += weight * (days[i] - meanDay) * (days[i] - meanDay);
            product += weight * (days[i] - meanDay) * (effects[i] - meanEffect);
        }
        return spread > 0 ? Conclude(meanEffect, product / spread, smallest / Math.Sqrt(spread), first, last, meanDay, alpha)
            : new NotEstimable("one day's error is so much smaller than all others' that there is no trend to see");

        double Weight(double error) => smallest / error * (smallest / error);
    }

    private static Estimated<TrendTest> Conclude(double mean, double slope, double error, double firstDay, double lastDay, double meanDay, double alpha)
    {
        double first = mean + slope * (firstDay - meanDay), last = mean + slope * (lastDay - meanDay);
        if (error == 0) return new NotEstimable("no unit's values change over the days in either arm, so there is no error to judge a trend by");
        if (!double.IsFinite(error) || !double.IsFinite(slope) || !double.IsFinite(first) || !double.IsFinite(last))
            return new NotEstimable("the values are too large to compute with");
        return new TrendTest(
            slope, error, Tails.Interval(slope, error, double.PositiveInfinity, alpha, Alternative.TwoSided), StandardNormal.TwoSidedTail(slope / error),
            first, last, Math.Abs(last) > Math.Abs(first) ? TrendShape.Growing : TrendShape.Fading);
    }
}
