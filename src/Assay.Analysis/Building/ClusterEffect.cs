using System.Text.Json.Nodes;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Comparisons of few clusters: with <c>unit: cluster</c> each cluster is one value, and below 50 of them in an arm normal errors are too small.</summary>
/// <remarks>A mean is over clusters, each of weight 1; a ratio's is over what its denominator counts, so that clusters weigh what they hold and
/// errors know their leverage. Where only moments are known (a simulated plan), a ratio is linearised and its clusters taken for equal.</remarks>
internal static class ClusterEffect
{
    public const string Method = "cluster-t";

    /// <summary>From so many clusters in each arm on, the usual methods do.</summary>
    public const int EnoughClusters = 50;

    /// <summary>All arrangements of up to 9 clusters in each arm are fewer.</summary>
    private const int Arrangements = 100_000;

    private const int Seed = 1;

    public static ExperimentMoments Mark(Experiment experiment, ExperimentMoments moments) => experiment.Unit != UnitKind.Cluster ? moments : moments with
    {
        Metrics = [.. moments.Metrics.Select(Mark)],
        Segments = [.. moments.Segments.Select(s => s with { Metrics = [.. s.Metrics.Select(Mark)] })],
    };

    public static bool Applies(Metric metric, MetricArmMoments control, MetricArmMoments treatment) =>
        metric.Type != MetricType.Quantile && control.IsClusters && treatment.IsClusters && Math.Min(control.Units, treatment.Units) < EnoughClusters;

    /// <summary>Why clusters are too few for any error; null when they are not, or when units are no clusters.</summary>
    public static string? TooFew(MetricArmMoments control, MetricArmMoments treatment) =>
        control.IsClusters && treatment.IsClusters && Math.Min(control.Units, treatment.Units) < ClusterRobust.MinimumClusters
            ? $"each arm needs at least {ClusterRobust.MinimumClusters} clusters; there are {control.Units} and {treatment.Units}" : null;

    public static Effect Adjust(Effect effect, Metric metric, MetricArmMoments control, MetricArmMoments treatment, double alpha)
    {
        if (!effect.IsEstimated || !Applies(metric, control, treatment)) return effect;
        if (TooFew(control, treatment) is { } few) return Nothing(effect, few);
        if (HasNegativeWeight(control) || HasNegativeWeight(treatment)) return Nothing(effect, "a cluster's denominator is negative, so it cannot be weighed");
        var areKnown = HasValues(control) && HasValues(treatment);
        if (Of(metric, control, areKnown, alpha) is not { } c || Of(metric, treatment, areKnown, alpha) is not { } t) return Nothing(effect, "the error of an arm could not be estimated");
        var result = ClusterRobust.Compare(Moments(c, t), alpha, metric.Type == MetricType.Ratio ? ClusterEstimand.PerObservation : ClusterEstimand.PerCluster);
        if (!result.IsEstimable) return Nothing(effect, result.Reason!);
        var (cm, tm) = (c.Mean(alpha), t.Mean(alpha));
        var (relative, relativeInterval) = cm.IsEstimable && tm.IsEstimable
            ? Relative.Of(new(cm.Value.Mean, cm.Value.StandardError), new(tm.Value.Mean, tm.Value.StandardError), result.Value.Interval, alpha, result.Value.DegreesOfFreedom)
            : (effect.RelativeDifference, null);
        return effect with
        {
            Method = Method,
            Arguments = Describe(effect.Arguments, result.Value, c, t),
            Difference = result.Value.Difference,
            StandardError = result.Value.Cr2StandardError,
            Interval = result.Value.Interval,
            PValue = result.Value.PValue,
            RelativeDifference = relative,
            RelativeInterval = relativeInterval,
            ControlInterval = cm.IsEstimable ? cm.Value.Interval : null,
            TreatmentInterval = tm.IsEstimable ? tm.Value.Interval : null,
            ControlIntervalIfAsked = null,
            TreatmentIntervalIfAsked = null,
        };
    }

    /// <summary>The p-value of shuffling the clusters, below 10 of them in an arm; null where it says nothing or the clusters' values are not known.</summary>
    public static PermutationResult? Permutation(Metric metric, MetricArmMoments control, MetricArmMoments treatment)
    {
        if (!Applies(metric, control, treatment) || Math.Min(control.Units, treatment.Units) is < ClusterRobust.MinimumClusters or >= ClusterRobust.PermutationBelow) return null;
        if (!HasValues(control) || !HasValues(treatment) || HasNegativeWeight(control) || HasNegativeWeight(treatment)) return null;
        var result = PermutationTest.Totals(
            [.. control.Clusters.Select(x => x.Weight)], [.. control.Clusters.Select(x => x.Value)],
            [.. treatment.Clusters.Select(x => x.Weight)], [.. treatment.Clusters.Select(x => x.Value)], new ResamplingOptions(Seed, Arrangements));
        return result.IsEstimable ? result.Value : null;
    }

    /// <summary>How <see cref="Permutation"/> counted, for the arguments.</summary>
    public static JsonObject Describe(PermutationResult permutation) => permutation.Exact
        ? new() { ["arrangements"] = permutation.Arrangements, ["exact"] = true }
        : new() { ["arrangements"] = permutation.Arrangements, ["exact"] = false, ["seed"] = Seed };

    private static MetricMoments Mark(MetricMoments metric) => metric with
    {
        Arms = [.. metric.Arms.Select(a => a with { IsClusters = true })],
        IntentionToTreat = [.. metric.IntentionToTreat.Select(a => a with { IsClusters = true })],
    };

    private static bool HasValues(MetricArmMoments arm) => arm.Clusters.Length == arm.Units;

    private static bool HasNegativeWeight(MetricArmMoments arm) => arm.Clusters.Any(c => c.Weight < 0);

    private static ArmClusters? Of(Metric metric, MetricArmMoments arm, bool areKnown, double alpha)
    {
        if (areKnown) return ArmClusters.Of(arm.Clusters);
        if (metric.Type != MetricType.Ratio) return ArmClusters.Of(new SampleMoments(arm.Units, arm.Mean, arm.Variance));
        var ratio = RatioMetric.Estimate(RatioEffect.Moments(arm), alpha);
        return ratio.IsEstimable ? ArmClusters.Of(new SampleMoments(arm.Units, ratio.Value.Ratio, ratio.Value.StandardError * ratio.Value.StandardError * arm.Units)) : null;
    }

    private static ClusterMoments Moments(ArmClusters control, ArmClusters treatment)
    {
        if (!control.HasValues) return ClusterMoments.FromSingles(control.Moments, treatment.Moments);
        double[] none = new double[control.Weights.Length], other = new double[treatment.Weights.Length];
        return ClusterMoments.FromTotals(
            [.. control.Weights, .. other], [.. control.Sums, .. other], [.. none, .. treatment.Weights], [.. none, .. treatment.Sums], none.Length + other.Length);
    }

    private static JsonObject Describe(JsonObject arguments, ClusterComparison result, ArmClusters control, ArmClusters treatment)
    {
        arguments = (JsonObject)arguments.DeepClone();
        arguments["estimand"] = result.Estimand == ClusterEstimand.PerCluster ? "cluster" : "observation";
        arguments["cr1StandardError"] = result.Cr1StandardError;
        arguments["cr2StandardError"] = result.Cr2StandardError;
        arguments["degreesOfFreedom"] = result.DegreesOfFreedom;
        if (!control.HasValues) return arguments;
        foreach (var (name, arm) in new[] { ("controlClusters", control), ("treatmentClusters", treatment) })
            arguments[name] = new JsonObject { ["weights"] = new JsonArray([.. arm.Weights.Select(w => (JsonNode)w)]), ["sums"] = new JsonArray([.. arm.Sums.Select(v => (JsonNode)v)]) };
        return arguments;
    }

    private static Effect Nothing(Effect effect, string why) => effect with
    {
        Method = Method,
        Interval = null,
        PValue = null,
        StandardError = null,
        RelativeInterval = null,
        ControlInterval = null,
        TreatmentInterval = null,
        ControlIntervalIfAsked = null,
        TreatmentIntervalIfAsked = null,
        Reason = why,
    };
}
