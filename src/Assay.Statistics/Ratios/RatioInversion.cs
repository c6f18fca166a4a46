namespace Assay.Statistics;

/// <summary>Difference of two ratios when denominators are few: Fieller's interval per arm, combined.</summary>
internal static class RatioInversion
{
    public static Interval Interval(Linearised control, Linearised treatment, double critical) =>
        Mover.Difference(control.Ratio, control.Fieller(critical), treatment.Ratio, treatment.Fieller(critical));

    /// <summary>The two-sided level whose interval touches 0, so that p and interval always agree.</summary>
    public static Estimated<double> PValue(Linearised control, Linearised treatment)
    {
        if (treatment.Ratio == control.Ratio) return 1.0;
        var above = treatment.Ratio > control.Ratio;
        double low = 0, high = Math.Min(Limit(control), Limit(treatment)) * (1 - 1e-9);
        if (!ReachesZero(high))
            return new NotEstimable(FormattableString.Invariant(
                $"below {StandardNormal.TwoSidedTail(high):G2}; an interval at a higher level has no bounds, so p cannot be told more exactly"));
        for (var i = 0; i < 100; i++)
        {
            var middle = low + (high - low) / 2;
            if (ReachesZero(middle)) high = middle; else low = middle;
        }
        return StandardNormal.TwoSidedTail(high);

        bool ReachesZero(double critical)
        {
            var interval = Interval(control, treatment, critical);
            return above ? interval.Low <= 0 : interval.High >= 0;
        }
    }

    // g = 1 here; an arm whose denominator does not vary has no limit, and 38 is where the normal tail leaves the doubles.
    private static double Limit(Linearised arm) =>
        arm.VarianceDenominator == 0 ? 38 : Math.Min(38, Math.Abs(arm.Denominator) / Math.Sqrt(arm.VarianceDenominator));
}
