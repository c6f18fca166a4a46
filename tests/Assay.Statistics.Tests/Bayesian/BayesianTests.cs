using System.Text.Json;
using Assay.Statistics.Tests.Reference;

namespace Assay.Statistics.Tests.Bayesian;

public sealed class BayesianTests
{
    [Fact]
    [Trait("Kind", "reference")]
    public void BetaBinomial_ScipyCases_Agree()
    {
        foreach (var c in Oracle.Cases("beta-binomial"))
        {
            var result = BetaBinomial.Compare(
                new(c.Input.Count("controlSuccesses"), c.Input.Count("controlTotal")), new(c.Input.Count("treatmentSuccesses"), c.Input.Count("treatmentTotal")),
                new BetaPosterior(c.Input.Number("priorAlpha"), c.Input.Number("priorBeta")), 0.05);
            c.Check("probabilityTreatmentBetter", result.ProbabilityTreatmentBetter);
            c.Check("expectedLossChoosingTreatment", result.ExpectedLossChoosingTreatment);
        }
    }

    [Theory]
    [Trait("Kind", "reference")]
    [InlineData("b1", 5)]
    [InlineData("b2", 5)]
    [InlineData("b3", 5)]
    [InlineData("b4", 9)]
    [InlineData("b5", 9)]
    [InlineData("b6", 9)]
    [InlineData("b7", 9)]
    [InlineData("b8", 9)]
    [InlineData("b9", 9)]
    [InlineData("b10", 9)]
    public void NormalNormal_GrowthBooksRows_Agree(string id, int decimals)
    {
        var row = Oracle.GrowthBook().GetProperty("rows").EnumerateArray().Single(r => r.GetProperty("id").GetString() == id);
        MeanEstimate control = Estimate(row.GetProperty("a")), treatment = Estimate(row.GetProperty("b"));
        var config = row.GetProperty("config");
        var prior = config.GetProperty("prior") is { ValueKind: JsonValueKind.Object } p ? new NormalPrior(p.Number("mean"), p.Number("variance")) : NormalPrior.Improper;
        var absolute = config.TryGetProperty("difference", out var kind) && kind.GetString() == "absolute";
        MeanEstimate effect;
        if (absolute)
        {
            effect = new(treatment.Value - control.Value, double.Hypot(treatment.StandardError, control.StandardError));
            if (config.TryGetProperty("prior_type", out _)) prior = prior.ToAbsolute(control.Value);
        }
        else
        {
            var lift = RelativeLift.Delta(control, treatment, 0.05).Value;
            effect = new(lift.Lift, lift.StandardError);
        }

        var result = NormalNormal.Posterior(effect, prior, 0.05).Value;
        var expected = row.GetProperty("expected");
        Oracle.Rounded(expected.Number("expected"), result.Mean, decimals, "expected");
        if (expected.TryGetProperty("sd", out var sd)) Oracle.Rounded(sd.GetDouble(), result.StandardDeviation, decimals, "sd");
        if (expected.TryGetProperty("ctw", out var ctw)) Oracle.Rounded(ctw.GetDouble(), result.ProbabilityTreatmentBetter, decimals, "ctw");
        if (expected.TryGetProperty("risk_treatment", out var loss)) Oracle.Rounded(loss.GetDouble(), result.ExpectedLossChoosingTreatment, decimals, "risk");
        if (expected.TryGetProperty("risk", out var risk))
        {
            Oracle.Rounded(risk[0].GetDouble(), result.ExpectedLossChoosingControl, decimals, "risk[0]");
            Oracle.Rounded(risk[1].GetDouble(), result.ExpectedLossChoosingTreatment, decimals, "risk[1]");
        }
        if (!expected.TryGetProperty("ci", out var ci)) return;
        Oracle.Rounded(ci[0].GetDouble(), result.Interval.Low, decimals, "low");
        Oracle.Rounded(ci[1].GetDouble(), result.Interval.High, decimals, "high");
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void ExpectedLoss_GrowthBooksRisk_Agrees()
    {
        foreach (var c in Oracle.GrowthBook().GetProperty("other").GetProperty("get_risk").EnumerateArray())
        {
            var (control, treatment) = NormalNormal.ExpectedLoss(c.Number("mu"), c.Number("sigma"));
            Assert.Equal(c.GetProperty("expected")[0].GetDouble(), control, 1e-12);
            Assert.Equal(c.GetProperty("expected")[1].GetDouble(), treatment, 1e-12);
        }
    }

    [Fact]
    public void BetaBinomial_EqualArms_AreAtOneHalfAndTheirLossesAgree()
    {
        foreach (var n in new[] { 0L, 3, 1000, 1_000_000_000 })
        {
            var result = BetaBinomial.Compare(new(n / 3, n), new(n / 3, n), BetaBinomial.FlatPrior, 0.05);
            Oracle.Near(0.5, result.ProbabilityTreatmentBetter, 1e-8);
            Oracle.Near(result.ExpectedLossChoosingControl, result.ExpectedLossChoosingTreatment, 1e-8);
            Assert.Equal(-result.Interval.Low, result.Interval.High, 1e-9);
        }
    }

    [Fact]
    public void BetaBinomial_FlatPriorsAlone_HaveTheLossOfTwoUniforms()
    {
        // E[max(U − V, 0)] = 1/6; E[max − U] of three uniforms = 3/4 − 1/2.
        Oracle.Near(1.0 / 6, BetaBinomial.Compare(new(0, 0), new(0, 0), BetaBinomial.FlatPrior, 0.05).ExpectedLossChoosingTreatment, 1e-9);
        var best = BetaBinomial.Best([new(0, 0), new(0, 0), new(0, 0)], BetaBinomial.FlatPrior);
        Oracle.Near(1.0 / 3, best[0].ProbabilityBest, 1e-9);
        Oracle.Near(0.25, best[2].ExpectedLoss, 1e-9);
    }

    [Fact]
    public void BetaBinomial_ThreeArms_AddUpToOne()
    {
        var best = BetaBinomial.Best([new(30, 100), new(40, 100), new(38, 90)], BetaBinomial.FlatPrior);
        Oracle.Near(1, best.Sum(b => b.ProbabilityBest), 1e-9);
        Assert.True(best[2].ProbabilityBest > best[0].ProbabilityBest && best[2].ExpectedLoss < best[0].ExpectedLoss);
        var difference = BetaBinomial.Compare(new(30, 100), new(40, 100), BetaBinomial.FlatPrior, 0.05);
        Oracle.Near(difference.Difference, difference.ExpectedLossChoosingControl - difference.ExpectedLossChoosingTreatment, 1e-9);
    }

    [Theory]
    [InlineData(1, 1, 0.3, 0.3)]
    [InlineData(2, 1, 0.3, 0.09)]
    [InlineData(2, 3, 0.4, 0.5248)]
    public void BetaPosterior_Polynomials_Agree(double a, double b, double x, double expected) => Oracle.Near(expected, new BetaPosterior(a, b).Cdf(x), 1e-13);

    [Fact]
    public void BadInput_IsRefusedOrExplained()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BetaPosterior(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NormalPrior(0, 0));
        Assert.Throws<ArgumentException>(() => BetaBinomial.Best([new(1, 2)], BetaBinomial.FlatPrior));
        Assert.Throws<ArgumentOutOfRangeException>(() => BetaBinomial.Compare(new(1, 2), new(1, 2), BetaBinomial.FlatPrior, 0));
        Assert.Contains("no error", NormalNormal.Posterior(new(1, 0), NormalPrior.Improper, 0.05).Reason, StringComparison.Ordinal);
    }

    private static MeanEstimate Estimate(JsonElement arm)
    {
        double n = arm.Number("n");
        switch (arm.GetProperty("type").GetString())
        {
            case "quantile":
                // GrowthBook multiplies the squared standard error by (n − 1) / n.
                return new(arm.Number("quantile_hat"), (arm.Number("upper") - arm.Number("lower")) / (2 * StandardNormal.Critical(0.05)) * Math.Sqrt((n - 1) / n));
            case "proportion":
                return MeanEstimate.Of(new Proportion(arm.Count("sum"), arm.Count("n")));
            case "ratio":
                double m = arm.GetProperty("m")[0].GetDouble(), d = arm.GetProperty("d")[0].GetDouble(), ratio = m / d;
                double vm = (arm.GetProperty("m")[1].GetDouble() - m * m / n) / (n - 1), vd = (arm.GetProperty("d")[1].GetDouble() - d * d / n) / (n - 1);
                return new(ratio, Math.Sqrt((vm - 2 * ratio * (arm.Number("m_d") - m * d / n) / (n - 1) + ratio * ratio * vd) / n) / (d / n));
            default:
                return MeanEstimate.Of(SampleMoments.FromSums(arm.Count("n"), arm.Number("sum"), arm.Number("sum_squares")));
        }
    }
}
