using Assay.Calibration;

namespace Assay.Analysis.Tests.Calibration;

/// <summary>Each tail of a rate's decision by itself: all outcomes enumerated through the report, and whole plans with unequal arms.</summary>
[Trait("Kind", "calibration")]
public sealed class TailTests
{
    [Theory]
    [InlineData(0.02, 1000, 9000)]
    [InlineData(0.02, 4000, 1000)]
    [InlineData(0.05, 400, 400)]
    [InlineData(0.05, 400, 3600)]
    [InlineData(0.1, 200, 400)]
    [InlineData(0.3, 100, 900)]
    [InlineData(0.5, 400, 100)]
    [InlineData(0.5, 8, 8)]
    [InlineData(0.5, 8, 72)]
    [InlineData(0.98, 1000, 200)]
    [InlineData(0.002, 1000, 9000)]
    public void Report_EqualRates_ErrsByHalfOfAlphaToEitherSide(double p, int control, int treatment)
    {
        var (better, worse) = TailPage.Of(p, control, treatment);
        Assert.True(better <= TailPage.Allowed && worse <= TailPage.Allowed, $"better {better}, worse {worse}");
    }

    [Fact]
    public void Report_EnoughEventsInUnequalArms_LosesNoErrorEither()
    {
        var (better, worse) = TailPage.Of(0.02, 2000, 18_000);
        Assert.InRange(better, 0.024, TailPage.Allowed);
        Assert.InRange(worse, 0.024, TailPage.Allowed);
    }

    [Theory]
    [InlineData(0.9, 0.1)]
    [InlineData(0.1, 0.9)]
    public void Plan_WithLooksAndUnequalArms_ErrsByHalfOfAlphaToEitherSide(double control, double treatment)
    {
        var experiment = GivenExperiment.With(plan: GivenExperiment.Planned(0.015, 0.02, null, 0.25, 0.5, 0.75, 1), weights: [control, treatment]);
        const int runs = 4000;
        var decisions = PlanSimulator.Run(experiment, new SimulationOptions { Runs = runs, Seed = 20_261_127 }).Decisions;
        double ship = decisions.GetValueOrDefault("ship"), doNotShip = decisions.GetValueOrDefault("do-not-ship");
        // Within four Monte Carlo errors of what is allowed.
        var most = TailPage.Allowed + 4 * Math.Sqrt(0.025 * 0.975 / runs);
        Assert.True(ship <= most && doNotShip <= most, $"{ship} and {doNotShip}");
    }
}
