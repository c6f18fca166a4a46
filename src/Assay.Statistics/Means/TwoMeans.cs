namespace Assay.Statistics;

/// <summary>What the t tests share: when they cannot be done, and the way from an estimate to p and interval.</summary>
internal static class TwoMeans
{
    public static NotEstimable? WhyNot(SampleMoments control, SampleMoments treatment)
    {
        if (control.N < 2 || treatment.N < 2)
            return new NotEstimable($"a variance needs at least 2 units in each arm; there are {control.N} and {treatment.N}");
        if (control.Variance == 0 && treatment.Variance == 0)
            return new NotEstimable("neither arm has any variance, so there is no error to judge the difference by");
        return null;
    }

    public static Estimated<MeanComparison> Conclude(
        double difference, double standardError, double degreesOfFreedom, double alpha, Alternative alternative)
    {
        // Squares of values near the ends of the double range leave it.
        if (!double.IsFinite(difference) || !double.IsFinite(standardError) || standardError == 0)
            return new NotEstimable("the values are too large or too small to compute with");
        var t = difference / standardError;
        var pValue = Tails.PValue(t, degreesOfFreedom, alternative);
        var interval = Tails.Interval(difference, standardError, degreesOfFreedom, alpha, alternative);
        return new MeanComparison(difference, standardError, t, degreesOfFreedom, pValue, interval);
    }
}
