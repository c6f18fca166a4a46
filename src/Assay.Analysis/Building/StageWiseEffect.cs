using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>The headline of a comparison that a look has settled: median-unbiased, since what made it stop also made it look large.</summary>
internal static class StageWiseEffect
{
    public static Comparison Of(Comparison comparison, SequentialPlan plan, ImmutableArray<LookRecord> looks, LookComparison found)
    {
        var settled = comparison with { Alpha = found.Alpha, Look = found, Looks = looks };
        if (found is not { Z: { } z, StandardError: { } error, Difference: { } observed }) return settled;
        var boundary = plan.Boundary(looks, found.Alpha);
        var estimate = StageWise.Estimate(boundary.Design, looks.Length, z, boundary.Level);
        var effect = comparison.Effect;
        double? relative = effect.ControlValue is { } control && control != 0 ? observed / Math.Abs(control) : null;
        return settled with
        {
            Kind = IntervalKind.StageWise,
            ObservedDifference = observed,
            Effect = effect with
            {
                Difference = estimate.Effect(error),
                Interval = estimate.EffectInterval(error),
                PValue = estimate.PValue,
                // The same drifts, on a scale on which the control is one: for display only.
                RelativeDifference = relative is { } r ? estimate.Effect(Math.Abs(r / z)) : null,
                RelativeInterval = relative is { } s ? estimate.EffectInterval(Math.Abs(s / z)) : null,
            },
        };
    }
}
