using System.Collections.Immutable;
using Assay.Events;

namespace Assay.Analysis.Tests;

/// <summary>What a plan with looks decides, and how often, from moments at each look to the verdict.</summary>
[Trait("Kind", "calibration")]
public sealed class LookCalibrationTests
{
    private const int Seed = 20_240_712;

    // Around one half the variance hardly moves with the effect, as the promised rates assume.
    private const double Baseline = 0.49, Delta = 0.02;

    // ship, do-not-ship, no-difference, inconclusive
    public static TheoryData<double, double[]> Promised { get; } = new()
    {
        { 0, [0.025, 0.025, 0.753, 0.197] },
        { Delta, [0.80, 0.00, 0.05, 0.15] },
    };

    [Theory]
    [MemberData(nameof(Promised))]
    public void Decide_FourLooksOfPower80_KeepsThePromisedRates(double effect, double[] promised) =>
        Hold(promised, 10_000, effect, [0.25, 0.5, 0.75, 1], (plan, moments, options) => PlanDecider.Decide(plan, moments, options) is var d ? (d.Decision, d.Looks, d.Ends) : default);

    [Theory]
    [MemberData(nameof(Promised))]
    public void Decide_FourteenLooksOfPower80_KeepsThePromisedRates(double effect, double[] promised) =>
        Hold(promised, 10_000, effect, [.. Enumerable.Range(1, 14).Select(k => k == 14 ? 1 : k / 14.0)], (plan, moments, options) => PlanDecider.Decide(plan, moments, options) is var d ? (d.Decision, d.Looks, d.Ends) : default);

    [Theory]
    [MemberData(nameof(Promised))]
    [Trait("Tier", "slow")]
    public void Build_FourLooksOfPower80_KeepsThePromisedRates(double effect, double[] promised) =>
        Hold(promised, 10_000, effect, [0.25, 0.5, 0.75, 1], (plan, moments, options) => ReportBuilder.Build(plan.Experiment, moments, options) is var r ? (r.Verdict.Decision, r.Looks, r.Ends) : default);

    private static void Hold(
        double[] promised, int runs, double effect, double[] looks, Func<SequentialPlan, ExperimentMoments, ReportOptions, (Decision Decision, ImmutableArray<LookRecord> Looks, bool Ends)> decide)
    {
        var random = new Random(Seed);
        var plan = SequentialPlan.Of(GivenExperiment.With(plan: GivenExperiment.Planned(Delta, Baseline, null, looks)));
        var counts = new Dictionary<Decision, int>();
        for (var run = 0; run < runs; run++)
        {
            ImmutableArray<LookRecord> history = [];
            (long Successes, long Units) control = default, treatment = default;
            for (var look = 1; ; look++)
            {
                var perArm = (plan.UnitsAt(look)!.Value + 1) / 2;
                control = Draw(control, perArm, Baseline, random);
                treatment = Draw(treatment, perArm, Baseline + effect, random);
                var (decision, newHistory, ends) = decide(plan, GivenMoments.Of(GivenMoments.Proportion("resolution", control, treatment)), new ReportOptions { RemembersLooks = true, Looks = history, Sequential = plan });
                history = newHistory;
                Assert.Equal(look, history.Length);
                if (!ends) continue;
                counts[decision] = counts.GetValueOrDefault(decision) + 1;
                break;
            }
        }
        Decision[] decisions = [Decision.Ship, Decision.DoNotShip, Decision.NoDifference, Decision.Inconclusive];
        Assert.Equal(runs, counts.Values.Sum());
        for (var i = 0; i < decisions.Length; i++)
        {
            var observed = (double)counts.GetValueOrDefault(decisions[i]) / runs;
            // Four standard errors, the half unit in the last digit of what is promised, and what the inflated size adds to being sure of no difference.
            var tolerance = 4 * Math.Sqrt(Math.Max(promised[i], 0.0005) * (1 - promised[i]) / runs) + 0.005 + (i >= 2 ? 0.022 : 0);
            Assert.True(Math.Abs(observed - promised[i]) <= tolerance, $"{decisions[i]}: {observed} instead of {promised[i]} ± {tolerance} (seed {Seed})");
        }
    }

    /// <summary>The units so far and those that came since, whose successes are normal at these numbers.</summary>
    private static (long Successes, long Units) Draw((long Successes, long Units) before, long units, double probability, Random random)
    {
        var n = units - before.Units;
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return (before.Successes + (long)Math.Round(n * probability + Math.Sqrt(n * probability * (1 - probability)) * normal), units);
    }
}
