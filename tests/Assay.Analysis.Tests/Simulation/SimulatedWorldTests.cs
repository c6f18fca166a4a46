using System.Globalization;
using Assay.Experiments;

namespace Assay.Analysis.Tests.Simulation;

/// <summary>What may be said of a simulated world does what it says: covariates, dependence, clusters, segments, secondaries, days.</summary>
[Trait("Kind", "calibration")]
public sealed class SimulatedWorldTests
{
    private const int Runs = 2000;
    private const double Baseline = 0.60, Delta = 0.05;
    private static readonly Covariate Pre = new("pre", null, null);

    [Fact]
    public void Run_Covariate_KeepsAlphaAndGainsThePowerThatItsCorrelationPromises()
    {
        var experiment = GivenExperiment.With(plan: GivenExperiment.Planned(Delta, Baseline, null, 0.5, 1) with { Covariates = [Pre] });
        var nothing = Run(experiment, new() { CovariateCorrelation = 0.6 });
        Assert.InRange(nothing.RejectionRate, 0.05 - 4 * nothing.StandardError, 0.05 + 4 * nothing.StandardError);
        Assert.InRange(nothing.Coverage!.Value, 0.95 - 4 * 0.0049, 0.95 + 4 * 0.0049);

        // A variance of 1 − .6² is the information of 1 / .64 as many units: drift 2.80 / .8, power .939 at one look.
        var there = Run(experiment, new() { Effect = Delta, CovariateCorrelation = 0.6 });
        Assert.InRange(there.RejectionRate, 0.935 - 4 * there.StandardError - 0.005, 0.945 + 4 * there.StandardError);
        Assert.InRange(there.Coverage!.Value, 0.95 - 4 * 0.0049, 0.95 + 4 * 0.0049);
        Assert.Contains(there.Notes, n => n.Contains("correlates by 0.6 with resolution", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_CovariateOfAMean_HasTheCorrelationOfTheValuesThemselves(bool isSkewed)
    {
        var plan = GivenExperiment.Planned(10, 100, 80) with { Covariates = [Pre] };
        var result = Run(GivenExperiment.With([new ExperimentMetric(GivenExperiment.Mean("tokens"), MetricRole.Primary)], plan), new() { Effect = 10, CovariateCorrelation = 0.6, IsSkewed = isSkewed, Runs = 1000 });
        Assert.InRange(result.RejectionRate, 0.91, 0.965);
        Assert.InRange(result.Coverage!.Value, 0.925, 0.97);
    }

    [Fact]
    public void Run_MetricsThatGoTogether_RejectTogether()
    {
        var metrics = new[] { GivenExperiment.Primary("a", "a"), GivenExperiment.Primary("b", "b"), GivenExperiment.Primary("c", "c") };
        var experiment = GivenExperiment.With(metrics, GivenExperiment.Planned(Delta, Baseline) with { PrimaryRule = PrimaryRule.Any });
        double apart = Run(experiment, new() { MetricCorrelation = -0.2 }).RejectionRate, together = Run(experiment, new() { MetricCorrelation = 0.98 }).RejectionRate;
        // Three at alpha / 3 each: .0492 when independent, and towards .0167 when they are one.
        Assert.InRange(apart, 0.05 - 4 * 0.0049, 0.05 + 4 * 0.0049);
        Assert.InRange(together, 0.0167, 0.0167 + 0.012 + 4 * 0.0029);
    }

    [Fact]
    public void Run_RowsThatAreAlike_WidenRatiosAndQuantilesAndKeepAlpha()
    {
        foreach (var metric in new[] { GivenExperiment.Ratio("cost"), GivenExperiment.Quantile("latency", 0.5) })
        {
            var experiment = GivenExperiment.With([new ExperimentMetric(metric, MetricRole.Primary)]);
            SimulationOptions options = new() { Units = 800, Runs = 1000, ClusterSize = 4, Effect = 0.12, Given = [new Assumption(metric.Name, 1, 1, "given")] };
            double loose = Run(experiment, options with { IntraclassCorrelation = 0 }).RejectionRate, alike = Run(experiment, options with { IntraclassCorrelation = 0.6 }).RejectionRate;
            Assert.True(loose > alike + 0.15, string.Create(CultureInfo.InvariantCulture, $"{metric.Name}: {loose} and {alike}"));
            var nothing = Run(experiment, options with { Effect = 0, IntraclassCorrelation = 0.6 });
            Assert.InRange(nothing.RejectionRate, 0.02, 0.055 + 4 * 0.0071);
            Assert.InRange(nothing.Coverage!.Value, 0.945 - 4 * 0.0071, 0.98);
        }
    }

    [Fact]
    public void Run_FewClusters_KeepAlphaByTheirOwnTest()
    {
        var experiment = GivenExperiment.With([new ExperimentMetric(GivenExperiment.Mean("csat"), MetricRole.Primary)], GivenExperiment.Planned(1.15, 0, 1)) with { Unit = UnitKind.Cluster };
        var result = Run(experiment, new() { ClusterSize = 5, IntraclassCorrelation = 0.1, Runs = 600 });
        Assert.True(result.PlannedUnits < 40);
        Assert.InRange(result.RejectionRate, 0.02, 0.05 + 4 * 0.0089);
        Assert.Contains(result.Notes, n => n.Contains("clusters", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_CriticalSegmentThatLoses_HoldsOrStopsWhatWouldHaveShipped()
    {
        var experiment = GivenExperiment.With(plan: GivenExperiment.Planned(Delta, Baseline, null, 0.5, 1), segments: [GivenExperiment.Critical("plan", "enterprise", 0.10)]);
        var alike = Run(experiment, new() { Effect = Delta, Segments = [new("plan", "enterprise", 0.3, null)] });
        var hurt = Run(experiment, new() { Effect = Delta, Segments = [new("plan", "enterprise", 0.3, null), new("plan", "enterprise", null, -0.08)] });
        Assert.True(alike.Decisions["ship"] > 0.6, $"{alike.Decisions["ship"]}");
        Assert.True(hurt.Decisions["ship"] < 0.05 && hurt.Decisions["hold"] > hurt.Decisions["ship"], $"{hurt.Decisions["ship"]} and {hurt.Decisions["hold"]}");
        Assert.Equal(0.7 * Delta - 0.3 * 0.08, hurt.OverallEffect, 12);
        // The interval is about the whole, and so is the truth that it is held against.
        Assert.InRange(hurt.Coverage!.Value, 0.95 - 4 * 0.0049, 0.95 + 4 * 0.0049);
        var segment = Assert.Single(hurt.Segments);
        Assert.Equal((0.3, -0.08, 0.10), (segment.Share, segment.Effect, segment.MaxLoss));
        Assert.Equal(1, segment.Kept!.Value + segment.Undecided!.Value + segment.Broken!.Value, 9);
        Assert.Equal(Delta, alike.OverallEffect, 12);
    }

    [Theory]
    [InlineData(CorrectionKind.Holm)]
    [InlineData(CorrectionKind.BenjaminiHochberg)]
    public void Run_SecondariesWithoutEffect_AreClaimedNoMoreThanTheFamilyMay(CorrectionKind correction)
    {
        var experiment = WithSecondaries(GivenExperiment.Planned(Delta, Baseline, null, 0.5, 1) with { Correction = correction });
        var result = Run(experiment, new() { Effect = Delta, MetricCorrelation = 0.2, SecondaryEffects = [new("csat", 0.15)] });
        var family = result.Secondaries!;
        Assert.Equal(result.RejectionRate, family.OpenRate, 9);
        Assert.True(family.FamilywiseErrorRate is > 0.001 and < 0.06, $"{family.FamilywiseErrorRate}");
        Assert.True(family.FalseDiscoveryRate <= family.FamilywiseErrorRate);
        Assert.Equal(["csat", "thumbs", "helpful"], family.Comparisons.Select(c => c.Metric));
        Assert.True(family.Comparisons[0].ClaimRate > 0.5 && family.Comparisons.Skip(1).All(c => c.ClaimRate < 0.05));

        var closed = Run(experiment, new() { SecondaryEffects = [new(null, 0.15)], Given = [new("thumbs", 0.5, null, "given")] }).Secondaries!;
        Assert.True(closed.OpenRate < 0.08 && closed.Comparisons.All(c => c.ClaimRate <= closed.OpenRate));
        Assert.Null(closed.FamilywiseErrorRate);
    }

    [Fact]
    public void Run_Traffic_MakesEarlyLooksWaitForTheMinimumDays()
    {
        var plan = GivenExperiment.Planned(Delta, Baseline, null, 0.25, 0.5, 0.75, 1) with { MinimumDays = 7 };
        var result = Run(GivenExperiment.With(plan: plan), new() { Effect = Delta, Daily = 300, Runs = 500 });
        // The first two would have come on days 2.5 and 5: one look is left of them, with the 2,100 units of day 7.
        Assert.Equal([2, 3, 4], result.Looks.Select(l => l.Look));
        Assert.Equal([7, 7.5, 10], result.Looks.Select(l => l.Day!.Value));
        Assert.Equal(0.7, result.Looks[0].Fraction, 12);
        Assert.InRange(result.MeanDays!.Value, 7, 10);
        // So much traffic that everything is there before a decision may fall: the first check is the last look.
        var busy = Run(GivenExperiment.With(plan: plan), new() { Daily = 10_000, Runs = 200 });
        Assert.Equal(4, Assert.Single(busy.Looks).Look);
        Assert.Equal(7, busy.MeanDays!.Value, 9);
    }

    [Theory]
    [InlineData("no segment", "country", "de", 0.2)]
    [InlineData("leave nothing", "plan", "pro", 0.9)]
    [InlineData("between 0 and 1", "plan", "pro", 1.5)]
    public void Run_SegmentsThatCannotBe_AreRefused(string says, string attribute, string value, double share)
    {
        var experiment = GivenExperiment.With(plan: GivenExperiment.Planned(Delta, Baseline), segments: [GivenExperiment.Critical("plan", "enterprise", 0.10)]);
        var error = Assert.ThrowsAny<ArgumentException>(() => Run(experiment, new() { Segments = [new("plan", "enterprise", 0.2, null), new(attribute, value, share, null)] }));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_DependenceThatCannotBe_IsRefusedWithItsBounds()
    {
        var rare = GivenExperiment.With(plan: GivenExperiment.Planned(0.01, 0.02) with { Covariates = [Pre] });
        Assert.Contains("at most by", Assert.ThrowsAny<ArgumentException>(() => Run(rare, new() { CovariateCorrelation = 0.9 })).Message, StringComparison.Ordinal);
        var many = WithSecondaries(GivenExperiment.Planned(Delta, Baseline));
        Assert.Contains("4 metrics cannot all correlate", Assert.ThrowsAny<ArgumentException>(() => Run(many, new() { MetricCorrelation = -0.5 })).Message, StringComparison.Ordinal);
        Assert.Contains("no secondary", Assert.ThrowsAny<ArgumentException>(() => Run(many, new() { SecondaryEffects = [new("resolution", 1)] })).Message, StringComparison.Ordinal);
    }

    internal static Experiment WithSecondaries(AnalysisPlan plan, double[]? weights = null) => GivenExperiment.With(
        [GivenExperiment.Primary(), GivenExperiment.Secondary(GivenExperiment.Mean("csat")), GivenExperiment.Secondary(GivenExperiment.Proportion("thumbs", "thumb")), GivenExperiment.Secondary(GivenExperiment.Proportion("helpful", "helpful"))],
        plan, weights: weights);

    private static SimulationResult Run(Experiment experiment, SimulationOptions options) =>
        PlanSimulator.Run(experiment, options with { Seed = 20_261_127, Parallelism = 2, Runs = options.Runs == 10_000 ? Runs : options.Runs });
}
