using System.Globalization;
using Assay.Statistics.Tests.Reference;
using Assay.Testing;

namespace Assay.Statistics.Tests.OffPolicyMethods;

public sealed class OffPolicyTests
{
    [Fact]
    [Trait("Kind", "reference")]
    public void OffPolicy_NumpyCases_Agree()
    {
        foreach (var c in Oracle.Cases("off-policy"))
        {
            var target = c.Input.Numbers("targetPolicy");
            var result = OffPolicy.Evaluate(
                c.Input.Numbers("reward"), c.Input.Numbers("propensity"), [.. c.Input.Counts("action").Select(a => target[a])], 0.05).Value;
            c.Check("ips", result.Ips.Value.Value);
            c.Check("snips", result.Snips.Value.Value);
            c.Check("effectiveSampleSize", result.EffectiveSampleSize);
        }
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void OffPolicy_OpenBanditMen_EstimatesTheUniformPolicyFromTheThompsonLog()
    {
        double[][] rows = [.. File.ReadLines(SharedData.Require("data/open-bandit/bts/men.csv")).Skip(1).Select(line => line.Split(','))
            .Select(f => new[] { double.Parse(f[4], CultureInfo.InvariantCulture), double.Parse(f[5], CultureInfo.InvariantCulture) })];
        var result = OffPolicy.Evaluate([.. rows.Select(r => r[0])], [.. rows.Select(r => r[1])], [.. rows.Select(_ => 1 / 34.0)], 0.05).Value;
        Oracle.Rounded(0.003009, result.Ips.Value.Value, 6);
        Oracle.Rounded(0.000774, result.Ips.Value.StandardError, 6);
        Oracle.Rounded(0.003189, result.Snips.Value.Value, 6);
        Oracle.Rounded(0.000828, result.Snips.Value.StandardError, 6);
        Oracle.Rounded(656, result.EffectiveSampleSize, 0);
        Assert.NotNull(result.Warning);
        // What the uniform policy earned when it acted: .0046 (.00068).
        Assert.True(Math.Abs(result.Snips.Value.Value - 0.0046) < 1.96 * double.Hypot(result.Snips.Value.StandardError, 0.00068));
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void RoganGladen_Cases_Agree()
    {
        foreach (var c in Oracle.Cases("rogan-gladen"))
        {
            Proportion judged = new(c.Input.Count("judgePositive"), c.Input.Count("total"));
            if (c.Input.TryGetProperty("sensitivity", out _))
            {
                var known = RoganGladen.Known(judged, c.Input.Number("sensitivity"), c.Input.Number("specificity"), 0.05).Value;
                c.Check("estimate", known.Estimate);
                c.Check("standardErrorKnownErrors", known.StandardError);
                continue;
            }
            var errors = new JudgeErrors(
                new(c.Input.Count("truePositives"), c.Input.Count("humanPositives")), new(c.Input.Count("trueNegatives"), c.Input.Count("humanNegatives")));
            var result = RoganGladen.Estimated(judged, errors, 0.05).Value;
            c.Check("estimate", result.Estimate);
            c.Check("standardError", result.StandardError);
        }
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void PredictionPowered_MeansAndDifferences_Agree()
    {
        foreach (var c in Oracle.Cases("prediction-powered-mean"))
        {
            var result = PredictionPowered.Mean(new(c.Input.Numbers("humanLabels"), c.Input.Numbers("judgeOnLabelled"), c.Input.Numbers("judgeOnUnlabelled")), 0.05).Value;
            c.Check("lambda", result.Lambda);
            c.Check("estimate", result.Estimate);
            c.Check("standardError", result.StandardError);
            c.Check("classicalStandardError", result.ClassicalStandardError);
            Assert.True(result.EquivalentLabels > result.Labels);
        }
        foreach (var c in Oracle.Cases("prediction-powered-difference"))
        {
            var result = PredictionPowered.Compare(Arm("control"), Arm("treatment"), 0.05).Value;
            c.Check("controlLambda", result.Control.Lambda);
            c.Check("treatmentLambda", result.Treatment.Lambda);
            c.Check("difference", result.Of.Difference);
            c.Check("standardError", result.Of.StandardError);

            LabelledSample Arm(string arm) => new(c.Input.Numbers(arm + "HumanLabels"), c.Input.Numbers(arm + "JudgeOnLabelled"), c.Input.Numbers(arm + "JudgeOnUnlabelled"));
        }
    }

    [Fact]
    public void DoublyRobust_PerfectModel_HasTheModelsError()
    {
        // With the true rewards as the model the weights no longer matter.
        double[] rewards = [1, 0, 1, 0, 1, 0], propensities = [0.5, 0.5, 0.1, 0.9, 0.5, 0.5], target = [0.2, 0.9, 0.9, 0.1, 0.4, 0.6];
        double[] values = [0.3, 0.4, 0.2, 0.5, 0.6, 0.4];
        var result = OffPolicy.Evaluate(rewards, propensities, target, 0.05, [.. rewards.Zip(values)]).Value.DoublyRobust!.Value.Value;
        Oracle.Near(0.4, result.Value, 1e-12);
        Oracle.Near(Math.Sqrt(SampleMoments.FromValues(values).Variance / 6), result.StandardError, 1e-12);
    }

    [Fact]
    public void OffPolicy_SamePolicy_IsTheMean()
    {
        double[] rewards = [1, 0, 1, 1, 0], p = [0.3, 0.2, 0.5, 0.7, 0.1];
        var result = OffPolicy.Evaluate(rewards, p, p, 0.05).Value;
        Oracle.Near(0.6, result.Ips.Value.Value, 1e-12);
        Oracle.Near(0.6, result.Snips.Value.Value, 1e-12);
        Oracle.Near(5, result.EffectiveSampleSize, 1e-12);
        Assert.Contains("too differently", result.Warning!, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "calibration")]
    public void PredictionPowered_BiasedJudge_CoversTheTruth()
    {
        const int runs = 600;
        var random = new Random(41);
        var covered = 0;
        for (var run = 0; run < runs; run++)
        {
            (double Label, double Score) Item()
            {
                var label = random.NextDouble() < 0.3 ? 1.0 : 0;
                return (label, 0.4 + 0.3 * label + 0.2 * random.NextDouble());
            }
            (double Label, double Score)[] labelled = [.. Enumerable.Range(0, 120).Select(_ => Item())];
            var result = PredictionPowered.Mean(new([.. labelled.Select(i => i.Label)], [.. labelled.Select(i => i.Score)], [.. Enumerable.Range(0, 600).Select(_ => Item().Score)]), 0.05).Value;
            if (result.Interval.Contains(0.3)) covered++;
        }
        Assert.InRange(covered / (double)runs, 0.915, 0.98);
    }

    [Fact]
    public void RoganGladen_PerfectJudge_LeavesTheRate()
    {
        var result = RoganGladen.Known(new(30, 100), 1, 1, 0.05).Value;
        Oracle.Near(0.3, result.Estimate, 1e-12);
        Oracle.Near(Math.Sqrt(0.0021), result.StandardError, 1e-12);
        JudgeErrors good = new(new(90, 100), new(85, 100));
        var difference = RoganGladen.Compare(new(300, 1000), good, new(400, 1000), good, 0.05).Value;
        Oracle.Near(0.1 / 0.75, difference.Difference, 1e-12);
    }

    [Fact]
    public void BadInput_IsRefusedOrExplained()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => OffPolicy.Evaluate([1, 0], [0, 0.5], [0.5, 0.5], 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => OffPolicy.Evaluate([1, 0], [0.5, 0.5], [1.5, 0.5], 0.05));
        Assert.Throws<ArgumentException>(() => OffPolicy.Evaluate([1, 0], [0.5], [0.5, 0.5], 0.05));
        Assert.Contains("none of the logged actions", OffPolicy.Evaluate([1, 0], [0.5, 0.5], [0, 0], 0.05).Value.Snips.Reason, StringComparison.Ordinal);
        Assert.Contains("no better than a coin", RoganGladen.Known(new(3, 10), 0.4, 0.6, 0.05).Reason, StringComparison.Ordinal);
        Assert.Contains("not clearly positive", RoganGladen.Estimated(new(3, 10), new(new(6, 10), new(6, 10)), 0.05).Reason, StringComparison.Ordinal);
        Assert.Contains("both kinds", RoganGladen.Estimated(new(3, 10), new(new(0, 0), new(6, 10)), 0.05).Reason, StringComparison.Ordinal);
        Assert.Contains("at least 50", PredictionPowered.Mean(new([1, 0], [1, 0], [1, 0]), 0.05).Reason, StringComparison.Ordinal);
        double[] rare = [.. Enumerable.Range(0, 100).Select(i => i < 9 ? 1.0 : 0)];
        Assert.Contains("rarer class", PredictionPowered.Mean(new(rare, rare, [1, 0]), 0.05).Reason, StringComparison.Ordinal);
    }
}
