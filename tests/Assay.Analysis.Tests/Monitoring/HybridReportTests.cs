using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis.Tests;

public sealed class HybridReportTests
{
    private static readonly AnalysisPlan Plan = GivenExperiment.Planned(0.05, 0.6) with { Method = PlanMethod.Hybrid };

    private static Experiment Rate(Direction better = Direction.Higher, double[]? weights = null) => WithWindow(GivenExperiment.With([GivenExperiment.Primary(better: better)], Plan, weights: weights));

    private static Experiment Mean() => WithWindow(GivenExperiment.With(
        [new(GivenExperiment.Mean("csat"), MetricRole.Primary)], GivenExperiment.Planned(0.1, null, 1) with { Method = PlanMethod.Hybrid }));

    private static Experiment WithWindow(Experiment experiment) => experiment with
    {
        Metrics = [.. experiment.Metrics.Select(m => m with { Metric = m.Metric with { Window = new MetricWindow(TimeSpan.Zero, TimeSpan.FromDays(1), TimeSpan.FromMinutes(30)) } })],
    };

    private static Report Live(Experiment experiment, long control, long treatment, long perArm, ReportOptions? options = null) =>
        ReportBuilder.Build(experiment, GivenMoments.Of(GivenMoments.Proportion("resolution", (control, perArm), (treatment, perArm))), (options ?? new()) with { IsLive = true, RemembersLooks = true });

    [Fact]
    public void PlannedSize_Hybrid_IsThatOfOneLook() =>
        Assert.Equal(PlannedSize.For(GivenExperiment.With(plan: GivenExperiment.Planned(0.05, 0.6))), PlannedSize.For(Rate()));

    [Fact]
    public void Build_HarmShownEarly_EndsAsDoNotShip()
    {
        var report = Live(Rate(), 600, 480, 1000);
        Assert.Equal((Decision.DoNotShip, true, false, (int?)null), (report.Verdict.Decision, report.Ends, report.IsFinal, report.Look));
        var row = report.Metrics[0];
        Assert.Equal(IntervalKind.AlwaysValid, row.IntervalKind);
        Assert.Equal(0.95, row.IntervalLevel!.Value, 1e-12);
        Assert.True(row.Interval!.Value.High < 0);
        var reason = Assert.Single(report.Verdict.Reasons, r => r.Code == "primary-worse").Text;
        Assert.Contains("hybrid plan: exact confidence sequence on the side of harm at alpha 0.025", reason, StringComparison.Ordinal);
        Assert.Contains("at 2,000 conversations", reason, StringComparison.Ordinal);
        Assert.Contains(report.Warnings, w => w.Code == "harm-estimate");
    }

    [Fact]
    public void Build_BenefitBeforeTheEnd_DecidesNothingHoweverLarge()
    {
        var report = Live(Rate(), 500, 700, 1000);
        Assert.Equal((Decision.KeepRunning, false), (report.Verdict.Decision, report.Ends));
        Assert.Contains("benefit is judged", report.Verdict.Headline, StringComparison.Ordinal);
        Assert.True(report.Metrics[0].Interval!.Value.Low > 0, "shown all the same");
        Assert.DoesNotContain(report.Warnings, w => w.Code == "interval-and-p-disagree");
        Assert.Equal("nothing before the planned end", report.Metrics[0].MethodArguments["hybrid"]!["benefitLimit"]!["decides"]!.GetValue<string>());
    }

    [Fact]
    public void Build_AtThePlannedEnd_TakesEachLimitFromItsOwnMethod()
    {
        var report = Live(Rate(), 883, 965, 1471);
        Assert.Equal((Decision.Ship, true), (report.Verdict.Decision, report.IsFinal));
        var row = report.Metrics[0];
        Assert.Equal(IntervalKind.Fixed, row.IntervalKind);
        Proportion control = new(883, 1471), treatment = new(965, 1471);
        Assert.Equal(ScoreInterval.Corrected(control, treatment, 0.05).Low, row.Interval!.Value.Low!.Value, 1e-12);
        Assert.Equal(new RateDifferenceSequence(0.6, 0.05).UpperLimit(control, treatment, 0.025), row.Interval.Value.High!.Value, 1e-12);
        var hybrid = row.MethodArguments["hybrid"]!;
        Assert.Equal(("rate-difference-sequence", "score-interval"), (hybrid["harmLimit"]!["method"]!.GetValue<string>(), hybrid["benefitLimit"]!["method"]!.GetValue<string>()));
        var oneSided = StandardNormal.UpperTail(TwoProportions.PooledZ(control, treatment).Value);
        Assert.Equal(oneSided, hybrid["benefitLimit"]!["pValue"]!.GetValue<double>(), 1e-12);
        Assert.Equal(2 * oneSided, row.PValue!.Value, 1e-12);
        Assert.Contains("fixed test of benefit at alpha 0.025", Assert.Single(report.Verdict.Reasons, r => r.Code == "primary-better").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_Mean_UsesTheAsymptoticSequence()
    {
        var plan = SequentialPlan.Of(Mean());
        var perArm = plan.PlannedUnits!.Value / 2;
        var report = ReportBuilder.Build(Mean(), GivenMoments.Of(GivenMoments.Mean("csat", (3, 1, perArm), (3.02, 1, perArm))), new ReportOptions { IsFinal = true });
        var error = Math.Sqrt(2.0 / perArm);
        Assert.Equal(0.02 + AsymptoticConfidenceSequence.Critical(2 * perArm, 0.025, plan.PlannedUnits.Value, Alternative.Less) * error, report.Metrics[0].Interval!.Value.High!.Value, 1e-9);
        Assert.Equal(Decision.NoDifference, report.Verdict.Decision);
        // As the library's own hybrid has it; t and z are alike at so many units.
        var library = Hybrid.Of(0.02, error, 2 * perArm, plan.PlannedUnits.Value, isFinal: true);
        Assert.Equal(library.Interval.High, report.Metrics[0].Interval!.Value.High!.Value, 1e-9);
        Assert.Equal(library.Interval.Low, report.Metrics[0].Interval!.Value.Low!.Value, 1e-4);
    }

    [Theory]
    [InlineData(60, 20, 99)]
    [InlineData(5, 4, 400)]
    public void Build_TooFewUnitsOrEvents_NoBoundActs(long control, long treatment, long perArm)
    {
        var report = Live(Rate(), control, treatment, perArm);
        Assert.Equal(Decision.KeepRunning, report.Verdict.Decision);
        Assert.Null(report.Metrics[0].Interval!.Value.High);
        Assert.Null(report.Metrics[0].PValue);
        Assert.Contains("no bound acts before", report.Metrics[0].MethodArguments["hybrid"]!["harmLimit"]!["reason"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_LowerIsBetter_IsTheMirrorImage()
    {
        Report up = Live(Rate(), 600, 480, 1000), down = Live(Rate(Direction.Lower) with { Plan = Plan with { Baseline = 0.4 } }, 400, 520, 1000);
        Assert.Equal((up.Verdict.Decision, up.Ends), (down.Verdict.Decision, down.Ends));
        Assert.Equal(up.Metrics[0].Interval!.Value.High!.Value, -down.Metrics[0].Interval!.Value.Low!.Value, 1e-9);
        Assert.Equal(up.Metrics[0].PValue!.Value, down.Metrics[0].PValue!.Value, 1e-9);
    }

    [Fact]
    public void Build_OutcomesWithoutAWindow_HarmWaitsUntilTheyAreComplete()
    {
        var open = GivenExperiment.With(plan: Plan);
        Assert.Equal(Decision.KeepRunning, Live(open, 600, 480, 1000).Verdict.Decision);
        var stopped = ReportBuilder.Build(open, GivenMoments.Of(GivenMoments.Proportion("resolution", (600, 1000), (480, 1000))), new ReportOptions { HasEnded = true, RemembersLooks = true });
        Assert.Equal(Decision.DoNotShip, stopped.Verdict.Decision);
    }

    [Fact]
    public void Build_MinimumDays_HarmActsBeforeThem()
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var experiment = Rate() with { Plan = Plan with { MinimumDays = 7 } };
        var moments = GivenMoments.Of(GivenMoments.Proportion("resolution", (600, 1000), (480, 1000))) with { DataUntil = start + TimeSpan.FromDays(1) };
        Assert.Equal(Decision.DoNotShip, ReportBuilder.Build(experiment, moments, new ReportOptions { IsLive = true, StartedAt = start }).Verdict.Decision);
    }

    [Fact]
    public void Build_SeveralTreatments_ShareBothHalves()
    {
        var experiment = Rate(weights: [0.5, 0.25, 0.25]);
        var plan = SequentialPlan.Of(experiment);
        long quarter = plan.PlannedUnits!.Value / 4 + 1;
        var moments = GivenMoments.Of(GivenMoments.Metric("resolution",
            GivenMoments.Share("control", (long)(0.6 * 2 * quarter), 2 * quarter), GivenMoments.Share("b1", (long)(0.66 * quarter), quarter), GivenMoments.Share("b2", (long)(0.61 * quarter), quarter)));
        var report = ReportBuilder.Build(experiment, moments, new ReportOptions { IsFinal = true });
        var rows = report.Metrics;
        double Alpha(int row, string limit) => rows[row].MethodArguments["hybrid"]![limit]!["alpha"]!.GetValue<double>();
        Assert.Equal((0.0125, 0.0125), (Alpha(0, "harmLimit"), Alpha(1, "harmLimit")));
        // The first rejects and leaves its share to the second.
        Assert.Equal((0.0125, 0.025), (Alpha(0, "benefitLimit"), Alpha(1, "benefitLimit")));
        Assert.Equal((Decision.Ship, "b1"), (report.Verdict.Decision, report.Verdict.Variant));
        Assert.Equal(1 - 0.0125 - 0.025, rows[1].IntervalLevel!.Value, 1e-12);
    }

    [Fact]
    public void Build_HarmOfOneOfTwoTreatments_TheOtherRunsOn()
    {
        var moments = GivenMoments.Of(GivenMoments.Metric("resolution", GivenMoments.Share("control", 600, 1000), GivenMoments.Share("b1", 230, 500), GivenMoments.Share("b2", 300, 500)));
        var report = ReportBuilder.Build(Rate(weights: [0.5, 0.25, 0.25]), moments, new ReportOptions { IsLive = true });
        Assert.Equal((Decision.KeepRunning, false), (report.Verdict.Decision, report.Ends));
        Assert.Contains(report.Verdict.Reasons, r => r.Code == "primary-worse" && r.Text.Contains("'b1'", StringComparison.Ordinal));
    }

    [Fact]
    public void Build_MirroredPrimary_ShowsItsTwinsAnswerTurnedRound()
    {
        var experiment = WithWindow(GivenExperiment.With([GivenExperiment.Primary(), GivenExperiment.Primary("open", "open", Direction.Lower)], Plan));
        var moments = GivenMoments.Of(GivenMoments.Proportion("resolution", (600, 1000), (480, 1000)), GivenMoments.Proportion("open", (400, 1000), (520, 1000)));
        var report = ReportBuilder.Build(experiment, moments, new ReportOptions { IsLive = true });
        Assert.Equal(Decision.DoNotShip, report.Verdict.Decision);
        MetricRow row = report.Metrics[0], mirror = report.Metrics[1];
        Assert.Equal(0.025, row.MethodArguments["hybrid"]!["harmLimit"]!["alpha"]!.GetValue<double>());
        Assert.Equal((-row.Interval!.Value.High, -row.Interval.Value.Low, row.PValue), (mirror.Interval!.Value.Low, mirror.Interval.Value.High, mirror.PValue));
    }

    [Fact]
    public void Build_PrimaryWithALimit_HoldsTheLimitAgainstTheOrdinaryInterval()
    {
        var experiment = Rate() with { Guardrails = [new Guardrail { Metric = "resolution", Min = 0.5 }] };
        var report = Live(experiment, 883, 965, 1471);
        Assert.Equal(LimitState.Kept, Assert.Single(report.Guardrails).State);
        Assert.Equal(Decision.Ship, report.Verdict.Decision);
    }

    [Theory]
    [Trait("Kind", "calibration")]
    [InlineData(", { key: b, weight: 1, promptVersion: b }", "m", "")]
    [InlineData("", "[m, k]", ", primaryRule: any")]
    public void Simulate_SeveralComparisons_AnyIsClaimedAtMostAtAlpha(string thirdArm, string primaries, string rule)
    {
        var definition = $$"""
            key: plan
            variants: [ { key: control, weight: 1 }, { key: a, weight: 1, promptVersion: a }{{thirdArm}} ]
            metrics: { primary: {{primaries}} }
            plan: { method: hybrid, minimumEffect: 0.1, baseline: 1, sd: 1{{rule}} }
            ---
            metrics: { m: { type: mean, event: m, better: higher }, k: { type: mean, event: k, better: lower } }
            """;
        const int runs = 1200;
        const long seed = 20_261_127;
        var result = PlanSimulator.Run(DefinitionReader.ReadText(definition).Definitions!.Experiments[0], new SimulationOptions { Runs = runs, Seed = seed, Parallelism = Environment.ProcessorCount });
        Assert.True(result.RejectionRate <= 0.055 + 3.72 * result.StandardError, $"{result.RejectionRate} (seed {seed})");
        Assert.True(result.RejectionRate > 0.01, "benefit keeps its half of alpha");
    }

    [Fact]
    public void Build_WrittenAndRead_KeepsTheMethod()
    {
        var report = Live(Rate(), 600, 600, 1000);
        Assert.Equal(PlanMethod.Hybrid, ReportJson.Read(ReportJson.Write(report)).PlanMethod);
        Assert.Contains("\"planMethod\": \"hybrid\"", ReportJson.Write(report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(600, 480, 1000)]
    [InlineData(600, 700, 1000)]
    [InlineData(600, 560, 1000)]
    [InlineData(883, 965, 1471)]
    public void Decide_AsTheReport(long control, long treatment, long perArm)
    {
        var plan = SequentialPlan.Of(Rate());
        var moments = GivenMoments.Of(GivenMoments.Proportion("resolution", (control, perArm), (treatment, perArm)));
        var options = new ReportOptions { IsLive = true, RemembersLooks = true };
        var report = ReportBuilder.Build(Rate(), moments, options);
        var decided = PlanDecider.Decide(plan, moments, options);
        Assert.Equal((report.Verdict.Decision, report.Verdict.Variant, report.Ends), (decided.Decision, decided.Variant, decided.Ends));
    }
}
