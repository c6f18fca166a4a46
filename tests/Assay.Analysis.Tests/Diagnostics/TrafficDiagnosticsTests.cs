using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;
using static Assay.Analysis.Tests.GivenEvents;

namespace Assay.Analysis.Tests.Diagnostics;

/// <summary>Sample ratio over time and within groups, filters, other experiments.</summary>
public sealed class TrafficDiagnosticsTests
{
    private static readonly Experiment Planned = GivenExperiment.With(plan: GivenExperiment.Planned(0.02, 0.6));

    [Theory]
    [InlineData(1000, 1160, false)]
    [InlineData(1000, 1300, true)]
    public void Build_WhileRunning_TheTestThatMayBeRepeatedDecides(long control, long treatment, bool isInvalid)
    {
        var moments = GivenMoments.Of([new("control", control, 0), new("treatment", treatment, 0)], GivenMoments.Proportion("resolution", (600, control), (600, treatment)));
        var running = ReportBuilder.Build(Planned, moments);
        Assert.Equal("dirichlet-multinomial", running.Diagnostics!.Srm.Method);
        Assert.Equal(isInvalid, running.Verdict.Decision == Decision.Invalid);
        // Both would be rejected by the test that is good for one look, which is the one at the end.
        Assert.True(running.Diagnostics.Srm.ChiSquarePValue < 0.001);
        var final = ReportBuilder.Build(Planned, moments, new ReportOptions { IsFinal = true });
        Assert.Equal(("chi-square", Decision.Invalid), (final.Diagnostics!.Srm.Method, final.Verdict.Decision));
    }

    [Fact]
    public void Build_SplitThatWasBrokenForAWhile_IsInvalidWhileRunningAndAWarningAtTheEnd()
    {
        var moments = GivenMoments.Of([new("control", 5000, 0), new("treatment", 5000, 0)], GivenMoments.Proportion("resolution", (3000, 5000), (3000, 5000))) with
        {
            Diagnostics = new DiagnosticMoments { Arrivals = [new(Start, [200, 500]), new(Start.AddHours(1), [5000, 5000])] },
        };
        var running = ReportBuilder.Build(Planned, moments);
        Assert.Equal(Decision.Invalid, running.Verdict.Decision);
        Assert.Equal(Start, running.Diagnostics!.Srm.SmallestAt);
        var final = ReportBuilder.Build(Planned, moments, new ReportOptions { IsFinal = true });
        Assert.NotEqual(Decision.Invalid, final.Verdict.Decision);
        Assert.Contains(final.Warnings, w => w.Code == "srm-running");
    }

    [Fact]
    public async Task Build_Arrivals_CumulateByTheHourBeforeExclusions()
    {
        List<AssayEvent> events = [Exposure("a", "control"), Exposure("b", "treatment", 0.5 / 24), Exposure("c", "control", 5.2 / 24), Exposure("c", "treatment", 5.3 / 24)];
        var read = (await MomentsAsync(Planned, events)).Diagnostics!;
        Assert.Equal([Start.AddHours(1), Start.AddHours(6)], read.Arrivals.Select(a => a.Until));
        Assert.Equal([1, 1], read.Arrivals[0].Units);
        Assert.Equal([2, 1], read.Arrivals[1].Units);
    }

    [Fact]
    public async Task Build_GroupsWithABrokenSplit_AreNamedThoughTheWholeIsFine()
    {
        List<AssayEvent> events = [];
        void Add(string variant, int count, double day, string device, string reason)
        {
            for (var i = 0; i < count; i++) events.Add(Exposure($"u{events.Count}", variant, day, $$"""{"device":"{{device}}"}""", reason));
        }
        Add("control", 400, 0, "desktop", "assigned");
        Add("treatment", 200, 0, "desktop", "assigned");
        Add("control", 200, 1, "mobile", "sticky");
        Add("treatment", 400, 1, "mobile", "sticky");
        var experiment = GivenExperiment.With(segments: [new Segment("device", ImmutableSortedDictionary<string, double>.Empty)]);
        var report = await ReportAsync(experiment, events);
        Assert.True(report.Srm.Ok);
        Assert.Empty(new[] { "srm-segment", "srm-source", "srm-day" }.Except(report.Warnings.Select(w => w.Code)));
        var mix = report.Diagnostics!.Mixes.First(m => m.Kind == "segment");
        Assert.Equal(2.0 / 3, mix.Groups.First(g => g.Value == "desktop").Shares["control"]!.Value, 1e-12);
        Assert.Contains("mix of device: desktop control 66.7 %, treatment 33.3 %; mobile control 33.3 %, treatment 66.7 %", ReportText.Write(report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, 0.5, false)]
    [InlineData(0.5, 0.2, true)]
    public async Task Build_FilterAfterExposure_HasItsRateTested(double control, double treatment, bool differs)
    {
        var random = new Random(5);
        List<AssayEvent> events = [];
        for (var i = 0; i < 600; i++)
        {
            var rate = i % 2 == 0 ? control : treatment;
            events.Add(Exposure("u" + i, i % 2 == 0 ? "control" : "treatment"));
            for (var turn = 0; turn < 4; turn++) events.Add(Outcome("u" + i, "csat", 3 + random.NextDouble(), 0.01 * turn, random.NextDouble() < rate ? """{"topic":"billing"}""" : """{"topic":"other"}"""));
        }
        var filtered = GivenExperiment.Mean("csat") with { Source = new MetricSource("csat", "value", AggregateKind.Mean, "topic == 'billing'") };
        var report = await ReportAsync(GivenExperiment.With([new ExperimentMetric(filtered, MetricRole.Primary)]), events);
        var row = Assert.Single(report.Diagnostics!.Filters);
        Assert.Equal("topic == 'billing'", row.Filter);
        Assert.InRange(row.ControlRate!.Value, control - 0.06, control + 0.06);
        Assert.InRange(row.TreatmentRate!.Value, treatment - 0.06, treatment + 0.06);
        Assert.Equal(differs, report.Warnings.Any(w => w.Code == "trigger-influenced"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Build_OtherExperimentOnTheSameUnits_MustBeIndependent(bool sameSalt)
    {
        List<AssayEvent> events = [];
        for (var i = 0; i < 400; i++)
        {
            events.Add(Exposure("u" + i, i % 2 == 0 ? "control" : "treatment"));
            events.Add(Exposure("u" + i, (sameSalt ? i : i / 2) % 2 == 0 ? "off" : "on", experiment: "other"));
        }
        var report = await ReportAsync(GivenExperiment.With(), events);
        var row = Assert.Single(report.Diagnostics!.Overlaps);
        Assert.Equal(("other", 400, sameSalt ? 0 : 100), (row.Experiment, row.Units, row.Table["control"]["on"]));
        Assert.Equal(sameSalt, report.Warnings.Any(w => w.Code == "not-independent"));
    }
}
