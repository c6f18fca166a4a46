namespace Assay.Statistics;

/// <summary>z of the difference of two proportions against a margin, with the variance under that margin.</summary>
internal static class MarginScore
{
    /// <summary>(p_T − p_C − margin) / SE, SE at the likeliest pair of proportions that differ by the margin.</summary>
    public static Estimated<double> Z(Proportion control, Proportion treatment, double margin)
    {
        if (!(margin > -1 && margin < 1)) throw new ArgumentOutOfRangeException(nameof(margin), margin, "must lie in (−1, 1)");
        if (control.Trials == 0 || treatment.Trials == 0)
            return new NotEstimable($"each arm needs at least 1 trial; there are {control.Trials} and {treatment.Trials}");
        var pc = Constrained(control, treatment, margin);
        double pt = Math.Clamp(pc + margin, 0, 1), variance = pt * (1 - pt) / treatment.Trials + pc * (1 - pc) / control.Trials;
        // At margin 0 with no success (or no failure) anywhere both proportions are 0 (or 1) for certain.
        if (!(variance > 1e-14 / Math.Max(control.Trials, treatment.Trials)))
            return new NotEstimable("at this margin the test has no variance; decide by the interval");
        return (treatment.Rate - control.Rate - margin) / Math.Sqrt(variance);
    }

    // The log-likelihood in p_C along p_T = p_C + margin is concave, so its derivative has one zero: bisection needs no cubic formula.
    private static double Constrained(Proportion control, Proportion treatment, double margin)
    {
        double low = Math.Max(0, -margin), high = Math.Min(1, 1 - margin);
        for (var i = 0; i < 200 && high - low > 1e-16; i++)
        {
            var p = low + (high - low) / 2;
            if (Slope(control, p) + Slope(treatment, p + margin) > 0) low = p; else high = p;
        }
        return low + (high - low) / 2;
    }

    private static double Slope(Proportion arm, double p)
    {
        double successes = arm.Successes, failures = arm.Trials - arm.Successes;
        return (successes == 0 ? 0 : successes / p) - (failures == 0 ? 0 : failures / (1 - p));
    }
}
