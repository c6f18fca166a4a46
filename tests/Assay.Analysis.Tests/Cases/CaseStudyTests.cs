using Assay.Experiments;
using Assay.Statistics;
using Assay.Storage;

namespace Assay.Analysis.Tests;

/// <summary>A published case study on generated data, through the real file reader, the store's SQL, report and verdict.</summary>
public sealed class CaseStudyTests
{
    private const int Seed = 14_6200;

    private static Experiment Definition()
    {
        ExperimentMetric[] metrics = [
            GivenExperiment.Primary("completion", "resolved"),
            GivenExperiment.Guarding(GivenExperiment.Quantile("latency_p95") with { Source = new MetricSource("generation", "latencyMs", AggregateKind.Sum) }),
            GivenExperiment.Secondary(GivenExperiment.Proportion("escalation", "escalated", Direction.Lower)),
            GivenExperiment.Secondary(GivenExperiment.Mean("csat")),
            GivenExperiment.Secondary(GivenExperiment.Mean("turns", Direction.Lower) with { Source = new MetricSource("generation", "turn", AggregateKind.Max) })];
        return GivenExperiment.With(metrics, guardrails: [new Guardrail { Metric = "latency_p95", Max = 3000 }], weights: [0.8, 0.2]);
    }

    private static async Task<Report> ReportAsync()
    {
        var path = Path.Combine(Path.GetTempPath(), $"assay-case-study-{Guid.NewGuid():N}.jsonl");
        try
        {
            CaseStudyFile.Write(path, Seed);
            var experiment = Definition();
            var opened = await FileMomentSource.OpenAsync([path], null, experiment);
            Assert.Empty(opened.Errors);
            using var source = opened.Source!;
            var query = MomentsQueries.For(experiment, source.Version);
            return ReportBuilder.Build(experiment, await source.ReadMomentsAsync(query), new ReportOptions { QuantileZ = query.QuantileZ });
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Build_CaseStudy_CorrectsThePublishedPValuesAndShips()
    {
        var report = await ReportAsync();
        Assert.Equal((6200, 1550), (report.Units["control"], report.Units["treatment"]));
        Assert.True(report.Srm.PValue > 0.99);

        var completion = report.Metrics.Single(m => m.Metric == "completion");
        Assert.Equal(4421 / 6200.0, completion.Control.Value!.Value, 1e-12);
        Assert.Equal(1223 / 1550.0, completion.Treatment.Value!.Value, 1e-12);
        // z ≈ 6.0, computed here by hand; the article's p of .0012 is wrong.
        var pooled = (4421 + 1223) / 7750.0;
        var z = completion.Difference!.Value / Math.Sqrt(pooled * (1 - pooled) * (1 / 6200.0 + 1 / 1550.0));
        Assert.Equal(6.0, z, 0.05);
        // The pooled z alone has p = 1.8e-9; with the skewness that arms of 4 to 1 bring it is .94e-9, by Fisher's exact test 1.01e-9.
        Assert.InRange(2 * StandardNormal.UpperTail(z), 1.5e-9, 2.5e-9);
        Assert.InRange(completion.PValue!.Value, 0.9e-9, 1.02e-9);

        var csat = report.Metrics.Single(m => m.Metric == "csat");
        Assert.Equal(3.8, csat.Control.Value!.Value, 0.05);
        Assert.Equal(4.1, csat.Treatment.Value!.Value, 0.08);
        var turns = report.Metrics.Single(m => m.Metric == "turns");
        Assert.Equal(3.2, turns.Control.Value!.Value, 0.05);
        Assert.Equal(2.9, turns.Treatment.Value!.Value, 0.08);
        var latency = report.Metrics.Single(m => m.Metric == "latency_p95");
        Assert.Equal(2100, latency.Control.Value!.Value, 60.0);
        Assert.Equal(2300, latency.Treatment.Value!.Value, 120.0);
        Assert.True(latency.Interval!.Value.Low > 0);

        Assert.Equal(LimitState.Kept, Assert.Single(report.Guardrails).State);
        Assert.Equal((Decision.Ship, "treatment"), (report.Verdict.Decision, report.Verdict.Variant));
        Assert.StartsWith("Ship 'treatment': about 8 more of every 100 conversations resolved, 79 % vs 71 %; plausible range 5 to 10", report.Verdict.Headline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_EscalationIsTheComplement_IsWarnedAboutAndCountedOnce()
    {
        var report = await ReportAsync();
        MetricRow completion = report.Metrics.Single(m => m.Metric == "completion"), escalation = report.Metrics.Single(m => m.Metric == "escalation");
        Assert.Contains("escalation is the complement of completion", Assert.Single(report.Warnings, w => w.Code == "complements").Text, StringComparison.Ordinal);
        Assert.Equal(completion.PValue!.Value, escalation.PValue!.Value, 1e-15);
        Assert.Equal(completion.AdjustedPValue, escalation.AdjustedPValue);
        Assert.Equal(-completion.Difference!.Value, escalation.Difference!.Value, 1e-12);
        // Two secondaries are left in the family, not three.
        double[] p = [.. report.Metrics.Where(m => m.Metric is "csat" or "turns").Select(m => m.PValue!.Value)];
        Assert.Equal(Math.Min(2 * p.Min(), p.Max()), report.Metrics.Where(m => m.Metric is "csat" or "turns").Min(m => m.AdjustedPValue!.Value), 1e-15);
    }
}
