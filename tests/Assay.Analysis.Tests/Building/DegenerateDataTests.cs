using Assay.Events;
using Assay.Experiments;

namespace Assay.Analysis.Tests;

/// <summary>Where nothing can be computed the row says so and why, and the verdict is never a plausible guess.</summary>
public sealed class DegenerateDataTests
{
    private static Report Build(ExperimentMetric metric, params MetricArmMoments[] arms) => ReportBuilder.Build(
        GivenExperiment.With([metric]), GivenMoments.Of([new("control", 100, 0), new("treatment", 100, 0)], GivenMoments.Metric(metric.Metric.Name, arms)), new ReportOptions { IsFinal = true });

    private static ExperimentMetric Mean => new(GivenExperiment.Mean("csat"), MetricRole.Primary);

    private static void IsNotEstimable(Report report, string because)
    {
        var row = Assert.Single(report.Metrics);
        Assert.Equal(RowStatus.NotEstimable, row.Status);
        Assert.Contains(because, row.Reason!, StringComparison.Ordinal);
        Assert.Null(row.Difference);
        Assert.Null(row.Interval);
        Assert.Null(row.PValue);
        Assert.Equal(Decision.Inconclusive, report.Verdict.Decision);
        var json = ReportJson.Write(report);
        Assert.DoesNotContain("NaN", json, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_OneArmEmpty_IsNotEstimable()
    {
        IsNotEstimable(Build(GivenExperiment.Primary(), GivenMoments.Share("control", 60, 100), GivenMoments.Share("treatment", 0, 0)), "no unit has a value");
        IsNotEstimable(Build(Mean, GivenMoments.Value("control", 3, 1, 0), GivenMoments.Value("treatment", 3, 1, 100)), "no unit has a value");
    }

    [Fact]
    public void Build_MeanWithoutVariance_IsNotEstimable() =>
        IsNotEstimable(Build(Mean, GivenMoments.Value("control", 3, 0, 100), GivenMoments.Value("treatment", 4, 0, 100)), "vari");

    [Fact]
    public void Build_OneUnit_IsNotEstimable() =>
        IsNotEstimable(Build(Mean, GivenMoments.Value("control", 3, 0, 1), GivenMoments.Value("treatment", 4, 1, 100)), "2");

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(3, double.NaN)]
    public void Build_NotANumber_IsNotEstimable(double mean, double sd) =>
        IsNotEstimable(Build(Mean, GivenMoments.Value("control", mean, sd, 100), GivenMoments.Value("treatment", 4, 1, 100)), "not a number");

    [Fact]
    public void Build_NegativeCount_IsNotEstimable()
    {
        IsNotEstimable(Build(GivenExperiment.Primary(), GivenMoments.Share("control", -1, 100), GivenMoments.Share("treatment", 50, 100)), "negative");
        IsNotEstimable(Build(Mean, GivenMoments.Value("control", 3, 1, -5), GivenMoments.Value("treatment", 4, 1, 100)), "negative");
    }

    [Fact]
    public void Build_UnusableValues_AreNotEstimableUnlessFew()
    {
        MetricArmMoments control = GivenMoments.Value("control", 3, 1, 100), treatment = GivenMoments.Value("treatment", 4, 1, 100);
        IsNotEstimable(Build(Mean, control with { InvalidRows = 3 }, treatment), "no usable numbers");
        var few = Build(Mean, control with { InvalidRows = 3, Answered = 10_000, Units = 10_000 }, treatment);
        Assert.Equal(RowStatus.Estimated, few.Metrics[0].Status);
        Assert.Contains(few.Warnings, w => w.Code == "invalid-rows");
    }

    [Fact]
    public void Build_UnknownAmounts_AreNotEstimableUnlessFew()
    {
        MetricArmMoments control = GivenMoments.Value("control", 3, 1, 100), treatment = GivenMoments.Value("treatment", 4, 1, 100);
        IsNotEstimable(Build(Mean, control, treatment with { Unknown = 3, Answered = 103 }), "3 of its units an amount is not known");
        var few = Build(Mean, control, treatment with { Unknown = 3, Answered = 10_003, Units = 10_000 });
        Assert.Equal(RowStatus.Estimated, few.Metrics[0].Status);
        Assert.Contains(few.Warnings, w => w.Code == "unknown-amounts");
    }

    [Fact]
    public void Build_QuantileOfAHandfulOfUnits_IsNotEstimableAndKeepsNoLimit()
    {
        // The 95th percentile of five values is the largest: no value lies beyond, and the error that is computed is 0.
        var handful = GivenMoments.Quantile("treatment", 2_504, 2_504, 2_504, units: 5);
        handful = handful with { Quantile = handful.Quantile! with { StandardErrorOfProbability = 0 } };
        var latency = GivenExperiment.Quantile("latency", 0.95);
        var report = ReportBuilder.Build(
            GivenExperiment.With([new(latency, MetricRole.Primary)], guardrails: [new Guardrail { Metric = "latency", Max = 3_000 }]),
            GivenMoments.Of([new("control", 500, 0), new("treatment", 500, 0)], GivenMoments.Metric("latency", GivenMoments.Quantile("control", 2_323, 2_200, 2_400), handful)),
            new ReportOptions { IsFinal = true });
        IsNotEstimable(report, "too few units (5)");
        Assert.Equal(LimitState.NotEstimable, Assert.Single(report.Guardrails).State);
    }

    [Fact]
    public void Build_RatioWithoutSuccess_ShowsItsPartsInstead()
    {
        var arm = new MetricArmMoments { Variant = "control", Units = 100, Matured = 100, Answered = 100, Mean = 0.02, Variance = 0.0001 };
        var report = Build(new(GivenExperiment.Ratio("cost_per_resolved"), MetricRole.Primary), arm, arm with { Variant = "treatment", Mean = 0.03, DenominatorMean = 0.5, DenominatorVariance = 0.25, NonZeroDenominators = 50 });
        IsNotEstimable(report, "denominator");
        var parts = report.Metrics[0].Components;
        Assert.Equal(["costUsd per unit", "share of units with resolved"], parts.Select(p => p.Name));
        Assert.Equal(0.01, parts[0].Difference!.Value, 1e-12);
        Assert.Equal(0.5, parts[1].Treatment!.Value, 1e-12);
    }

    [Fact]
    public void Build_QuantileOfFailures_IsNotEstimable()
    {
        var metric = new ExperimentMetric(GivenExperiment.Quantile("latency_p95"), MetricRole.Primary);
        IsNotEstimable(Build(metric, GivenMoments.Quantile("control", 2100, 2000, 2200), GivenMoments.Quantile("treatment", double.PositiveInfinity, 2000, double.PositiveInfinity)), "failed");
        IsNotEstimable(Build(metric, GivenMoments.Quantile("control", 2100, 2000, null), GivenMoments.Quantile("treatment", 2100, 2000, 2200)), "too few units");
        IsNotEstimable(Build(metric, GivenMoments.Quantile("control", 2100, 2000, 2200) with { Quantile = null }, GivenMoments.Quantile("treatment", 2100, 2000, 2200)), "no events");
    }

    [Fact]
    public void Build_ImpossibleUnits_IsInvalid()
    {
        var report = ReportBuilder.Build(GivenExperiment.With(), GivenMoments.Of([new("control", -5, 0), new("treatment", 100, 0)], GivenMoments.Proportion("resolution", (1, 2), (1, 2))));
        Assert.Equal(Decision.Invalid, report.Verdict.Decision);
        Assert.Equal("impossible-counts", report.Verdict.Reasons[0].Code);
    }
}
