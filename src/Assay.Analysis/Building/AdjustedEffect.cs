using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Takes from a difference what the plan says was known of the units before: covariates (CUPED) or strata (post-stratification).</summary>
internal static class AdjustedEffect
{
    /// <summary>Below so many successes or failures in an arm a share keeps the method that is exact enough for few.</summary>
    public const int FewestEvents = 20;

    public static bool Applies(Metric metric, MetricArmMoments control, MetricArmMoments treatment) =>
        CupedEffect.Applies(metric, control, treatment) || StratifiedEffect.Applies(metric, control, treatment);

    /// <returns>The adjusted effect; the one that was given where nothing can be adjusted, with the reason.</returns>
    public static Effect Adjust(Effect effect, Metric metric, MetricArmMoments control, MetricArmMoments treatment, double alpha)
    {
        if (!effect.IsEstimated || !Applies(metric, control, treatment)) return effect;
        if (WhyNotClusters(metric, control, treatment) is { } why) return effect with { NotAdjusted = why };
        if (metric.Type == MetricType.Proportion && Math.Min(Events(control), Events(treatment)) is var fewest and < FewestEvents)
            return effect with { NotAdjusted = $"an arm has {fewest} successes or failures; below {FewestEvents} the method for few of them is kept" };
        return CupedEffect.Applies(metric, control, treatment) ? CupedEffect.Adjust(effect, metric, control, treatment, alpha) : StratifiedEffect.Adjust(effect, metric, control, treatment, alpha);
    }

    /// <summary>For what is held against moments that know nothing from before.</summary>
    public static MetricArmMoments AsObserved(MetricArmMoments arm) => arm with { Covariate = null, Strata = [] };

    private static string? WhyNotClusters(Metric metric, MetricArmMoments control, MetricArmMoments treatment)
    {
        if (!ClusterEffect.Applies(metric, control, treatment)) return null;
        if (metric.Type == MetricType.Ratio) return $"below {ClusterEffect.EnoughClusters} clusters in an arm a ratio keeps the errors that know how unequal clusters are";
        return Math.Min(control.Units, treatment.Units) < ClusterRobust.PermutationBelow ? $"below {ClusterRobust.PermutationBelow} clusters in an arm the row keeps the method that a permutation stands beside" : null;
    }

    private static long Events(MetricArmMoments arm) => Math.Min(arm.Successes, arm.Units - arm.Successes);
}
