using Assay.Experiments;

namespace Assay.Analysis.Tests.Simulation;

/// <summary>The decision rates that the contract promises, and the known rates of looking: a whole plan, from units to verdict.</summary>
[Trait("Kind", "calibration")]
public sealed class PlanSimulatorTests
{
    // Around one half the variance hardly moves with the effect, as the promised rates assume.
    private const double Baseline = 0.49, Delta = 0.02;
    private static readonly double[] Fourteen = [.. Enumerable.Range(1, 14).Select(k => k / 14.0)];

    [Theory]
    [InlineData(1, 0, 0.025, 0.025, 0.753, 0.197)]
    [InlineData(1, Delta, 0.80, 0.00, 0.05, 0.15)]
    [InlineData(4, 0, 0.025, 0.025, 0.753, 0.197)]
    [InlineData(4, Delta, 0.80, 0.00, 0.05, 0.15)]
    public void Run_PlanOfPower80_DecidesAtThePromisedRates(int looks, double effect, double ship, double doNotShip, double noDifference, double inconclusive)
    {
        const int runs = 4000;
        var plan = GivenExperiment.Planned(Delta, Baseline, null, looks == 1 ? [] : [.. Enumerable.Range(1, looks).Select(k => (double)k / looks)]);
        var result = Run(GivenExperiment.With(plan: plan), effect, runs);
        Within(ship, "ship");
        Within(doNotShip, "do-not-ship");
        Within(noDifference, "no-difference");
        Within(inconclusive, "inconclusive");
        Assert.Equal(1, result.Decisions.Values.Sum(), 9);
        Assert.InRange(result.Coverage!.Value, 0.95 - 4 * Math.Sqrt(0.95 * 0.05 / runs), 0.955 + 4 * Math.Sqrt(0.95 * 0.05 / runs));

        void Within(double rate, string decision)
        {
            // Four standard errors, the half unit in the last digit to which the contract rounds, and what looking moves from "no difference" to "inconclusive".
            var tolerance = 4 * Math.Sqrt(Math.Max(rate, 0.0005) * (1 - rate) / runs) + 0.005 + (looks > 1 ? 0.02 : 0);
            Assert.True(Math.Abs(result.Decisions[decision] - rate) <= tolerance, $"{decision}: {result.Decisions[decision]} instead of {rate} ± {tolerance} (seed {result.Seed})");
        }
    }

    [Fact]
    public void Run_FourteenLooksOfANull_KeepAlphaWherePeekingDoesNot()
    {
        const int runs = 3000;
        var result = Run(GivenExperiment.With(plan: GivenExperiment.Planned(0.05, 0.60, null, Fourteen)), 0, runs);
        Assert.InRange(result.RejectionRate, 0.05 - 4 * result.StandardError, 0.05 + 4 * result.StandardError);
        Assert.InRange(result.Naive.RejectionRate, 0.22 - 4 * result.Naive.StandardError, 0.22 + 4 * result.Naive.StandardError);
        Assert.InRange(result.Coverage!.Value, 0.95 - 4 * Math.Sqrt(0.0475 / runs), 0.95 + 4 * Math.Sqrt(0.0475 / runs));
        Assert.Equal(1, result.Looks.Sum(l => l.Ended), 9);
        Assert.Equal(result.RejectionRate, result.Looks.Sum(l => l.Crossed), 9);
    }

    [Fact]
    public void Run_PlannedEffectAtFourteenLooks_HasThePlannedPowerAndStopsEarly()
    {
        const int runs = 2000;
        var experiment = GivenExperiment.With(plan: GivenExperiment.Planned(0.05, 0.60, null, Fourteen));
        var result = Run(experiment, 0.05, runs);
        Assert.Equal(2 * 1533, result.PlannedUnits);
        Assert.InRange(result.RejectionRate, 0.80 - 4 * result.StandardError, 0.805 + 4 * result.StandardError);
        Assert.InRange(result.Coverage!.Value, 0.95 - 4 * Math.Sqrt(0.0475 / runs), 0.95 + 4 * Math.Sqrt(0.0475 / runs));
        Assert.InRange(result.MeanSampleFraction, 0.6, 0.8);
    }

    [Fact]
    public void Run_AnyNumberOfThreads_GivesTheSameResult()
    {
        var experiment = GivenExperiment.With(plan: GivenExperiment.Planned(0.05, 0.60, null, 0.5, 1));
        var one = PlanSimulator.Run(experiment, new SimulationOptions { Runs = 230, Seed = 7, Parallelism = 1 });
        var four = PlanSimulator.Run(experiment, new SimulationOptions { Runs = 230, Seed = 7, Parallelism = 4 });
        Assert.Equal((one.RejectionRate, one.Coverage, one.MeanSampleFraction, one.Naive), (four.RejectionRate, four.Coverage, four.MeanSampleFraction, four.Naive));
        Assert.Equal(one.Decisions, four.Decisions);
        Assert.Equal(one.Looks.AsEnumerable(), four.Looks);
    }

    [Fact]
    public void Run_TwoTreatmentsOfANull_KeepTheFamilysAlpha()
    {
        const int runs = 3000;
        var result = Run(GivenExperiment.With(plan: GivenExperiment.Planned(0.05, 0.60, null, 0.25, 0.5, 0.75, 1), weights: [1.0 / 3, 1.0 / 3, 1.0 / 3]), 0, runs);
        Assert.InRange(result.RejectionRate, 0.03, 0.05 + 4 * Math.Sqrt(0.0475 / runs));
    }

    [Fact]
    public void Run_MeansSkewedOrNot_KeepAlphaAndCover()
    {
        const int runs = 2000;
        Metric mean = GivenExperiment.Mean("tokens");
        var plan = GivenExperiment.Planned(10, 100, 80, 0.5, 1);
        foreach (var isSkewed in new[] { false, true })
        {
            var result = PlanSimulator.Run(
                GivenExperiment.With([new ExperimentMetric(mean, MetricRole.Primary)], plan), new SimulationOptions { Runs = runs, Seed = 11, Parallelism = 2, IsSkewed = isSkewed });
            Assert.InRange(result.RejectionRate, 0.03, 0.055 + 4 * Math.Sqrt(0.05 / runs));
            Assert.InRange(result.Coverage!.Value, 0.93, 0.975);
        }
    }

    [Fact]
    public void Run_GuardrailsThatAreKept_AreDrawnAndSayWhatWasAssumed()
    {
        Metric latency = GivenExperiment.Quantile("latency_p95"), errors = GivenExperiment.Proportion("error_rate", "error", Direction.Lower);
        var experiment = GivenExperiment.With(
            [GivenExperiment.Primary(), GivenExperiment.Guarding(latency), GivenExperiment.Guarding(errors)], GivenExperiment.Planned(0.05, 0.60, null, 0.5, 1),
            [new Guardrail { Metric = "latency_p95", Max = 3000 }, new Guardrail { Metric = "error_rate", MaxChange = 0.05 }]);
        var result = Run(experiment, 0.05, 500);
        Assert.InRange(result.Decisions["ship"], 0.7, 0.9);
        Assert.Contains(result.Assumptions, a => a is { Metric: "latency_p95", Value: 2400, Source: "assumed" });
        Assert.Contains(result.Assumptions, a => a is { Metric: "resolution", Value: 0.60, Source: "plan" });

        var broken = PlanSimulator.Run(experiment, new SimulationOptions { Runs = 300, Effect = 0.05, Given = [new Assumption("latency_p95", 4000, 800, "given")] });
        Assert.Equal(0, broken.Decisions["ship"]);
    }

    [Fact]
    public void Run_PlanThatSaysTooLittle_IsRefusedWithWhatToAdd()
    {
        Assert.Contains("plan.baseline", Refusal(GivenExperiment.With(plan: new AnalysisPlan()), new()), StringComparison.Ordinal);
        Assert.Contains("--units", Refusal(GivenExperiment.With(plan: new AnalysisPlan { Baseline = 0.5 }), new()), StringComparison.Ordinal);
        Assert.Contains("no share", Refusal(GivenExperiment.With(plan: GivenExperiment.Planned(0.05, 0.6)), new() { Effect = 0.6 }), StringComparison.Ordinal);
        Assert.Contains("no metric 'x'", Refusal(GivenExperiment.With(plan: GivenExperiment.Planned(0.05, 0.6)), new() { Given = [new("x", 1, 1, "given")] }), StringComparison.Ordinal);

        static string Refusal(Experiment experiment, SimulationOptions options) => Assert.ThrowsAny<ArgumentException>(() => PlanSimulator.Run(experiment, options)).Message;
    }

    private static SimulationResult Run(Experiment experiment, double effect, int runs) =>
        PlanSimulator.Run(experiment, new SimulationOptions { Effect = effect, Runs = runs, Seed = 20_261_127, Parallelism = 2 });
}
