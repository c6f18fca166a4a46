using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>How many units the plan asks for.</summary>
public static class PlannedSize
{
    /// <summary>Units in all arms together; null when the plan lacks a minimum effect, a baseline (proportions) or a standard deviation of one unit (anything else) of the first primary, or asks for an effect out of any experiment's reach.</summary>
    /// <remarks>
    /// With several primaries the largest size of those that the plan describes, each by itself; with interim looks it is the planned maximum, the fixed size times
    /// the design's inflation factor, with declared futility that of the design that obeys it.
    /// With several treatments each is held against the control at <see cref="LevelOf"/>, the level that Holm's first step may ask for;
    /// the control is as large as the most demanding treatment needs, the others follow the weights.
    /// </remarks>
    public static long? For(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        long? largest = null;
        foreach (var primary in experiment.MetricsOf(MetricRole.Primary).Select(m => m.Metric))
        {
            var size = For(experiment, primary);
            if (largest is null && size is null) return null;
            if (largest is null || size > largest) largest = size;
        }
        return largest;
    }

    /// <summary>The same for one primary by itself, at its share of alpha.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="primary">One of its primaries.</param>
    public static long? For(Experiment experiment, Metric primary)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(primary);
        if (MinimumEffectOf(experiment.Plan, null) is not { } effect) return null;
        var plan = experiment.Plan;
        var treatments = experiment.Variants.Length - 1;
        if (treatments < 1) return null;
        var level = LevelOf(experiment);
        var design = PlannedDesign.For(plan, level);
        if (plan.Power <= (design?.Alpha ?? level)) return null;
        RequiredSample? largest = null;
        double total = 0;
        foreach (var treatment in experiment.Variants.Skip(1))
        {
            if (!(treatment.Weight > 0) || !(experiment.Control.Weight > 0)) return null;
            var ratio = treatment.Weight / experiment.Control.Weight;
            var needed = Needed(primary, plan, effect, level, design, ratio);
            if (needed is null) return null;
            if (largest is null || needed.ControlExact > largest.ControlExact) largest = needed;
        }
        if (largest is null) return null;
        if (treatments == 1) return largest.Total;
        foreach (var variant in experiment.Variants) total += Math.Ceiling(largest.ControlExact * variant.Weight / experiment.Control.Weight - 1e-9);
        return (long)total;
    }

    /// <summary>Level of one comparison in the primary family: alpha shared by primaries × treatments.</summary>
    public static double LevelOf(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return experiment.Plan.Alpha / Math.Max(1, experiment.MetricsOf(MetricRole.Primary).Count() * (experiment.Variants.Length - 1));
    }

    /// <summary>The minimum effect in the metric's unit; a relative one is taken of the plan's baseline, else of the observed control.</summary>
    internal static double? MinimumEffectOf(AnalysisPlan plan, double? observedControl) => plan.MinimumEffect switch
    {
        null => null,
        { IsRelative: false, Value: var value } => value,
        { Value: var value } => (plan.Baseline ?? observedControl) is { } reference && reference != 0 ? value * Math.Abs(reference) : null,
    };

    private static RequiredSample? Needed(Metric primary, AnalysisPlan plan, double effect, double alpha, GroupSequentialDesign? design, double ratio) => primary.Type switch
    {
        MetricType.Proportion when plan.Baseline is { } baseline => ForProportion(baseline, primary.Better == Direction.Higher ? effect : -effect, design is null ? alpha : 2 * design.AlphaPerSide, plan.Power, ratio) is { } oneLook
            ? Sequential(oneLook, plan, ratio, design) : null,
        // Of a ratio or a quantile sd is what one unit contributes to its error; a pilot gives it, and t at so many units is z.
        MetricType.Mean or MetricType.Count or MetricType.Ratio or MetricType.Quantile when plan.StandardDeviation is { } sd && Math.Abs(effect) > 1e-6 * sd =>
            Sequential(SampleSize.ForMeans(sd, effect, design is null ? alpha : 2 * design.AlphaPerSide, plan.Power, ratio), plan, ratio, design),
        _ => null,
    };

    private static RequiredSample Sequential(RequiredSample oneLook, AnalysisPlan plan, double ratio, GroupSequentialDesign? design) =>
        design is null ? oneLook : SequentialSize.MaximumFor(oneLook, design, plan.Power, ratio, PlannedDesign.FutilityOf(plan));

    /// <summary>Null when the effect would lead out of [0, 1].</summary>
    internal static RequiredSample? ForProportion(double baseline, double effect, double alpha, double power, double ratio)
    {
        if (baseline is not (> 0 and < 1) || baseline + effect is not (>= 0 and <= 1) || !(Math.Abs(effect) > 1e-7)) return null;
        return SampleSize.ForProportions(baseline, effect, alpha, power, ratio);
    }
}
