using Assay.Events;

namespace Assay.Analysis.Tests;

/// <summary>The decision rates that the contract promises for a fixed plan of power .80 without guardrails, from moments to verdict.</summary>
[Trait("Kind", "calibration")]
public sealed class VerdictCalibrationTests
{
    private const int Runs = 10_000;

    // Around one half the variance hardly moves with the effect, as the promised rates assume.
    private const double Baseline = 0.49, Delta = 0.02;

    [Theory]
    [InlineData(0, 0.025, 0.025, 0.753, 0.197)]
    [InlineData(Delta, 0.80, 0.00, 0.05, 0.15)]
    public void Build_FixedPlanOfPower80_DecidesAtThePromisedRates(double effect, double ship, double doNotShip, double noDifference, double inconclusive)
    {
        const int Seed = 20_240_711;
        var random = new Random(Seed);
        var experiment = GivenExperiment.With(plan: GivenExperiment.Planned(Delta, Baseline));
        var perArm = PlannedSize.For(experiment)!.Value / 2;
        var counts = new Dictionary<Decision, int>();
        for (var run = 0; run < Runs; run++)
        {
            var moments = GivenMoments.Of(GivenMoments.Metric("resolution", Draw("control", Baseline, perArm, random), Draw("treatment", Baseline + effect, perArm, random)));
            var decision = ReportBuilder.Build(experiment, moments).Verdict.Decision;
            counts[decision] = counts.GetValueOrDefault(decision) + 1;
        }

        Within(ship, Decision.Ship);
        Within(doNotShip, Decision.DoNotShip);
        Within(noDifference, Decision.NoDifference);
        Within(inconclusive, Decision.Inconclusive);
        Assert.Equal(Runs, counts.Values.Sum());

        void Within(double rate, Decision decision)
        {
            var observed = (double)counts.GetValueOrDefault(decision) / Runs;
            // Four standard errors, and the half unit in the last digit to which the contract rounds.
            var tolerance = 4 * Math.Sqrt(Math.Max(rate, 0.0005) * (1 - rate) / Runs) + 0.005;
            Assert.True(Math.Abs(observed - rate) <= tolerance, $"{decision}: {observed} instead of {rate} ± {tolerance} (seed {Seed})");
        }
    }

    /// <summary>Successes of n units, drawn directly; with thousands of units the binomial is normal.</summary>
    private static MetricArmMoments Draw(string variant, double probability, long n, Random random)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return GivenMoments.Share(variant, (long)Math.Round(n * probability + Math.Sqrt(n * probability * (1 - probability)) * normal), n);
    }
}
