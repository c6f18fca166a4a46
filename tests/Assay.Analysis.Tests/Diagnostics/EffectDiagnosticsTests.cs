using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;
using static Assay.Analysis.Tests.GivenEvents;

namespace Assay.Analysis.Tests.Diagnostics;

/// <summary>Segments and tails.</summary>
public sealed class EffectDiagnosticsTests
{
    private static readonly Experiment BySegment = GivenExperiment.With(segments: [new Segment("device", ImmutableSortedDictionary<string, double>.Empty)]);

    [Fact]
    public void Build_SimpsonsReversal_IsHeldAndShowsTheMix()
    {
        var report = ReportBuilder.Build(BySegment, Segments((730, 1000), (770, 1000), ("mobile", (170, 200), (640, 800)), ("desktop", (560, 800), (130, 200))), new ReportOptions { IsFinal = true });
        Assert.True(report.Diagnostics!.Simpson[0].Reversed);
        var text = report.Warnings.First(w => w.Code == "simpson").Text;
        Assert.Contains("device = mobile: 80.0 % vs 85.0 %, 80 % of 'treatment' and 20 % of 'control'", text, StringComparison.Ordinal);
        Assert.Contains("−5 pts instead of +4 pts", text, StringComparison.Ordinal);
        // The pool alone would ship what loses everywhere.
        Assert.Equal(Decision.Hold, report.Verdict.Decision);
        Assert.Contains(report.Verdict.Reasons, r => r.Code == "segment-undecided");
    }

    [Theory]
    [InlineData(400, 300, true)]
    [InlineData(330, 330, false)]
    public void Build_EffectsThatDifferBetweenSegments_AreTestedWithCorrection(int mobile, int desktop, bool differs)
    {
        var report = ReportBuilder.Build(
            BySegment, Segments((600, 1000), (mobile + desktop, 1000), ("mobile", (300, 500), (mobile, 500)), ("desktop", (300, 500), (desktop, 500)), ("tv", (1, 3), (2, 3))), new ReportOptions { IsFinal = true });
        var row = Assert.Single(report.Diagnostics!.Heterogeneity);
        Assert.Equal(["mobile", "desktop"], row.Segments.Select(s => s.Group));
        Assert.Equal(["tv"], row.LeftOut);
        Assert.Equal(differs, report.Warnings.Any(w => w.Code == "heterogeneity"));
    }

    [Fact]
    public async Task Build_OneUnitThatCarriesTheEffect_IsFoundFromPooledData()
    {
        var random = new Random(17);
        List<double>[] values = [[], []];
        List<AssayEvent> events = [];
        for (var i = 0; i < 800; i++)
        {
            var value = i == 1 ? 1e6 : Math.Exp(Normal(random));
            values[i % 2].Add(value);
            events.Add(Exposure("u" + i, i % 2 == 0 ? "control" : "treatment"));
            events.Add(Outcome("u" + i, "tokens", value, 0.1));
        }
        var report = await ReportAsync(GivenExperiment.With([new ExperimentMetric(GivenExperiment.Mean("tokens"), MetricRole.Primary)]), events);
        var row = Assert.Single(report.Diagnostics!.Outliers);
        foreach (var (found, count) in row.Without.Zip([1, 10]))
        {
            var expected = OutlierInfluence.WithoutFurthest([.. values[0]], [.. values[1]], count, 0.05).Value;
            Assert.Equal(expected.Without.Value.Difference, found.Difference!.Value, 1e-9);
            Assert.Equal(expected.Shift!.Value, found.Shift!.Value, 1e-9);
        }
        Assert.True(row.TreatmentSkewness > 15);
        Assert.Empty(new[] { "outliers", "skewed" }.Except(report.Warnings.Select(w => w.Code)));
        Assert.Contains("without the one most extreme unit", report.Warnings.First(w => w.Code == "outliers").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_OrdinaryData_WarnsOfNothing()
    {
        var random = new Random(23);
        List<AssayEvent> events = [];
        for (var i = 0; i < 3000; i++)
        {
            var unit = "u" + i;
            events.Add(Exposure(unit, random.Next(2) == 0 ? "control" : "treatment", random.NextDouble() * 10, $$"""{"device":"{{(random.Next(3) == 0 ? "mobile" : "desktop")}}"}"""));
            for (var day = 0; day < 8; day++) events.Add(Outcome(unit, "quality", 10 + Normal(random), 10.5 + day));
        }
        var experiment = GivenExperiment.With([new ExperimentMetric(GivenExperiment.Mean("quality"), MetricRole.Primary)], segments: BySegment.Segments);
        var report = await ReportAsync(experiment, events, asOf: Start.AddDays(20));
        Assert.Empty(report.Warnings);
        Assert.Equal(report.Diagnostics!.Outliers[0].Difference!.Value, report.Metrics[0].Difference!.Value, 1e-12);
        Assert.Equal(ReportJson.Write(report), ReportJson.Write(ReportJson.Read(ReportJson.Write(report))));
    }

    private static ExperimentMoments Segments((long, long) control, (long, long) treatment, params (string Value, (long, long) Control, (long, long) Treatment)[] segments)
    {
        var all = GivenMoments.Of(GivenMoments.Proportion("resolution", control, treatment));
        return all with
        {
            Segments = [.. segments.Select(s => new SegmentMoments(
                "device", s.Value, [new("control", s.Control.Item2, 0), new("treatment", s.Treatment.Item2, 0)], [GivenMoments.Proportion("resolution", s.Control, s.Treatment)]))],
        };
    }
}
