using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis.Tests;

public sealed class ReportBuilderTests
{
    private static Report Build(Experiment experiment, ExperimentMoments moments, bool isFinal = true) =>
        ReportBuilder.Build(experiment, moments, new ReportOptions { IsFinal = isFinal });

    [Fact]
    public void Build_Proportion_IsDecidedByTheCorrectedScore()
    {
        var report = Build(GivenExperiment.With(), GivenMoments.Of(GivenMoments.Proportion("resolution", (1100, 1944), (36, 67))) with { Arms = [new("control", 1000, 0), new("treatment", 1000, 0)] });
        var row = Assert.Single(report.Metrics);
        // By the definition in R 4: rates by uniroot on the likelihood's slope, ends by uniroot.
        Assert.Equal(-0.028530188563356096, row.Difference!.Value, 1e-12);
        Assert.Equal(0.6404381087288, row.PValue!.Value, 1e-10);
        Assert.Equal(-0.1498392700151, row.Interval!.Value.Low!.Value, 1e-10);
        Assert.Equal(0.0897515942263, row.Interval!.Value.High!.Value, 1e-10);
        Assert.Equal((0.95, IntervalKind.Fixed, "score-interval"), (row.IntervalLevel, row.IntervalKind, row.Method));
        Assert.Equal(row.PValue, row.AdjustedPValue);
        Assert.Equal(1944, row.MethodArguments["controlTotal"]!.GetValue<long>());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Build_DataOlderThanTheStart_WaitOnlyForMinimumDaysThatWereAsked(int minimumDays, bool isFinal)
    {
        var moments = GivenMoments.Of(GivenMoments.Proportion("resolution", (60, 100), (65, 100))) with { DataUntil = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero) };
        var report = ReportBuilder.Build(
            GivenExperiment.With(plan: new AnalysisPlan { MinimumDays = minimumDays }), moments, new ReportOptions { StartedAt = moments.DataUntil!.Value.AddHours(1) });
        Assert.Equal(isFinal, report.IsFinal);
    }

    [Fact]
    public void Build_PlanReached_IsFinalWithoutBeingTold()
    {
        var plan = GivenExperiment.Planned(0.05, baseline: 0.60);
        var experiment = GivenExperiment.With(plan: plan);
        var short1 = Build(experiment, GivenMoments.Of(GivenMoments.Proportion("resolution", (882, 1470), (955, 1471))), isFinal: false);
        Assert.Equal(2942, short1.PlannedUnits);
        Assert.Equal((Decision.KeepRunning, (int?)null, false), (short1.Verdict.Decision, short1.Look, short1.IsFinal));
        var full = Build(experiment, GivenMoments.Of(GivenMoments.Proportion("resolution", (882, 1471), (956, 1471))), isFinal: false);
        Assert.Null(full.Look);
        Assert.Equal((Decision.Ship, true), (full.Verdict.Decision, full.IsFinal));
    }

    [Fact]
    public void Build_SampleRatioMismatch_IsInvalid()
    {
        var report = Build(GivenExperiment.With(), GivenMoments.Of([new("control", 5000, 0), new("treatment", 5400, 0)], GivenMoments.Proportion("resolution", (3000, 5000), (3600, 5400))));
        Assert.False(report.Srm.Ok);
        Assert.Equal(Decision.Invalid, report.Verdict.Decision);
        Assert.Equal("srm", report.Verdict.Reasons[0].Code);
    }

    [Fact]
    public void Build_UnequalWeightsKept_IsNoMismatch()
    {
        var report = Build(GivenExperiment.With(weights: [0.8, 0.2]), GivenMoments.Of(GivenMoments.Proportion("resolution", (4421, 6200), (1223, 1550))));
        Assert.Equal(1.0, report.Srm.PValue!.Value, 1e-9);
        Assert.True(report.Srm.Ok);
    }

    [Theory]
    [InlineData(9, 10, false)]
    [InlineData(11, 11, true)]
    public void Build_CrossedUnits_AreInvalidAboveOnePercent(long control, long treatment, bool isInvalid)
    {
        var metric = GivenMoments.Proportion("resolution", (600, 1000 - control), (640, 1000 - treatment));
        var itt = GivenMoments.Proportion("resolution", (605, 1000), (645, 1000)).Arms;
        var report = Build(GivenExperiment.With(), GivenMoments.Of([new("control", 1000, control), new("treatment", 1000, treatment)], metric with { IntentionToTreat = itt }));
        Assert.Equal(isInvalid, report.Verdict.Decision == Decision.Invalid);
        var row = report.Metrics[0];
        Assert.Equal(control + treatment, row.Crossed);
        Assert.Equal(0.04, row.IntentionToTreat!.Difference!.Value, 1e-12);
        Assert.NotEqual(row.Difference, row.IntentionToTreat.Difference);
        Assert.Contains(report.Warnings, w => w.Code == "crossed-units");
    }

    [Fact]
    public void Build_CrossingDiffersBetweenArms_IsInvalidBelowOnePercent()
    {
        var report = Build(GivenExperiment.With(), GivenMoments.Of([new("control", 10_000, 5), new("treatment", 10_000, 60)], GivenMoments.Proportion("resolution", (6000, 9995), (6100, 9940))));
        Assert.Equal("crossing-differs", Assert.Single(report.Verdict.Reasons).Code);
        Assert.Equal(Decision.Invalid, report.Verdict.Decision);
    }

    [Fact]
    public void Build_AnsweredShareDiffers_WarnsForExcludedMissing()
    {
        var csat = GivenExperiment.Mean("csat");
        var arms = GivenMoments.Mean("csat", (3.8, 1, 500), (3.9, 1, 380));
        arms = arms with { Arms = [arms.Arms[0] with { Matured = 1000 }, arms.Arms[1] with { Matured = 1000 }] };
        var report = Build(GivenExperiment.With([GivenExperiment.Primary(), GivenExperiment.Secondary(csat)]), GivenMoments.Of(GivenMoments.Proportion("resolution", (600, 1000), (650, 1000)), arms));
        Assert.Contains(report.Warnings, w => w.Code == "answered-differs");
        Assert.Equal(0.38, report.Metrics[1].Answered["treatment"]!.Value, 1e-12);
    }

    [Fact]
    public void Build_ZeroOfFiveHundredTwice_LetsTheIntervalDecideTheGuardrail()
    {
        var safety = GivenExperiment.Proportion("unsafe", "unsafe", Direction.Lower);
        var moments = GivenMoments.Of(GivenMoments.Proportion("resolution", (250, 500), (310, 500)), GivenMoments.Proportion("unsafe", (0, 500), (0, 500)));
        var kept = Build(GivenExperiment.With([GivenExperiment.Primary(), GivenExperiment.Guarding(safety)], guardrails: [new Guardrail { Metric = "unsafe", Max = 0.01 }]), moments);
        var row = kept.Metrics[1];
        Assert.Equal((RowStatus.Estimated, (double?)null), (row.Status, row.PValue));
        Assert.Equal(0, row.Difference);
        Assert.True(row.Interval!.Value.High is > 0 and < 0.01);
        Assert.Equal(LimitState.Kept, Assert.Single(kept.Guardrails).State);
        Assert.Equal(Decision.Ship, kept.Verdict.Decision);

        var strict = Build(GivenExperiment.With([GivenExperiment.Primary(), GivenExperiment.Guarding(safety)], guardrails: [new Guardrail { Metric = "unsafe", MaxChange = 0.005 }]), moments);
        Assert.Equal((LimitState.Undecided, Decision.Hold), (strict.Guardrails[0].State, strict.Verdict.Decision));
    }

    [Theory]
    [InlineData(3, 60, LimitState.Broken)]
    [InlineData(30, 31, LimitState.Kept)]
    [InlineData(30, 43, LimitState.Undecided)]
    [InlineData(0, 0, LimitState.Undecided)]
    [InlineData(0, 40, LimitState.Broken)]
    public void Build_LimitRelativeToControl_IsDecidedWithoutDividing(long control, long treatment, LimitState expected)
    {
        var errors = GivenExperiment.Proportion("error_rate", "error", Direction.Lower);
        var report = Build(
            GivenExperiment.With([GivenExperiment.Primary(), GivenExperiment.Guarding(errors)], guardrails: [new Guardrail { Metric = "error_rate", MaxRelativeToControl = expected == LimitState.Kept ? 2 : 1.5 }]),
            GivenMoments.Of(GivenMoments.Proportion("resolution", (500, 1000), (600, 1000)), GivenMoments.Proportion("error_rate", (control, 1000), (treatment, 1000))));
        Assert.Equal(expected, Assert.Single(report.Guardrails).State);
    }

    [Theory]
    [InlineData(3000, LimitState.Kept)]
    [InlineData(2350, LimitState.Undecided)]
    [InlineData(2100, LimitState.Broken)]
    public void Build_QuantileAgainstItsMaximum_UsesTheOrderStatistics(double max, LimitState expected)
    {
        var report = Build(
            GivenExperiment.With([GivenExperiment.Primary(), GivenExperiment.Guarding(GivenExperiment.Quantile("latency_p95"))], guardrails: [new Guardrail { Metric = "latency_p95", Max = max }]),
            GivenMoments.Of(GivenMoments.Proportion("resolution", (500, 1000), (600, 1000)),
                GivenMoments.Metric("latency_p95", GivenMoments.Quantile("control", 2100, 2050, 2150), GivenMoments.Quantile("treatment", 2300, 2200, 2400))));
        Assert.Equal(expected, Assert.Single(report.Guardrails).State);
        Assert.Equal(200, report.Metrics[1].Difference);
        Assert.Equal("ms", report.Metrics[1].Unit);
    }

    [Fact]
    public void Build_GuardrailWithoutLimit_OnlyWarns()
    {
        var cost = GivenExperiment.Mean("cost", Direction.Lower, "USD");
        var report = Build(GivenExperiment.With([GivenExperiment.Primary(), GivenExperiment.Guarding(cost)]),
            GivenMoments.Of(GivenMoments.Proportion("resolution", (500, 1000), (600, 1000)), GivenMoments.Mean("cost", (1, 0.1, 1000), (2, 0.1, 1000))));
        Assert.Equal(Decision.Ship, report.Verdict.Decision);
        Assert.Contains(report.Warnings, w => w.Code == "guardrail-worse");
        Assert.Null(report.Metrics[1].AdjustedPValue);
    }

    [Fact]
    public void Build_LowerIsBetter_TurnsTheSigns()
    {
        var experiment = GivenExperiment.With([GivenExperiment.Primary("escalation", "escalated", Direction.Lower)], GivenExperiment.Planned(0.03));
        var report = Build(experiment, GivenMoments.Of(GivenMoments.Proportion("escalation", (400, 1000), (300, 1000))));
        Assert.Equal((Decision.Ship, Practical.Better), (report.Verdict.Decision, report.Metrics[0].Practical));
        Assert.True(report.Metrics[0].Difference < 0);
    }

    [Fact]
    public void Build_SeveralTreatments_SharesAlphaByDunnettInPAndInterval()
    {
        var experiment = GivenExperiment.With(weights: [1.0 / 3, 1.0 / 3, 1.0 / 3]);
        var report = Build(experiment, GivenMoments.Of(GivenMoments.Metric(
            "resolution", GivenMoments.Share("control", 600, 1000), GivenMoments.Share("b1", 645, 1000), GivenMoments.Share("b2", 660, 1000))));
        MetricRow weaker = report.Metrics[0], stronger = report.Metrics[1];
        double[] alike = [Dunnett.Loading(1, 1), Dunnett.Loading(1, 1)];
        Assert.Equal(1 - ComparisonLevel.Dunnett(2, 0.05), stronger.IntervalLevel!.Value, 1e-9);
        Assert.Equal(Dunnett.AnyBeyond(StandardNormal.Critical(stronger.PValue!.Value), alike), stronger.AdjustedPValue!.Value, 1e-9);
        Assert.Equal(0.95, weaker.IntervalLevel!.Value, 1e-12);
        Assert.Equal((Decision.Ship, "b2"), (report.Verdict.Decision, report.Verdict.Variant));
        Assert.Contains(report.Verdict.Reasons, r => r.Code == "indistinguishable");
    }

    [Fact]
    public void Build_Secondaries_AreTestedOnlyAfterThePrimaryRejects()
    {
        ExperimentMetric[] metrics = [GivenExperiment.Primary(), GivenExperiment.Secondary(GivenExperiment.Mean("csat")), GivenExperiment.Secondary(GivenExperiment.Mean("turns"))];
        MetricMoments csat = GivenMoments.Mean("csat", (3.8, 1, 1000), (3.95, 1, 1000)), turns = GivenMoments.Mean("turns", (3, 1, 1000), (3.05, 1, 1000));
        var open = Build(GivenExperiment.With(metrics), GivenMoments.Of(GivenMoments.Proportion("resolution", (600, 1000), (605, 1000)), csat, turns));
        Assert.All(open.Metrics.Skip(1), r => Assert.Null(r.AdjustedPValue));
        Assert.Contains(open.Warnings, w => w.Code == "secondaries-not-tested");

        var tested = Build(GivenExperiment.With(metrics), GivenMoments.Of(GivenMoments.Proportion("resolution", (600, 1000), (700, 1000)), csat, turns));
        Assert.Equal(2 * tested.Metrics[1].PValue!.Value, tested.Metrics[1].AdjustedPValue!.Value, 1e-12);
        Assert.Equal(tested.Metrics[2].PValue, tested.Metrics[2].AdjustedPValue);
    }

    [Fact]
    public void Build_Secondaries_AreTestedForTheTreatmentsOnlyWhosePrimaryRejects()
    {
        ExperimentMetric[] metrics = [GivenExperiment.Primary(), GivenExperiment.Secondary(GivenExperiment.Mean("csat"))];
        var csat = GivenMoments.Metric("csat", [GivenMoments.Value("control", 3.8, 1, 1000), GivenMoments.Value("b1", 3.95, 1, 1000), GivenMoments.Value("b2", 4.1, 1, 1000)]);
        var resolution = GivenMoments.Metric("resolution", [GivenMoments.Share("control", 600, 1000), GivenMoments.Share("b1", 700, 1000), GivenMoments.Share("b2", 605, 1000)]);
        var report = Build(GivenExperiment.With(metrics, weights: [1, 1, 1]), GivenMoments.Of(resolution, csat));
        var rows = report.Metrics.Where(r => r.Role == "secondary").ToDictionary(r => r.Treatment.Variant);
        // b2's own primary tells nothing, however clear its secondary: it stays closed, and yet counts in the family.
        Assert.Null(rows["b2"].AdjustedPValue);
        Assert.Equal(2 * rows["b1"].PValue!.Value, rows["b1"].AdjustedPValue!.Value, 1e-12);
        Assert.Contains("'b2'", Assert.Single(report.Warnings, w => w.Code == "secondaries-partly-tested").Text, StringComparison.Ordinal);
        Assert.DoesNotContain(report.Warnings, w => w.Code == "secondaries-not-tested");
    }

    [Fact]
    public void Build_Complements_AreCountedOnceWithOnePValue()
    {
        ExperimentMetric[] metrics = [
            GivenExperiment.Primary(), GivenExperiment.Secondary(GivenExperiment.Proportion("escalation", "escalated", Direction.Lower)),
            GivenExperiment.Secondary(GivenExperiment.Mean("csat"))];
        var report = Build(GivenExperiment.With(metrics), GivenMoments.Of(
            GivenMoments.Proportion("resolution", (600, 1000), (700, 1000)), GivenMoments.Proportion("escalation", (400, 1000), (300, 1000)), GivenMoments.Mean("csat", (3.8, 1, 1000), (3.95, 1, 1000))));
        Assert.Contains(report.Warnings, w => w.Code == "complements");
        Assert.Equal(report.Metrics[0].AdjustedPValue, report.Metrics[1].AdjustedPValue);
        // Alone in its family now, csat needs no adjustment.
        Assert.Equal(report.Metrics[2].PValue, report.Metrics[2].AdjustedPValue);
    }

    [Fact]
    public void Build_CriticalSegment_HoldsUntilItsLossIsExcluded()
    {
        var experiment = GivenExperiment.With(segments: [GivenExperiment.Critical("plan", "enterprise", 0.02)]);
        var all = GivenMoments.Of(GivenMoments.Proportion("resolution", (600, 1000), (700, 1000)));
        SegmentMoments Segment(long control, long treatment, long n) => new("plan", "enterprise", [new("control", n, 0), new("treatment", n, 0)], [GivenMoments.Proportion("resolution", (control, n), (treatment, n))]);
        (Decision, LimitState?) Decide(SegmentMoments? segment)
        {
            var report = Build(experiment, all with { Segments = segment is null ? [] : [segment] });
            return (report.Verdict.Decision, report.Segments.FirstOrDefault()?.State);
        }
        Assert.Equal((Decision.Ship, LimitState.Kept), Decide(Segment(300, 350, 500)));
        Assert.Equal((Decision.Hold, LimitState.Undecided), Decide(Segment(30, 31, 50)));
        Assert.Equal((Decision.DoNotShip, LimitState.Broken), Decide(Segment(350, 250, 500)));
        Assert.Equal((Decision.Hold, null), Decide(null));
    }

    [Fact]
    public void Build_Inconclusive_SaysHowManyMoreUnits()
    {
        var report = Build(GivenExperiment.With(plan: GivenExperiment.Planned(0.05, 0.60)), GivenMoments.Of(GivenMoments.Proportion("resolution", (300, 500), (305, 500))));
        Assert.Equal(Decision.Inconclusive, report.Verdict.Decision);
        Assert.Contains("1,942 more units", report.Verdict.Reasons[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_SameInput_GivesTheSameReport()
    {
        var moments = GivenMoments.Of(GivenMoments.Proportion("resolution", (600, 1000), (650, 1000)));
        Assert.Equal(ReportJson.Write(Build(GivenExperiment.With(), moments)), ReportJson.Write(Build(GivenExperiment.With(), moments)));
    }

    [Fact]
    public void Build_WithoutPrimaryOrMoments_Throws()
    {
        var moments = GivenMoments.Of(GivenMoments.Proportion("resolution", (600, 1000), (650, 1000)));
        Assert.Throws<ArgumentException>(() => Build(GivenExperiment.With([GivenExperiment.Secondary(GivenExperiment.Mean("csat"))]), moments));
        Assert.Throws<ArgumentException>(() => Build(GivenExperiment.With([GivenExperiment.Primary("other")]), moments));
    }
}
