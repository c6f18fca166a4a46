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
        return DifferenceScore.At(control, treatment, margin, isCorrected: false) is { } z ? z
            : new NotEstimable("at this margin the test has no variance; decide by the interval");
    }
}
