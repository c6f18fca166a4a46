using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>The relative difference for display. Where the delta interval would disagree with the absolute one about significance, Fieller's stands in.</summary>
internal static class Relative
{
    public static (double? Difference, Interval? Interval) Of(
        MeanEstimate control, MeanEstimate treatment, Interval absolute, double alpha, double degreesOfFreedom = double.PositiveInfinity)
    {
        var lift = RelativeLift.Delta(control, treatment, alpha, Alternative.TwoSided, degreesOfFreedom);
        if (!lift.IsEstimable) return (null, null);
        if (Excludes(lift.Value.Interval) == Excludes(absolute)) return (lift.Value.Lift, lift.Value.Interval);
        var fieller = RelativeLift.Fieller(control, treatment, alpha, degreesOfFreedom);
        return (lift.Value.Lift, fieller.IsEstimable ? fieller.Value : null);
    }

    private static bool Excludes(Interval interval) => interval.Low > 0 || interval.High < 0;
}
