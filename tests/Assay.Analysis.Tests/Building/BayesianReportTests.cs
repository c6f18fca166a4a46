using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis.Tests;

public sealed class BayesianReportTests
{
    private static AnalysisPlan With(AnalysisPlan plan, params (string Metric, Prior Prior)[] priors) => plan with { Bayesian = new BayesianPlan(priors.ToImmutableSortedDictionary(p => p.Metric, p => p.Prior)) };

    private static Report Rates(AnalysisPlan plan, Direction better = Direction.Higher, (long, long)? control = null, (long, long)? treatment = null) => ReportBuilder.Build(
        GivenExperiment.With([GivenExperiment.Primary(better: better)], plan), GivenMoments.Of(GivenMoments.Proportion("resolution", control ?? (600, 1000), treatment ?? (640, 1000))), new ReportOptions { IsFinal = true });

    [Fact]
    public void Build_NotAskedFor_HasNone()
    {
        var report = Rates(new AnalysisPlan());
        Assert.Null(report.Metrics[0].Bayesian);
        Assert.DoesNotContain(report.Warnings, w => w.Code == "bayesian-no-guarantee");
        Assert.Empty(BayesianText.Lines(report));
    }

    [Fact]
    public void Build_DeclaredBeta_IsTheLibrarysComparison()
    {
        var row = Rates(With(new(), ("resolution", new Prior(PriorKind.Beta, 30, 20)))).Metrics[0].Bayesian!;
        var library = BetaBinomial.Compare(new(600, 1000), new(640, 1000), new BetaPosterior(30, 20), 0.05);
        Assert.Equal(library.ProbabilityTreatmentBetter, row.ProbabilityBetter!.Value, 1e-12);
        Assert.Equal(library.Difference, row.Difference!.Value, 1e-12);
        Assert.Equal(library.Interval.Low, row.Interval!.Value.Low!.Value, 1e-12);
        Assert.Equal(["control", "treatment"], row.Variants.Select(v => v.Variant));
        Assert.Equal(library.ExpectedLossChoosingControl, row.Variants[0].ExpectedLoss, 1e-9);
        Assert.Equal(library.ExpectedLossChoosingTreatment, row.Variants[1].ExpectedLoss, 1e-9);
        Assert.Equal((true, 30, 20), (row.Prior!.IsDeclared, row.Prior.Alpha!.Value, row.Prior.Beta!.Value));
        Assert.Equal(0.95, row.IntervalLevel);
    }

    [Fact]
    public void Build_LowerIsBetter_IsTheMirrorImage()
    {
        BayesianRow up = Rates(With(new(), ("resolution", new Prior(PriorKind.Beta, 30, 20)))).Metrics[0].Bayesian!;
        var down = Rates(With(new(), ("resolution", new Prior(PriorKind.Beta, 20, 30))), Direction.Lower, (400, 1000), (360, 1000)).Metrics[0].Bayesian!;
        Assert.Equal(up.ProbabilityBetter!.Value, down.ProbabilityBetter!.Value, 1e-12);
        Assert.Equal(up.Difference!.Value, -down.Difference!.Value, 1e-12);
        Assert.Equal(up.Interval!.Value.Low!.Value, -down.Interval!.Value.High!.Value, 1e-9);
    }

    [Fact]
    public void Build_NoPriorDeclared_PrintsTheOneThatStandsIn()
    {
        var report = Rates(With(GivenExperiment.Planned(0.05, 0.6)));
        Assert.False(report.Metrics[0].Bayesian!.Prior!.IsDeclared);
        var text = ReportText.Write(report);
        Assert.Contains("prior beta(1, 1) of each arm's share, every share alike, worth two units: none was declared", text, StringComparison.Ordinal);
        Assert.Contains("error guarantee", Assert.Single(report.Warnings, w => w.Code == "bayesian-no-guarantee").Text, StringComparison.Ordinal);
        Assert.Contains("best of all: control", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, null, 0.5, "the plan's sd")]
    [InlineData(null, 0.1, 1.0, "ten minimum effects")]
    [InlineData(null, null, 2.0, "the spread of one unit in these data")]
    public void Build_MeanWithoutAPrior_TakesAWideOneOfTheDifference(double? sd, double? minimumEffect, double spread, string source)
    {
        var plan = With(new AnalysisPlan { StandardDeviation = sd, MinimumEffect = minimumEffect is { } m ? new MinimumEffect(m, false) : null });
        var row = Mean(plan, (3, 2, 400), (3.2, 2, 400)).Metrics[0].Bayesian!;
        Assert.Equal(("difference", spread), (row.Prior!.Of, row.Prior.Sd!.Value));
        Assert.Contains(source, row.Prior.Text, StringComparison.Ordinal);
        var library = NormalNormal.Posterior(new MeanEstimate(0.2, 2 * Math.Sqrt(2.0 / 400)), new NormalPrior(0, spread * spread), 0.05).Value;
        Assert.Equal(library.ProbabilityTreatmentBetter, row.ProbabilityBetter!.Value, 1e-9);
        Assert.Equal(library.Interval.High, row.Interval!.Value.High!.Value, 1e-9);
    }

    [Fact]
    public void Build_PriorOfEachMean_WeighsEachArm()
    {
        var row = Mean(With(new(), ("csat", new Prior(PriorKind.Value, 4, 0.1))), (3, 2, 400), (3.2, 2, 400)).Metrics[0].Bayesian!;
        NormalPosterior c = NormalNormal.Posterior(new MeanEstimate(3, 0.1), new NormalPrior(4, 0.01), 0.05).Value, t = NormalNormal.Posterior(new MeanEstimate(3.2, 0.1), new NormalPrior(4, 0.01), 0.05).Value;
        Assert.Equal(t.Mean - c.Mean, row.Difference!.Value, 1e-12);
        Assert.Equal("each-arm", row.Prior!.Of);
    }

    [Fact]
    public void Build_SeveralTreatments_NamesEveryVariant()
    {
        var experiment = GivenExperiment.With(plan: With(new AnalysisPlan()), weights: [0.4, 0.3, 0.3]);
        var report = ReportBuilder.Build(experiment, GivenMoments.Of(GivenMoments.Metric("resolution",
            GivenMoments.Share("control", 600, 1000), GivenMoments.Share("b1", 640, 1000), GivenMoments.Share("b2", 650, 1000))), new ReportOptions { IsFinal = true });
        var variants = report.Metrics[0].Bayesian!.Variants;
        Assert.Equal(["control", "b1", "b2"], variants.Select(v => v.Variant));
        Assert.Equal(1, variants.Sum(v => v.ProbabilityBest), 1e-9);
        Assert.True(variants[2].ProbabilityBest > variants[1].ProbabilityBest && variants[2].ExpectedLoss < variants[1].ExpectedLoss);
        Assert.Equal(variants, report.Metrics[1].Bayesian!.Variants);
    }

    [Fact]
    public void Build_RatioAndEmptyArm_AreNotEstimableWithAReason()
    {
        var ratio = ReportBuilder.Build(GivenExperiment.With([new(GivenExperiment.Ratio("cost"), MetricRole.Primary)], With(new AnalysisPlan())),
            GivenMoments.Of(GivenMoments.Metric("cost", Priced("control"), Priced("treatment"))), new ReportOptions { IsFinal = true }).Metrics[0].Bayesian!;
        Assert.Equal((RowStatus.NotEstimable, null), (ratio.Status, ratio.ProbabilityBetter));
        Assert.Contains("ratio", ratio.Reason, StringComparison.Ordinal);
        var empty = Rates(With(new AnalysisPlan()), treatment: (0, 0)).Metrics[0].Bayesian!;
        Assert.Contains("no unit has a value", empty.Reason, StringComparison.Ordinal);

        static MetricArmMoments Priced(string variant) => GivenMoments.Value(variant, 2, 1, 300) with { DenominatorMean = 1, DenominatorVariance = 0.2, NonZeroDenominators = 250 };
    }

    [Fact]
    public void Build_WithAndWithoutIt_DecidesTheSame()
    {
        // A prior that is sure of harm changes nothing.
        var sure = With(GivenExperiment.Planned(0.05, 0.6), ("resolution", new Prior(PriorKind.Beta, 1, 1e6)));
        Report with = Rates(sure, treatment: (700, 1000)), without = Rates(GivenExperiment.Planned(0.05, 0.6), treatment: (700, 1000));
        Assert.Equal(without.Verdict.Decision, with.Verdict.Decision);
        Assert.Equal(without.Verdict.Headline, with.Verdict.Headline);
        Assert.Equal(without.Verdict.Reasons, with.Verdict.Reasons);
    }

    [Fact]
    public void Build_WrittenAndRead_IsTheSame()
    {
        var report = Rates(With(new AnalysisPlan()));
        var row = ReportJson.Read(ReportJson.Write(report)).Metrics[0].Bayesian!;
        Assert.Equal(report.Metrics[0].Bayesian!.Variants, row.Variants);
        Assert.Equal(report.Metrics[0].Bayesian!.Prior, row.Prior);
    }

    private static Report Mean(AnalysisPlan plan, (double, double, long) control, (double, double, long) treatment) => ReportBuilder.Build(
        GivenExperiment.With([new(GivenExperiment.Mean("csat"), MetricRole.Primary)], plan), GivenMoments.Of(GivenMoments.Mean("csat", control, treatment)), new ReportOptions { IsFinal = true });
}
