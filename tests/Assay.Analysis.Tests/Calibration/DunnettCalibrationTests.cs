using Assay.Experiments;

namespace Assay.Analysis.Tests.Calibration;

/// <summary>Trials with three treatments through the code of a report: how often any of them is said to differ when none does.</summary>
[Trait("Kind", "calibration")]
public sealed class DunnettCalibrationTests
{
    private const long Seed = 20_261_127;

    private const string Arms = "key: plan\nvariants: [ { key: control, weight: W }, { key: a, weight: 1, promptVersion: a }, { key: b, weight: 1, promptVersion: b }, { key: c, weight: 1, promptVersion: c } ]\nmetrics: { primary: m }\n";
    private const string Rate = "plan: { minimumEffect: 0.05, baseline: 0.5 }\n---\nmetrics: { m: { type: proportion, event: m, better: higher } }\n";
    private const string Mean = "plan: { minimumEffect: 1, baseline: 5, sd: 1 }\n---\nmetrics: { m: { type: mean, event: m, better: higher } }\n";

    public static TheoryData<string, string> Plans => new() { { "1", Rate }, { "2", Rate }, { "1", Mean }, { "2", Mean } };

    [Theory]
    [MemberData(nameof(Plans))]
    public void ThreeTreatments_NoEffect_AnyIsClaimedAtAlpha(string weight, string rest) => Check(weight, rest, 600);

    [Theory]
    [MemberData(nameof(Plans))]
    [Trait("Tier", "slow")]
    public void ThreeTreatments_NoEffectManyRuns_AnyIsClaimedAtAlpha(string weight, string rest) => Check(weight, rest, 40_000);

    private static void Check(string weight, string rest, int runs)
    {
        var experiment = DefinitionReader.ReadText(Arms.Replace("weight: W", "weight: " + weight, StringComparison.Ordinal) + rest).Definitions!.Experiments[0];
        var result = PlanSimulator.Run(experiment, new SimulationOptions { Runs = runs, Seed = Seed, Parallelism = Environment.ProcessorCount });
        // At most 1.1 alpha, and not far below it: Bonferroni would stay at about .043 with equal arms.
        Assert.InRange(result.RejectionRate, 0.047 - 4 * result.StandardError, 0.055 + 3.72 * result.StandardError);
    }
}
