using System.Collections.Immutable;
using Assay.Analysis;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>Clusters of unequal sizes through a whole report: the row's interval, and the permutation beside it.</summary>
internal static class ClusterReportCells
{
    private const int Largest = 20;

    private static readonly Experiment s_means = Read("{ type: mean, event: m, better: higher }");
    private static readonly Experiment s_ratios = Read("{ type: ratio, numerator: { event: m }, denominator: { event: generation, aggregate: count }, better: higher }");

    public static IEnumerable<Cell> All()
    {
        foreach (var clusters in new[] { 5, 9, 20, 49 })
        {
            var setting = $"{clusters} clusters an arm, 1 to {Largest} requests each, correlation .2";
            yield return Cell.Of("report, unit cluster: mean per cluster", setting, Promise.Asymptotic, (ref RandomStream r) => Row(ref r, s_means, clusters), 10);
            yield return Cell.Of("report, unit cluster: ratio per request, CR2 and Satterthwaite", setting, Promise.Asymptotic, (ref RandomStream r) => Row(ref r, s_ratios, clusters), 10);
            if (clusters >= ClusterRobust.PermutationBelow) continue;
            yield return Cell.Of("report, unit cluster: permutation beside the mean", setting, Promise.Exact, (ref RandomStream r) => Permuted(ref r, s_means, clusters), clusters == 5 ? 10 : 50);
            yield return Cell.Of("report, unit cluster: permutation beside the ratio", setting, Promise.Exact, (ref RandomStream r) => Permuted(ref r, s_ratios, clusters), clusters == 5 ? 10 : 50);
        }
    }

    private static Experiment Read(string metric)
    {
        var read = DefinitionReader.ReadText($$"""
            key: clusters
            unit: cluster
            variants: [ { key: control }, { key: treatment, promptVersion: b } ]
            metrics: { primary: m }
            ---
            metrics: { m: {{metric}} }
            """);
        return read.Definitions?.Experiments[0] ?? throw new InvalidOperationException(string.Join("; ", read.Problems));
    }

    private static Outcome Row(ref RandomStream random, Experiment experiment, int clusters)
    {
        var row = Build(ref random, experiment, clusters);
        if (row.Interval is not { } interval) return new(false);
        var holds = interval.Low <= 0 && interval.High >= 0;
        return new(row.PValue <= 0.05, holds);
    }

    private static Outcome Permuted(ref RandomStream random, Experiment experiment, int clusters) =>
        new(Build(ref random, experiment, clusters).PermutationPValue <= 0.05);

    private static MetricRow Build(ref RandomStream random, Experiment experiment, int clusters)
    {
        var isRatio = experiment == s_ratios;
        ImmutableArray<MetricArmMoments> arms = [Arm(ref random, "control", clusters, isRatio), Arm(ref random, "treatment", clusters, isRatio)];
        var moments = new ExperimentMoments(null, [.. arms.Select(a => new ArmUnits(a.Variant, a.Units, 0))], [new MetricMoments("m", arms, arms)], []);
        return ReportBuilder.Build(experiment, moments, new ReportOptions { IsFinal = true }).Metrics[0];
    }

    /// <summary>A level per cluster and as much again from each request; the value is the cluster's sum for a ratio, its mean else.</summary>
    private static MetricArmMoments Arm(ref RandomStream random, string variant, int clusters, bool isRatio)
    {
        var totals = new ClusterTotal[clusters];
        for (var g = 0; g < clusters; g++)
        {
            int size = 1 + random.Below(Largest);
            var sum = size * Math.Sqrt(0.2) * random.Normal() + Math.Sqrt(0.8 * size) * random.Normal();
            totals[g] = isRatio ? new ClusterTotal(sum, size) : new ClusterTotal(sum / size, 1);
        }
        SampleMoments values = SampleMoments.FromValues([.. totals.Select(t => t.Value)]), weights = SampleMoments.FromValues([.. totals.Select(t => t.Weight)]);
        var arm = new MetricArmMoments { Variant = variant, Units = clusters, Matured = clusters, Answered = clusters, Mean = values.Mean, Variance = values.Variance, Clusters = [.. totals] };
        return !isRatio ? arm : arm with
        {
            DenominatorMean = weights.Mean,
            DenominatorVariance = weights.Variance,
            Covariance = totals.Sum(t => (t.Value - values.Mean) * (t.Weight - weights.Mean)) / (clusters - 1),
            NonZeroDenominators = clusters,
        };
    }
}
