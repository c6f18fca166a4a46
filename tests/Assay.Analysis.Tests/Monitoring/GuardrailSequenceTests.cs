using Assay.Events;
using Assay.Experiments;

namespace Assay.Analysis.Tests;

public sealed class GuardrailSequenceTests
{
    private static readonly Metric Errors = GivenExperiment.Proportion("error_rate", "failed", Direction.Lower);

    private static Report Live(Guardrail guardrail, Metric metric, MetricMoments moments, long n = 400) => ReportBuilder.Build(
        GivenExperiment.With([GivenExperiment.Primary(), GivenExperiment.Guarding(metric)], GivenExperiment.Planned(0.05, 0.6), [guardrail]),
        GivenMoments.Of(GivenMoments.Proportion("resolution", (n * 6 / 10, n), (n * 6 / 10, n)), moments),
        new ReportOptions { IsLive = true, RemembersLooks = true });

    private static Guardrail Sequential(Guardrail guardrail) => guardrail with { Method = "sequential", Action = GuardrailAction.Rollback };

    [Fact]
    public void Build_RateFarAboveItsLimit_IsDoNotShipAtAnyTime()
    {
        var report = Live(Sequential(new() { Metric = "error_rate", MaxRelativeToControl = 1.5 }), Errors, GivenMoments.Proportion("error_rate", (20, 400), (140, 400)));
        Assert.Equal((Decision.DoNotShip, true, false), (report.Verdict.Decision, report.Ends, report.IsFinal));
        Assert.Equal("guardrail-broken", report.Verdict.Reasons[0].Code);
        Assert.Contains("always-valid", report.Verdict.Reasons[0].Text, StringComparison.Ordinal);
        Assert.Contains("of the 0.05", report.Verdict.Reasons[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_TheSameWithAFixedMethod_DecidesNothingEarly()
    {
        var report = Live(new() { Metric = "error_rate", MaxRelativeToControl = 1.5 }, Errors, GivenMoments.Proportion("error_rate", (20, 400), (140, 400)));
        Assert.Equal(Decision.KeepRunning, report.Verdict.Decision);
        Assert.Contains(report.Warnings, w => w.Code == "limit-broken-early");
    }

    [Theory]
    [InlineData(99, 60)]
    [InlineData(400, 9)]
    public void Build_TooFewUnitsOrEvents_HasNoBound(long units, long events)
    {
        var report = Live(Sequential(new() { Metric = "error_rate", Max = 0.001 }), Errors, GivenMoments.Proportion("error_rate", (0, units), (events, units)), units);
        Assert.Null(report.Guardrails[0].Bound);
        Assert.Equal(Decision.KeepRunning, report.Verdict.Decision);
    }

    [Fact]
    public void Build_Means_AreBoundedInEveryKindOfLimit()
    {
        var tokens = GivenExperiment.Mean("output_tokens", Direction.Lower);
        var moments = GivenMoments.Mean("output_tokens", (100, 30, 400), (140, 30, 400));
        foreach (var limit in (Guardrail[])[new() { Metric = "output_tokens", Max = 120 }, new() { Metric = "output_tokens", MaxChange = 20 }, new() { Metric = "output_tokens", MaxRelativeToControl = 1.2 }])
        {
            var report = Live(Sequential(limit), tokens, moments);
            Assert.Equal((Decision.DoNotShip, LimitState.Broken, "sequential"), (report.Verdict.Decision, report.Guardrails[0].State, report.Guardrails[0].Method));
            Assert.Equal(0.05, report.Guardrails[0].Alpha);
        }
        Assert.Equal(Decision.KeepRunning, Live(Sequential(new() { Metric = "output_tokens", Max = 139 }), tokens, moments).Verdict.Decision);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(70, false)]
    public void Build_Quantile_IsHeldByItsShareOfSlowEvents(long slow, bool isBroken)
    {
        var latency = GivenExperiment.Quantile("latency_p95");
        MetricArmMoments Arm(string variant) => GivenMoments.Quantile(variant, 3100, 2900, 3300, 400) with
        {
            Quantile = new QuantileArmMoments(1200, 400, 3100, 0.01, 2900, 3300) { Above = [new EventsAbove(3000, slow, 0.012)] },
        };
        var report = Live(Sequential(new() { Metric = "latency_p95", Max = 3000 }), latency, GivenMoments.Metric("latency_p95", Arm("control"), Arm("treatment")));
        Assert.Equal(isBroken, report.Verdict.Decision == Decision.DoNotShip);
        Assert.InRange(report.Guardrails[0].Bound!.Value, 0, (double)slow / 1200);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(70, false)]
    public void Build_QuantileWithAMinimum_IsHeldByItsShareOfEventsBelow(long below, bool isBroken)
    {
        var speed = GivenExperiment.Quantile("speed_p05", 0.05) with { Better = Direction.Higher };
        MetricArmMoments Arm(string variant) => GivenMoments.Quantile(variant, 11, 10, 12, 400) with
        {
            Quantile = new QuantileArmMoments(1200, 400, 11, 0.01, 10, 12) { Below = [new EventsBelow(15, below, 0.012)] },
        };
        var report = Live(Sequential(new() { Metric = "speed_p05", Min = 15 }), speed, GivenMoments.Metric("speed_p05", Arm("control"), Arm("treatment")));
        Assert.Equal(isBroken, report.Verdict.Decision == Decision.DoNotShip);
        Assert.InRange(report.Guardrails[0].Bound!.Value, 0, (double)below / 1200);
    }

    [Theory]
    [InlineData(false, Decision.KeepRunning)]
    [InlineData(true, Decision.DoNotShip)]
    public void Build_RatioOfAQuantile_WaitsForTheEndAndIsThenDecidedAsAnyOther(bool isFinal, Decision decision)
    {
        var report = ReportBuilder.Build(
            GivenExperiment.With([GivenExperiment.Primary(), GivenExperiment.Guarding(GivenExperiment.Quantile("latency_p95"))], GivenExperiment.Planned(0.05, 0.6), [Sequential(new() { Metric = "latency_p95", MaxRelativeToControl = 1.2 })]),
            GivenMoments.Of(GivenMoments.Proportion("resolution", (600, 1000), (700, 1000)), GivenMoments.Metric("latency_p95", GivenMoments.Quantile("control", 1000, 950, 1050), GivenMoments.Quantile("treatment", 3440, 3300, 3600))),
            new ReportOptions { IsFinal = isFinal, IsLive = !isFinal, RemembersLooks = true });
        Assert.Equal(decision, report.Verdict.Decision);
        Assert.Equal((LimitState.Broken, "fixed", null), (report.Guardrails[0].State, report.Guardrails[0].Method, report.Guardrails[0].Alpha));
    }

    [Fact]
    public void Build_SequentialLimitBeyondAtTheEndOnly_IsBrokenThere()
    {
        // 14 % against a limit of 10 %: clear to one look, not yet to a bound for all times.
        Report Of(bool isFinal) => ReportBuilder.Build(
            GivenExperiment.With([GivenExperiment.Primary(), GivenExperiment.Guarding(Errors)], GivenExperiment.Planned(0.05, 0.6), [Sequential(new() { Metric = "error_rate", Max = 0.1 })]),
            GivenMoments.Of(GivenMoments.Proportion("resolution", (240, 400), (300, 400)), GivenMoments.Proportion("error_rate", (40, 400), (56, 400))),
            new ReportOptions { IsFinal = isFinal, IsLive = !isFinal, RemembersLooks = true });
        Report before = Of(false), end = Of(true);
        Assert.Equal((Decision.KeepRunning, LimitState.Undecided), (before.Verdict.Decision, before.Guardrails[0].State));
        Assert.Equal((Decision.DoNotShip, LimitState.Broken, "sequential"), (end.Verdict.Decision, end.Guardrails[0].State, end.Guardrails[0].Method));
        Assert.Contains("at the planned end", end.Guardrails[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_SeveralGuardrailsAndArms_ShareTheBudgetEqually()
    {
        var experiment = GivenExperiment.With(
            [GivenExperiment.Primary(), GivenExperiment.Guarding(Errors)], GivenExperiment.Planned(0.05, 0.6),
            [Sequential(new() { Metric = "error_rate", Max = 0.1 }), Sequential(new() { Metric = "error_rate", MaxRelativeToControl = 2 })], weights: [1, 1, 1]);
        MetricMoments Three(string name) => GivenMoments.Metric(name, GivenMoments.Share("control", 20, 200), GivenMoments.Share("b1", 20, 200), GivenMoments.Share("b2", 20, 200));
        var report = ReportBuilder.Build(experiment, GivenMoments.Of(Three("resolution"), Three("error_rate")));
        Assert.All(report.Guardrails, g => Assert.Equal(0.0125, g.Alpha));
    }
}
