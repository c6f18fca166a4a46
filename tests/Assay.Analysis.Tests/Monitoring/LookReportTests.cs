using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis.Tests;

public sealed class LookReportTests
{
    private static GivenLooks Live(AnalysisPlan? plan = null, Direction better = Direction.Higher) => new(WithWindow(GivenLooks.Mean(plan ?? GivenLooks.Four, better)));

    // Only a window says when a unit's outcome is complete, so only with one a live experiment is judged.
    private static Experiment WithWindow(Experiment experiment) => experiment with
    {
        Metrics = [.. experiment.Metrics.Select(m => m with { Metric = m.Metric with { Window = new MetricWindow(TimeSpan.Zero, TimeSpan.FromDays(1), TimeSpan.FromMinutes(30)) } })],
    };

    [Fact]
    public void Build_BoundaryReachedAtTheSecondLook_ShipsWithTheMedianUnbiasedEstimate()
    {
        var live = Live();
        var first = live.At(0.25, 2.5);
        Assert.Equal((Decision.KeepRunning, 1, false), (first.Verdict.Decision, first.Look, first.Ends));
        Assert.Equal(IntervalKind.Repeated, first.Metrics[0].IntervalKind);
        var second = live.At(0.5, 3.2);
        Assert.Equal((Decision.Ship, 2, true, false), (second.Verdict.Decision, second.Look, second.Ends, second.IsFinal));
        var row = second.Metrics[0];
        Assert.Equal(IntervalKind.StageWise, row.IntervalKind);
        Assert.True(row.Difference < row.ObservedDifference, "the estimate after an early stop is shrunk");
        Assert.True(row.Interval!.Value.Low > 0);
        var reason = Assert.Single(second.Verdict.Reasons, r => r.Code == "primary-better").Text;
        Assert.Contains("look 2 of 4", reason, StringComparison.Ordinal);
        Assert.Contains("obrien-fleming spending, alpha 0.05", reason, StringComparison.Ordinal);
        Assert.Contains("the boundary 2.96", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_StoppedAtALook_CanBeReproducedFromItsArguments()
    {
        var live = Live();
        live.At(0.27, 0.4);
        live.At(0.61, 1);
        var row = live.At(0.76, 2.6).Metrics[0];
        var look = row.MethodArguments["look"]!;
        double[] looks = [.. look["looks"]!.AsArray().Select(x => x!.GetValue<double>())];
        Assert.Equal([0.27, 0.61, 0.76], looks.Select(x => Math.Round(x, 2)));
        var design = GroupSequentialDesign.Spending(looks, SpendingFunction.OBrienFleming, look["alpha"]!.GetValue<double>(), lastIsFinal: look["final"]!.GetValue<bool>());
        Assert.Equal(design.CriticalValues[2], look["critical"]!.GetValue<double>(), 1e-9);
        Assert.Equal(2 * design.AlphaSpent[2], look["alphaSpent"]!.GetValue<double>(), 1e-12);
        var estimate = StageWise.Estimate(design, look["stoppedAtLook"]!.GetValue<int>(), look["z"]!.GetValue<double>(), look["intervalAlpha"]!.GetValue<double>());
        Assert.Equal(row.PValue!.Value, estimate.PValue, 1e-12);
        Assert.Equal(row.Difference!.Value, estimate.Effect(look["standardError"]!.GetValue<double>()), 1e-12);
    }

    [Fact]
    public void Build_BetweenLooks_ShowsAnAlwaysValidIntervalAndDecidesNothing()
    {
        var live = Live();
        live.At(0.25, 1);
        var between = live.At(0.4, 4.5);
        Assert.Equal((Decision.KeepRunning, (int?)null), (between.Verdict.Decision, between.Look));
        var row = between.Metrics[0];
        Assert.Equal(IntervalKind.AlwaysValid, row.IntervalKind);
        var arguments = row.MethodArguments["alwaysValid"]!;
        Assert.Equal(live.Plan.PlannedUnits!.Value, arguments["tunedFor"]!.GetValue<double>(), 1e-9);
        var wide = AsymptoticConfidenceSequence.Critical(arguments["n"]!.GetValue<long>(), 0.05, live.Plan.PlannedUnits!.Value);
        Assert.Equal(wide, arguments["critical"]!.GetValue<double>(), 1e-12);
        Assert.True(row.Interval!.Value.Low > 0 == row.PValue < 0.05);
        Assert.Single(between.Looks);
        Assert.Equal(live.Plan.UnitsAt(2), between.NextLookUnits);
    }

    [Fact]
    public void Build_StoppedShortOfThePlan_IsInconclusiveAtALookToo()
    {
        var experiment = WithWindow(GivenLooks.Mean(GivenLooks.Four));
        var given = new GivenLooks(experiment);
        Report Stopped(double z) => ReportBuilder.Build(experiment, given.MomentsAt(0.6, z), new ReportOptions { HasEnded = true, RemembersLooks = true });
        Assert.Equal((Decision.Inconclusive, "ended-early", 2), (Stopped(1).Verdict.Decision, Stopped(1).Verdict.Reasons[0].Code, Stopped(1).Look));
        Assert.Equal(Decision.Ship, Stopped(3.2).Verdict.Decision);
    }

    [Fact]
    public void Build_LookAtTheSameLookAgain_DoesNotEvaluateItAgain()
    {
        var live = Live();
        live.At(0.5, 1);
        var again = live.At(0.6, 6);
        Assert.Equal((Decision.KeepRunning, (int?)null), (again.Verdict.Decision, again.Look));
        Assert.Single(again.Looks);
    }

    [Theory]
    [InlineData(1.0, 2.10)]
    [InlineData(1.3, 2.10)]
    public void Build_LastLook_SpendsAllThatIsLeftAlsoWhenMoreCameThanPlanned(double fraction, double z)
    {
        var live = Live();
        live.At(0.5, 0);
        var last = live.At(fraction, z);
        Assert.Equal((Decision.Ship, 4, true, true), (last.Verdict.Decision, last.Look, last.Ends, last.IsFinal));
        Assert.Equal(0.05, last.Looks[^1].Comparisons[0].AlphaSpent, 1e-12);
        Assert.True(last.Looks[^1].Comparisons[0].Critical is > 1.96 and < 2);
    }

    [Fact]
    public void Build_FileWithAssumedLooks_NeverTakesThemForEvidence()
    {
        // A z of 6 at the end would have crossed long before; a stage-wise interval that believes it did not lies far below what was seen.
        var file = new GivenLooks(GivenLooks.Mean(GivenLooks.Four)).File(1, [6], isFinal: true);
        var row = file.Metrics[0];
        var interval = row.Interval!.Value;
        Assert.Equal((Decision.Ship, IntervalKind.Repeated, (double?)null), (file.Verdict.Decision, row.IntervalKind, row.ObservedDifference));
        Assert.InRange(row.Difference!.Value, interval.Low!.Value, interval.High!.Value);
        Assert.Equal(row.Difference.Value, (interval.Low.Value + interval.High.Value) / 2, 1e-9);
        Assert.True(row.PValue < 1e-6);
    }

    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(0.509, 2)]
    [InlineData(0.52, null)]
    [InlineData(0.4, null)]
    public void Build_FileWithoutOrder_IsJudgedOnlyWhereItHoldsALooksUnits(double fraction, int? look)
    {
        var file = new GivenLooks(GivenLooks.Mean(GivenLooks.Four)).File(fraction, [6]);
        Assert.Equal((look, look is null ? Decision.KeepRunning : Decision.Ship), (file.Look, file.Verdict.Decision));
        Assert.Equal(look is null, file.Warnings.Any(w => w.Code == "looks-need-order"));
    }

    [Fact]
    public void Build_UnderRunningFile_SpendsAllAtItsEnd()
    {
        var file = new GivenLooks(GivenLooks.Mean(GivenLooks.Four)).File(0.6, [2.1], isFinal: true);
        Assert.Equal((Decision.Ship, 4), (file.Verdict.Decision, file.Look));
        Assert.Equal([0.25, 0.5, 0.6], file.Looks.Select(l => Math.Round(l.Fraction, 2)));
        Assert.Equal(0.05, file.Looks[^1].Comparisons[0].AlphaSpent, 1e-12);
        Assert.Contains(file.Warnings, w => w.Code == "looks-assumed");
    }

    [Fact]
    public void Build_NothingAtAnyLook_EndsWithoutAWinner()
    {
        var live = Live();
        foreach (var fraction in (double[])[0.25, 0.5, 0.75]) Assert.Equal(Decision.KeepRunning, live.At(fraction, 0.3).Verdict.Decision);
        var last = live.At(1, 0.3);
        Assert.Equal((Decision.NoDifference, true), (last.Verdict.Decision, last.Ends));
        Assert.Equal(IntervalKind.Repeated, last.Metrics[0].IntervalKind);
        Assert.Equal(4, last.Looks.Length);
    }

    [Fact]
    public void Build_HarmAtALook_IsDoNotShipWhereLowerIsBetter()
    {
        var live = Live(better: Direction.Lower);
        var report = live.At(0.5, 3.2);
        Assert.Equal((Decision.DoNotShip, true), (report.Verdict.Decision, report.Ends));
        Assert.Contains("look 2 of 4", report.Verdict.Reasons[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_DeclaredBoundariesOfTheCaseStudy_StopAtThreeQuartersAndSayWhatTheySpend()
    {
        var live = Live(GivenLooks.Four with { Boundaries = [3.47, 2.45, 2.14, 2.01] });
        Assert.Equal(Decision.KeepRunning, live.At(0.25, 1.20).Verdict.Decision);
        Assert.Equal(Decision.KeepRunning, live.At(0.5, 2.10).Verdict.Decision);
        var third = live.At(0.75, 2.31);
        Assert.Equal((Decision.Ship, 3, true), (third.Verdict.Decision, third.Look, third.Ends));
        Assert.Contains("0.0626", Assert.Single(third.Warnings, w => w.Code == "boundaries-spend").Text, StringComparison.Ordinal);
        Assert.Equal(1 - 0.0626, third.Metrics[0].IntervalLevel!.Value, 5e-5);
    }

    [Fact]
    public void Build_DeclaredBoundaries_GiveAPValueThatTellsTheSame()
    {
        var plan = GivenLooks.Four with { Boundaries = [3.47, 2.45, 2.14, 2.01] };
        LookRecord Look(int look) => new() { Look = look, Fraction = GivenLooks.Four.Looks[look - 1], MaturedUnits = 1, DataUntil = null, IsLast = look == 4 };
        double At(int look, double z) => DeclaredPValue.Of(plan, [.. Enumerable.Range(1, look).Select(Look)], GivenLooks.Four.Looks, z);
        // Just at its boundary each look's p-value is all that the boundaries spend; in the report it is that of the row.
        for (var look = 1; look <= 4; look++) Assert.Equal(0.0626, At(look, -plan.Boundaries[look - 1]), 5e-5);
        var row = Live(plan).At(0.25, 2).Metrics[0];
        Assert.Equal(At(1, 2), row.PValue!.Value, 0.01);
        Assert.Equal(1, At(1, 0));
        double[] rising = [.. new[] { 5, 3.6, 3.4, 2, 1.2, 0.4, 0 }.Select(z => At(2, z))];
        Assert.Equal(rising.Order(), rising);
        Assert.InRange(At(3, 9), 0, 1e-12);
    }

    [Fact]
    public void Build_SecondaryAtALookOfDeclaredBoundaries_HasAnAdjustedPValue()
    {
        var experiment = GivenLooks.Mean(GivenLooks.Four with { Boundaries = [4.05, 2.86, 2.34, 2.02] });
        experiment = experiment with { Metrics = [.. experiment.Metrics, GivenExperiment.Secondary(GivenExperiment.Mean("thumb"))] };
        var given = new GivenLooks(experiment);
        var moments = given.MomentsAt(0.5, 3.2);
        var n = moments.Metrics[0].Arms[0].Units;
        Report With(double secondary) => ReportBuilder.Build(experiment, moments with { Metrics = [.. moments.Metrics, GivenMoments.Mean("thumb", (1, 1, n), (1 + secondary * Math.Sqrt(2.0 / n), 1, n))] });
        Assert.True(With(2.7).Metrics[1].AdjustedPValue > 0.05);
        Assert.True(With(3.0).Metrics[1].AdjustedPValue < 0.05);
    }

    [Fact]
    public void Build_DeclaredFutilityCrossed_IsDoNotShipAndDoesNotBind()
    {
        var live = Live(GivenLooks.Four with { Futility = "obrien-fleming" });
        var hopeless = live.At(0.5, -0.5);
        Assert.Equal((Decision.DoNotShip, "futility", false), (hopeless.Verdict.Decision, hopeless.Verdict.Reasons[0].Code, hopeless.Ends));
        var recovered = live.At(0.75, 2.5);
        Assert.Equal((Decision.Ship, true), (recovered.Verdict.Decision, recovered.Ends));
        Assert.Equal(Decision.KeepRunning, Live().At(0.5, -0.5).Verdict.Decision);
    }

    [Fact]
    public void Build_SeveralTreatments_ShareAlphaAndHandOnWhatAWinnerLeaves()
    {
        var live = new GivenLooks(WithWindow(GivenLooks.Mean(GivenLooks.Four, weights: [1, 1, 1])));
        live.At(0.25, 1, 1);
        // 3.4 passes alpha / 2 at half of the information; the other one is then held to the whole alpha.
        var second = live.At(0.5, 3.4, 3.0);
        Assert.Equal((Decision.Ship, "b1", true), (second.Verdict.Decision, second.Verdict.Variant, second.Ends));
        Assert.Equal([0.025, 0.05], second.Looks[^1].Comparisons.Select(c => c.Alpha));
        Assert.All(second.Looks[^1].Comparisons, c => Assert.Equal(LookResult.Benefit, c.Result));
        Assert.Equal([0.975, 0.95], second.Metrics.Select(m => Math.Round(m.IntervalLevel!.Value, 6)));
    }

    [Fact]
    public void Build_OneTreatmentHarmed_GoesOnWithTheOther()
    {
        var live = new GivenLooks(WithWindow(GivenLooks.Mean(GivenLooks.Four, weights: [1, 1, 1])));
        Assert.Equal((Decision.KeepRunning, false), (live.At(0.5, -3.6, 1).Verdict.Decision, live.Looks.IsEmpty));
        var last = live.At(1, -3.6, 2.1);
        Assert.Equal((Decision.Ship, "b2"), (last.Verdict.Decision, last.Verdict.Variant));
        Assert.Equal(IntervalKind.StageWise, last.Metrics[0].IntervalKind);
        // What the first one no longer needs: the whole alpha.
        Assert.Equal(0.05, Assert.Single(last.Looks[^1].Comparisons).Alpha, 1e-12);
    }

    [Fact]
    public void Build_Look_KeepsTheSampleRatioThatItFound()
    {
        var looks = Live();
        var first = looks.At(0.25, 0.5);
        Assert.NotNull(first.Srm.PValue);
        Assert.Equal(first.Srm, Assert.Single(first.Looks).Srm);
        var second = looks.At(0.5, 0.5);
        Assert.Equal([first.Srm, second.Srm], second.Looks.Select(l => l.Srm!));
    }

    [Fact]
    public void Build_MinimumDaysNotOver_WaitsWithTheLook()
    {
        var experiment = WithWindow(GivenLooks.Mean(GivenLooks.Four with { MinimumDays = 7 }));
        var start = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        var moments = new GivenLooks(experiment).MomentsAt(0.5, 6) with { DataUntil = start.AddDays(3) };
        var options = new ReportOptions { IsLive = true, RemembersLooks = true, StartedAt = start };
        Assert.Null(ReportBuilder.Build(experiment, moments, options).Look);
        Assert.Equal(2, ReportBuilder.Build(experiment, moments with { DataUntil = start.AddDays(8) }, options).Look);
    }

    [Fact]
    public void Build_SecondaryAtALook_IsTestedByItsOwnBoundaryAfterThePrimary()
    {
        var experiment = GivenLooks.Mean(GivenLooks.Four);
        experiment = experiment with { Metrics = [.. experiment.Metrics, GivenExperiment.Secondary(GivenExperiment.Mean("thumb"))] };
        var given = new GivenLooks(experiment);
        Report With(double primary, double secondary)
        {
            var moments = given.MomentsAt(0.5, primary);
            var n = moments.Metrics[0].Arms[0].Units;
            var thumb = GivenMoments.Mean("thumb", (1, 1, n), (1 + secondary * Math.Sqrt(2.0 / n), 1, n));
            return ReportBuilder.Build(experiment, moments with { Metrics = [.. moments.Metrics, thumb] });
        }
        var tested = With(3.2, 2.5).Metrics[1];
        // 2.5 is p = .012 for one look, yet far from the boundary of 2.96.
        Assert.True(tested.AdjustedPValue > 0.05);
        Assert.True(With(3.2, 3.2).Metrics[1].AdjustedPValue < 0.05);
        Assert.Null(With(2.5, 3.2).Metrics[1].AdjustedPValue);
    }
}
