using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis.Tests;

public sealed class ClusterEffectTests
{
    private static Report Build(MetricMoments moments, UnitKind unit = UnitKind.Cluster) => ReportBuilder.Build(
        GivenExperiment.With([new(GivenExperiment.Mean("csat"), MetricRole.Primary)]) with { Unit = unit }, GivenMoments.Of(moments));

    [Fact]
    public void Build_FewClusters_HasTheErrorOfCr2()
    {
        var random = new Random(3);
        double[] control = [.. Enumerable.Range(0, 12).Select(_ => random.NextDouble())], treatment = [.. Enumerable.Range(0, 9).Select(_ => random.NextDouble() + 0.3)];
        MetricArmMoments Arm(string variant, double[] values) => SampleMoments.FromValues(values) is var m ? GivenMoments.Value(variant, m.Mean, Math.Sqrt(m.Variance), m.N) : null!;
        var report = Build(GivenMoments.Metric("csat", Arm("control", control), Arm("treatment", treatment)));
        var row = report.Metrics[0];
        var robust = ClusterRobust.Compare([.. control, .. treatment], [.. control.Select(_ => false), .. treatment.Select(_ => true)], [.. Enumerable.Range(0, 21).Select(i => (long)i)], 0.05).Value;
        Assert.Equal("cluster-t", row.Method);
        Assert.Equal(robust.Difference, row.Difference!.Value, 1e-12);
        var welch = WelchT.Compare(SampleMoments.FromValues(control), SampleMoments.FromValues(treatment), 0.05).Value;
        // One value a cluster: CR2's error is Welch's; the degrees of freedom follow the working model, not the variances seen.
        Assert.Equal(robust.Cr2StandardError, welch.StandardError, 1e-12);
        Assert.Equal(robust.Interval.High, row.Interval!.Value.High!.Value, 1e-12);
        Assert.Equal(robust.DegreesOfFreedom, row.MethodArguments["degreesOfFreedom"]!.GetValue<double>(), 1e-9);
        Assert.Equal("cluster", row.MethodArguments["estimand"]!.GetValue<string>());
        Assert.Equal("per cluster", row.Estimand);
        Assert.Contains(report.Warnings, w => w.Code == "few-clusters");
    }

    [Fact]
    public void Build_FourClustersAgainstForty_IsNotWorthFourDegreesOfFreedom()
    {
        var row = Build(GivenMoments.Mean("csat", (3, 1, 4), (4, 1, 40))).Metrics[0];
        Assert.Equal(RowStatus.NotEstimable, row.Status);
        Assert.Contains("degrees of freedom; at least 4 are needed", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_QuantileOfThreeClusters_IsNotEstimable()
    {
        var report = ReportBuilder.Build(
            GivenExperiment.With([new(GivenExperiment.Quantile("latency_p95"), MetricRole.Primary)]) with { Unit = UnitKind.Cluster },
            GivenMoments.Of(GivenMoments.Metric("latency_p95", GivenMoments.Quantile("control", 900, 800, 1000, 3), GivenMoments.Quantile("treatment", 700, 650, 760, 30))));
        Assert.Contains("at least 4 clusters; there are 3 and 30", report.Metrics[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_ThreeClusters_IsNotEstimable()
    {
        var report = Build(GivenMoments.Mean("csat", (3, 1, 3), (4, 1, 3)));
        Assert.Equal(RowStatus.NotEstimable, report.Metrics[0].Status);
        Assert.Contains("at least 4 clusters", report.Metrics[0].Reason, StringComparison.Ordinal);
        Assert.Equal(Decision.Inconclusive, report.Verdict.Decision);
    }

    [Fact]
    public void Build_ProportionOfFewClusters_IsATTestAndOfManyAScoreTest()
    {
        Report Of(long n, UnitKind unit) => ReportBuilder.Build(GivenExperiment.With() with { Unit = unit }, GivenMoments.Of(GivenMoments.Proportion("resolution", (n / 2, n), (n * 3 / 4, n))));
        Assert.Equal("cluster-t", Of(40, UnitKind.Cluster).Metrics[0].Method);
        Assert.Equal("score-interval", Of(80, UnitKind.Cluster).Metrics[0].Method);
        Assert.Equal("score-interval-fisher", Of(40, UnitKind.User).Metrics[0].Method);
    }
}
