using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis.Tests;

/// <summary>Rates are decided by one score, tested and turned round; few events by an exact test beside it.</summary>
public sealed class ProportionDecisionTests
{
    private static Report Of((long, long) control, (long, long) treatment, Guardrail? guardrail = null) => ReportBuilder.Build(
        GivenExperiment.With(guardrails: guardrail is null ? null : [guardrail]), GivenMoments.Of(GivenMoments.Proportion("resolution", control, treatment)), new ReportOptions { IsFinal = true });

    [Fact]
    public void Build_TwoOfEightAgainstSix_IsNotShippedAndSaysWhy()
    {
        var report = Of((2, 8), (6, 8));
        Assert.Equal(Decision.Inconclusive, report.Verdict.Decision);
        Assert.Equal(0.132, report.Metrics[0].PValue!.Value, 5e-4);
        Assert.Equal(("score-interval-fisher", 0.0), (report.Metrics[0].Method, report.Metrics[0].Interval!.Value.Low));
        var warning = Assert.Single(report.Warnings, w => w.Code == "few-events");
        Assert.Contains("2 successes", warning.Text, StringComparison.Ordinal);
        Assert.Contains("0.132", warning.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_FewButClearEvents_AreStillDecided()
    {
        var report = Of((10, 400), (60, 400));
        Assert.Equal(Decision.Ship, report.Verdict.Decision);
        Assert.Contains(report.Warnings, w => w.Code == "few-events");
    }

    [Fact]
    public void Build_NoSuccessInEitherArm_StillDecidesALimit()
    {
        var report = Of((0, 500), (0, 500), new Guardrail { Metric = "resolution", MaxChange = 0.02 });
        Assert.Equal(LimitState.Kept, report.Guardrails[0].State);
        Assert.Null(report.Metrics[0].PValue);
        Assert.True(report.Metrics[0].Interval is { Low: > -0.02, High: < 0.02 });
    }

    [Fact]
    public void Build_AnyTable_IntervalAndPValueNeverDisagree()
    {
        for (var a = 0; a <= 60; a += 3)
            for (var b = 0; b <= 90; b += 3)
            {
                var report = Of((a, 60), (b, 90));
                var row = report.Metrics[0];
                Assert.DoesNotContain(report.Warnings, w => w.Code == "interval-and-p-disagree");
                if (row is { PValue: { } p, Interval: { } interval }) Assert.Equal(p <= 0.05, interval.Low > 0 || interval.High < 0);
            }
    }

    [Theory]
    [InlineData(80, 80, 1.5, LimitState.Kept)]
    [InlineData(40, 140, 1.5, LimitState.Broken)]
    [InlineData(40, 62, 1.5, LimitState.Undecided)]
    [InlineData(0, 0, 1.5, LimitState.Undecided)]
    [InlineData(0, 40, 1.5, LimitState.Broken)]
    public void Build_RatioOfRates_IsJudgedByTheTestOfTheLimit(long control, long treatment, double limit, LimitState state)
    {
        var report = Of((control, 1000), (treatment, 1000), new Guardrail { Metric = "resolution", MaxRelativeToControl = limit });
        Assert.Equal(state, report.Guardrails[0].State);
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(36, false)]
    [InlineData(2000, true)]
    public void Build_SkewnessThatNoiseMayBring_IsNotWarnedAbout(long units, bool isSkewed)
    {
        // Twice the error of a sample skewness is .82 at 36 units, .63 at 60 and .11 at 2,000.
        var skewness = isSkewed ? 3 : 0.6;
        MetricArmMoments Arm(string variant) => GivenMoments.Value(variant, 5, 1, units) with { Skewness = skewness };
        var report = ReportBuilder.Build(
            GivenExperiment.With([new(GivenExperiment.Mean("csat"), MetricRole.Primary)]), GivenMoments.Of(GivenMoments.Metric("csat", Arm("control"), Arm("treatment"))), new ReportOptions { IsFinal = true });
        Assert.Equal(isSkewed, report.Warnings.Any(w => w.Code == "skewed"));
    }

    [Theory]
    [InlineData(40, true)]
    [InlineData(100, false)]
    public void Build_LookWithFewEvents_NeedsTheExactTestAtTheLooksOwnLevel(long units, bool isFew)
    {
        Proportion c = new(units / 4, units), t = new(units * 6 / 10, units);
        var report = ReportBuilder.Build(
            GivenExperiment.With(plan: GivenExperiment.Planned(0.05, 0.6, null, 0.25, 0.5, 0.75, 1)), GivenMoments.Of(GivenMoments.Proportion("resolution", (c.Successes, units), (t.Successes, units))),
            new ReportOptions { IsFinal = true, RemembersLooks = true });
        var z = Assert.Single(report.Looks[^1].Comparisons).Z!.Value;
        if (isFew) Assert.Equal(StandardNormal.Critical(FisherExact.CentralPValue(c, t).Value), z, 1e-12);
        else Assert.Equal(TwoProportions.PooledZ(c, t).Value, z, 1e-12);
    }

    [Theory]
    [InlineData(3, 14)]
    [InlineData(5, 30)]
    [InlineData(180, 60)]
    public void Build_AtAnyLook_IntervalExcludesNoDifferenceExactlyWhenTheBoundaryIsReached(long treated, long step)
    {
        var plan = GivenExperiment.Planned(0.05, 0.6, null, 0.25, 0.5, 0.75, 1);
        for (var successes = treated; successes < 900; successes += step)
        {
            var report = ReportBuilder.Build(
                GivenExperiment.With(plan: plan, weights: [0.9, 0.1]),
                GivenMoments.Of(GivenMoments.Proportion("resolution", (1200, 8100), (successes, 900))), new ReportOptions { IsFinal = true, RemembersLooks = true });
            var comparison = report.Looks[^1].Comparisons[0];
            var interval = report.Metrics[0].Interval!.Value;
            Assert.Equal(comparison.Result is LookResult.Benefit or LookResult.Harm, interval.Low > 0 || interval.High < 0);
        }
    }
}
