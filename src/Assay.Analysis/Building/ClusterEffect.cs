using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Comparisons of few clusters: with <c>unit: cluster</c> each cluster is one value, and below 50 of them in an arm normal errors are too small.</summary>
/// <remarks>For one value per cluster the CR2 error is Welch's, so the t test with Satterthwaite's degrees of freedom is what remains to be done; a ratio is
/// brought to one value per cluster by linearising. The mean is over clusters, a ratio's is over what its denominator counts.</remarks>
internal static class ClusterEffect
{
    public const string Method = "cluster-t";

    /// <summary>From so many clusters in each arm on, the usual methods do.</summary>
    public const int EnoughClusters = 50;

    private const int FewestDegreesOfFreedom = 4;

    public static ExperimentMoments Mark(Experiment experiment, ExperimentMoments moments) => experiment.Unit != UnitKind.Cluster ? moments : moments with
    {
        Metrics = [.. moments.Metrics.Select(m => m with
        {
            Arms = [.. m.Arms.Select(a => a with { IsClusters = true })],
            IntentionToTreat = [.. m.IntentionToTreat.Select(a => a with { IsClusters = true })],
        })],
    };

    public static bool Applies(Metric metric, MetricArmMoments control, MetricArmMoments treatment) =>
        metric.Type != MetricType.Quantile && control.IsClusters && treatment.IsClusters && Math.Min(control.Units, treatment.Units) < EnoughClusters;

    public static Effect Adjust(Effect effect, Metric metric, MetricArmMoments control, MetricArmMoments treatment, double alpha)
    {
        if (!effect.IsEstimated || !Applies(metric, control, treatment)) return effect;
        if (Math.Min(control.Units, treatment.Units) < ClusterRobust.MinimumClusters)
            return Nothing(effect, $"each arm needs at least {ClusterRobust.MinimumClusters} clusters; there are {control.Units} and {treatment.Units}");
        if (Moments(metric, control, alpha) is not { } c || Moments(metric, treatment, alpha) is not { } t) return Nothing(effect, "the error of an arm could not be estimated");
        var result = WelchT.Compare(c, t, alpha);
        if (!result.IsEstimable) return Nothing(effect, result.Reason!);
        if (!(result.Value.DegreesOfFreedom >= FewestDegreesOfFreedom))
            return Nothing(effect, FormattableString.Invariant($"the clusters are worth {result.Value.DegreesOfFreedom:F1} degrees of freedom; at least {FewestDegreesOfFreedom} are needed"));
        var arguments = (System.Text.Json.Nodes.JsonObject)effect.Arguments.DeepClone();
        arguments["degreesOfFreedom"] = result.Value.DegreesOfFreedom;
        return effect with
        {
            Method = Method,
            Arguments = arguments,
            Difference = result.Value.Difference,
            StandardError = result.Value.StandardError,
            Interval = result.Value.Interval,
            PValue = result.Value.PValue,
            ControlInterval = MeanEffect.ArmInterval(c, alpha),
            TreatmentInterval = MeanEffect.ArmInterval(t, alpha),
        };
    }

    private static SampleMoments? Moments(Metric metric, MetricArmMoments arm, double alpha)
    {
        if (metric.Type != MetricType.Ratio) return new SampleMoments(arm.Units, arm.Mean, arm.Variance);
        var ratio = RatioMetric.Estimate(RatioEffect.Moments(arm), alpha);
        return ratio.IsEstimable ? new SampleMoments(arm.Units, ratio.Value.Ratio, ratio.Value.StandardError * ratio.Value.StandardError * arm.Units) : null;
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
