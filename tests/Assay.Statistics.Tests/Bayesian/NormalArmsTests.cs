namespace Assay.Statistics.Tests.Bayesian;

public sealed class NormalArmsTests
{
    [Fact]
    public void OfValues_TwoArms_IsTheClosedForm()
    {
        var prior = new NormalPrior(1, 4);
        MeanEstimate control = new(2, 0.5), treatment = new(2.6, 0.4);
        var arms = NormalArms.OfValues([control, treatment], prior).Value;
        NormalPosterior c = NormalNormal.Posterior(control, prior, 0.05).Value, t = NormalNormal.Posterior(treatment, prior, 0.05).Value;
        double mean = t.Mean - c.Mean, deviation = double.Hypot(c.StandardDeviation, t.StandardDeviation);
        Assert.Equal(StandardNormal.Cdf(mean / deviation), arms[1].ProbabilityBest, 1e-8);
        var (choosingControl, choosingTreatment) = NormalNormal.ExpectedLoss(mean, deviation);
        Assert.Equal(choosingControl, arms[0].ExpectedLoss, 1e-10);
        Assert.Equal(choosingTreatment, arms[1].ExpectedLoss, 1e-10);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void OfValues_SeveralArms_LossesDifferAsTheMeansDo()
    {
        var arms = NormalArms.OfValues([new(0, 1), new(0.5, 0.2), new(0.7, 2), new(-3, 0.01)], NormalPrior.Improper).Value;
        Assert.Equal(1, arms.Sum(a => a.ProbabilityBest), 1e-12);
        foreach (var arm in arms) Assert.Equal(arms[0].Mean - arm.Mean, arm.ExpectedLoss - arms[0].ExpectedLoss, 1e-9);
        var alike = NormalArms.OfValues([new(4, 0.3), new(4, 0.3), new(4, 0.3)], NormalPrior.Improper).Value;
        // The largest of three standard normals lies 3 / (2 sqrt(pi)) above their mean.
        Assert.All(alike, a => Assert.Equal((1.0 / 3, 0.3 * 1.5 / Math.Sqrt(Math.PI)), (a.ProbabilityBest, a.ExpectedLoss), new Near(1e-8)));
    }

    [Fact]
    public void OfEffects_OneTreatment_IsTheNormalPosterior()
    {
        var prior = new NormalPrior(0.1, 0.04);
        var posterior = NormalNormal.Posterior(new MeanEstimate(0.3, 0.15), prior, 0.05).Value;
        foreach (var controlVariance in new[] { 0, 0.01, 0.0224 })
        {
            var arms = NormalArms.OfEffects(controlVariance, [new(0.3, 0.15)], prior).Value;
            Assert.Equal((posterior.Mean, posterior.StandardDeviation), (arms[1].Mean, arms[1].StandardDeviation), new Near(1e-12));
            Assert.Equal((posterior.ProbabilityTreatmentBetter, posterior.ExpectedLossChoosingTreatment), (arms[1].ProbabilityBest, arms[1].ExpectedLoss), new Near(1e-12));
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void OfEffects_NoPrior_IsThatOfIndependentArms()
    {
        var effects = NormalArms.OfEffects(0.01, [new(0.2, 0.2), new(0.05, 0.15)], NormalPrior.Improper).Value;
        var values = NormalArms.OfValues([new(0, 0.1), new(0.2, Math.Sqrt(0.03)), new(0.05, Math.Sqrt(0.0125))], NormalPrior.Improper).Value;
        for (var k = 0; k < 3; k++)
            Assert.Equal((values[k].ProbabilityBest, values[k].ExpectedLoss), (effects[k].ProbabilityBest, effects[k].ExpectedLoss), new Near(1e-8));
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void OfEffects_TwoTreatments_AgreesWithTheModelSummedOnAGrid()
    {
        double[] d = [0.3, 0.1], own = [0.02, 0.03];
        const double shared = 0.02, mean = 0.05, variance = 0.04;
        var arms = NormalArms.OfEffects(shared, [new(d[0], Math.Sqrt(own[0] + shared)), new(d[1], Math.Sqrt(own[1] + shared))], new NormalPrior(mean, variance)).Value;
        // The model as it is written down: flat in the control's mean u, normal differences, normal errors.
        double total = 0, best0 = 0, best1 = 0, best2 = 0, largest = 0, first = 0;
        const double step = 0.02;
        for (var u = -1.0; u <= 1; u += step)
            for (var a = -1.2; a <= 1.4; a += step)
                for (var b = -1.2; b <= 1.4; b += step)
                {
                    var weight = Math.Exp(-(u * u / shared + Square(d[0] - u - a) / own[0] + Square(d[1] - u - b) / own[1] + Square(a - mean) / variance + Square(b - mean) / variance) / 2);
                    total += weight;
                    first += weight * a;
                    largest += weight * Math.Max(0, Math.Max(a, b));
                    if (a <= 1e-9 && b <= 1e-9) best0 += weight;
                    else if (a >= b) best1 += weight;
                    else best2 += weight;
                }
        Assert.Equal(first / total, arms[1].Mean, 1e-6);
        Assert.Equal(largest / total, arms[0].ExpectedLoss, 1e-3);
        Assert.Equal(largest / total - first / total, arms[1].ExpectedLoss, 1e-3);
        Assert.Equal(best0 / total, arms[0].ProbabilityBest, 0.03);
        Assert.Equal(best1 / total, arms[1].ProbabilityBest, 0.03);
        Assert.Equal(best2 / total, arms[2].ProbabilityBest, 0.03);

        static double Square(double x) => x * x;
    }

    [Fact]
    public void Misuse_ThrowsAndNoErrorIsNotEstimable()
    {
        Assert.Throws<ArgumentException>("arms", () => NormalArms.OfValues([new(1, 1)], NormalPrior.Improper));
        Assert.Throws<ArgumentException>("differences", () => NormalArms.OfEffects(0, [], NormalPrior.Improper));
        Assert.Throws<ArgumentOutOfRangeException>("controlVariance", () => NormalArms.OfEffects(1, [new(0, 1)], NormalPrior.Improper));
        Assert.False(NormalArms.OfValues([new(1, 0), new(1, 1)], NormalPrior.Improper).IsEstimable);
        Assert.False(NormalArms.OfEffects(0, [new(1, 0)], NormalPrior.Improper).IsEstimable);
    }

    private sealed class Near(double tolerance) : IEqualityComparer<(double A, double B)>
    {
        public bool Equals((double A, double B) x, (double A, double B) y) => Math.Abs(x.A - y.A) <= tolerance && Math.Abs(x.B - y.B) <= tolerance;

        public int GetHashCode((double A, double B) pair) => 0;
    }
}
