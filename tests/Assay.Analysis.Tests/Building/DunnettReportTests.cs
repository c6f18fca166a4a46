using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis.Tests;

public sealed class DunnettReportTests
{
    private static Report Rates(AnalysisPlan? plan = null, IEnumerable<ExperimentMetric>? metrics = null) => ReportBuilder.Build(
        GivenExperiment.With(metrics, plan, weights: [0.4, 0.3, 0.3]),
        GivenMoments.Of(GivenMoments.Metric("resolution", GivenMoments.Share("control", 600, 1000), GivenMoments.Share("b1", 490, 750), GivenMoments.Share("b2", 484, 750))), new ReportOptions { IsFinal = true });

    [Fact]
    public void Build_SeveralTreatmentsOfOneRate_AreAdjustedByDunnett()
    {
        var report = Rates();
        var rows = report.Metrics;
        Assert.All(rows, r => Assert.Equal("step-down-dunnett", r.Adjustment!.Method));
        double[] z = [.. rows.Select(r => StandardNormal.Critical(r.PValue!.Value))], loadings = [Math.Sqrt(750.0 / 1750), Math.Sqrt(750.0 / 1750)];
        double[] adjusted = Dunnett.StepDown(z, loadings), holm = Multiplicity.Holm([.. rows.Select(r => r.PValue!.Value)]);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(adjusted[i], rows[i].AdjustedPValue!.Value, 1e-9);
            Assert.True(rows[i].AdjustedPValue <= holm[i]);
        }
        Assert.Contains("adjusted p of resolution: step-down Dunnett: 2 treatments share the control", ReportText.Write(report), StringComparison.Ordinal);
        // The interval of the first step has Dunnett's level, wider than alpha and narrower than Bonferroni's.
        Assert.Equal(StandardNormal.TwoSidedTail(Dunnett.Critical(loadings, 0.05)), 1 - rows[0].IntervalLevel!.Value, 1e-9);
        Assert.Equal(rows[0].AdjustedPValue < 0.05, rows[0].Interval!.Value.Low > 0);
        Assert.Equal(z, rows[0].MethodArguments["dunnett"]!["statistics"]!.AsArray().Select(x => x!.GetValue<double>()), new Near());
    }

    [Fact]
    public void Build_RejectedFirst_LeavesItsAlphaToTheSecond()
    {
        var report = ReportBuilder.Build(GivenExperiment.With(weights: [0.4, 0.3, 0.3]), GivenMoments.Of(GivenMoments.Metric("resolution",
            GivenMoments.Share("control", 600, 1000), GivenMoments.Share("b1", 540, 750), GivenMoments.Share("b2", 484, 750))), new ReportOptions { IsFinal = true });
        Assert.Equal(0.95, report.Metrics[1].IntervalLevel!.Value, 1e-12);
        Assert.Contains("by step-down Dunnett", Assert.Single(report.Verdict.Reasons, r => r.Code == "primary-better").Text, StringComparison.Ordinal);
        Assert.Equal(report.Metrics[1].PValue!.Value, report.Metrics[1].AdjustedPValue!.Value, 1e-12);
    }

    [Fact]
    public void Build_Means_TakeTheCorrelationFromTheErrorsSeen()
    {
        var report = ReportBuilder.Build(GivenExperiment.With([new(GivenExperiment.Mean("csat"), MetricRole.Primary)], weights: [0.4, 0.3, 0.3]), GivenMoments.Of(GivenMoments.Metric("csat",
            GivenMoments.Value("control", 3, 1, 400), GivenMoments.Value("b1", 3.2, 2, 300), GivenMoments.Value("b2", 3.1, 1, 300))), new ReportOptions { IsFinal = true });
        double[] loadings = [.. report.Metrics[0].MethodArguments["dunnett"]!["loadings"]!.AsArray().Select(x => x!.GetValue<double>())];
        Assert.Equal([Math.Sqrt(1.0 / 400 / (1.0 / 400 + 4.0 / 300)), Math.Sqrt(1.0 / 400 / (1.0 / 400 + 1.0 / 300))], loadings, new Near());
    }

    [Fact]
    public void Build_OneTreatment_NeedsNoAdjustment()
    {
        var report = ReportBuilder.Build(GivenExperiment.With(), GivenMoments.Of(GivenMoments.Proportion("resolution", (600, 1000), (640, 1000))), new ReportOptions { IsFinal = true });
        Assert.Null(report.Metrics[0].Adjustment);
        Assert.Equal(report.Metrics[0].PValue, report.Metrics[0].AdjustedPValue);
    }

    [Fact]
    public void Build_SeveralPrimaries_AreAdjustedByHolmAndSayWhy()
    {
        var report = ReportBuilder.Build(GivenExperiment.With([GivenExperiment.Primary(), new(GivenExperiment.Mean("csat"), MetricRole.Primary)]), GivenMoments.Of(
            GivenMoments.Proportion("resolution", (600, 1000), (640, 1000)), GivenMoments.Mean("csat", (3, 1, 1000), (3.1, 1, 1000))), new ReportOptions { IsFinal = true });
        Assert.All(report.Metrics, r => Assert.Equal(("holm", "Holm, not Dunnett: there are several primaries"), (r.Adjustment!.Method, r.Adjustment.Text)));
    }

    [Fact]
    public void Build_QuantilesAndLooks_AreAdjustedByHolmAndSayWhy()
    {
        var quantiles = ReportBuilder.Build(GivenExperiment.With([new(GivenExperiment.Quantile("latency"), MetricRole.Primary)], weights: [0.4, 0.3, 0.3]), GivenMoments.Of(GivenMoments.Metric("latency",
            GivenMoments.Quantile("control", 900, 850, 950), GivenMoments.Quantile("b1", 880, 830, 940), GivenMoments.Quantile("b2", 940, 900, 990))), new ReportOptions { IsFinal = true });
        Assert.Contains("quantile", quantiles.Metrics[0].Adjustment!.Text, StringComparison.Ordinal);
        var looks = Rates(GivenExperiment.Planned(0.05, 0.6, null, 0.5, 1));
        Assert.Equal("holm", looks.Metrics[0].Adjustment!.Method);
        Assert.Contains("looks", looks.Metrics[0].Adjustment!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_Secondaries_NameThePlansCorrection()
    {
        var report = ReportBuilder.Build(GivenExperiment.With([GivenExperiment.Primary(), GivenExperiment.Secondary(GivenExperiment.Mean("csat"))]), GivenMoments.Of(
            GivenMoments.Proportion("resolution", (600, 1000), (700, 1000)), GivenMoments.Mean("csat", (3, 1, 1000), (3.1, 1, 1000))), new ReportOptions { IsFinal = true });
        Assert.Equal("benjamini-hochberg", report.Metrics[1].Adjustment!.Method);
    }

    private sealed class Near : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) < 1e-9;

        public int GetHashCode(double value) => 0;
    }
}
