namespace Assay.Statistics.Tests.Planning;

public sealed class MarginSampleSizeTests
{
    // PowerTOST's vignette, 2×2 crossover on logs, margins ln 1.25, true ratio .95: two arms of n/2 whose variance is half of the within-subject one.
    [Theory]
    [Trait("Kind", "reference")]
    [InlineData(0.20, 20, 0.834680)]
    [InlineData(0.30, 40, 0.815845)]
    public void EquivalenceOfMeans_PowerTost_SameSizeAndPower(double cv, long total, double power)
    {
        var deviation = Math.Sqrt(Math.Log(1 + cv * cv) / 2);
        double margin = Math.Log(1.25), effect = Math.Log(0.95);
        Assert.Equal(total, MarginSampleSize.EquivalenceOfMeans(deviation, margin, effect).Total);
        Assert.Equal(power, MarginSampleSize.EquivalencePowerOfMeans(deviation, margin, effect, total / 2.0, total / 2.0, 0.05), 5e-5);
    }

    // Large samples without an effect: n = 2 σ² (z₁₋α + z₁₋β⁄₂)² / margin².
    [Fact]
    [Trait("Kind", "reference")]
    public void EquivalenceOfMeans_LargeSample_IsJuliousFormula()
    {
        var z = StandardNormal.Quantile(0.95) + StandardNormal.Quantile(0.9);
        Assert.Equal(2 * z * z / (0.05 * 0.05), MarginSampleSize.EquivalenceOfMeans(1, 0.05).ControlExact, 2.0);
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void NonInferiorityOfMeans_LargeSample_IsJuliousFormula()
    {
        var z = StandardNormal.Quantile(0.975) + StandardNormal.Quantile(0.9);
        Assert.Equal(2 * z * z / (0.05 * 0.05), MarginSampleSize.NonInferiorityOfMeans(1, 0.05, power: 0.9).ControlExact, 2.0);
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(0.8, 0, 0.05, 1)]
    [InlineData(0.3, 0.02, 0.06, 2)]
    [InlineData(0.95, -0.01, 0.04, 0.5)]
    public void NonInferiorityOfProportions_ReturnedSize_ReachesThePowerAndOneLessDoesNot(double baseline, double effect, double margin, double ratio)
    {
        var n = MarginSampleSize.NonInferiorityOfProportions(baseline, margin, effect, ratio: ratio);
        Assert.True(MarginSampleSize.NonInferiorityPowerOfProportions(baseline, effect, margin, true, n.Control, n.Treatment, 0.025) >= 0.8);
        Assert.True(MarginSampleSize.NonInferiorityPowerOfProportions(baseline, effect, margin, true, n.ControlExact - 1, (n.ControlExact - 1) * ratio, 0.025) < 0.8);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void NonInferiorityOfProportions_ComplementWithTheOtherDirection_NeedsTheSame() =>
        Assert.Equal(
            MarginSampleSize.NonInferiorityOfProportions(0.8, 0.05, 0.01).ControlExact,
            MarginSampleSize.NonInferiorityOfProportions(0.2, 0.05, -0.01, higherIsBetter: false).ControlExact, 1e-6);

    [Fact]
    [Trait("Kind", "property")]
    public void Sizes_WiderMarginOrTruerEffect_NeedLess()
    {
        Assert.True(MarginSampleSize.NonInferiorityOfMeans(1, 0.2).Total < MarginSampleSize.NonInferiorityOfMeans(1, 0.1).Total);
        Assert.True(MarginSampleSize.NonInferiorityOfMeans(1, 0.1, 0.05).Total < MarginSampleSize.NonInferiorityOfMeans(1, 0.1).Total);
        Assert.True(MarginSampleSize.EquivalenceOfMeans(1, 0.2, 0.1).Total > MarginSampleSize.EquivalenceOfMeans(1, 0.2).Total);
        Assert.True(MarginSampleSize.EquivalenceOfProportions(0.6, 0.05).Total > MarginSampleSize.NonInferiorityOfProportions(0.6, 0.05, alpha: 0.05).Total);
    }

    // By enumeration of every outcome of the test that a report runs.
    [Theory]
    [Trait("Kind", "calibration")]
    [InlineData(0.8, 0, 0.1)]
    [InlineData(0.9, 0.02, 0.08)]
    public void NonInferiorityOfProportions_TheTestItself_HasThePower(double baseline, double effect, double margin)
    {
        var n = (int)MarginSampleSize.NonInferiorityOfProportions(baseline, margin, effect).Control;
        double[] c = Binomial(n, baseline), t = Binomial(n, baseline + effect);
        double power = 0;
        for (var i = 0; i <= n; i++)
            for (var j = 0; j <= n; j++)
                if (c[i] * t[j] is > 1e-9 and var chance && NonInferiority.Proportions(new(i, n), new(j, n), margin, true, 0.025) is { IsEstimable: true, Value.PValue: <= 0.025 })
                    power += chance;
        Assert.Equal(0.8, power, 0.02);
    }

    [Fact]
    public void Misuse_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MarginSampleSize.NonInferiorityOfMeans(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => MarginSampleSize.NonInferiorityOfMeans(1, 0.1, -0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MarginSampleSize.NonInferiorityOfProportions(0.6, 0.05, -0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => MarginSampleSize.NonInferiorityOfProportions(0.98, 0.05, 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => MarginSampleSize.EquivalenceOfMeans(1, 0.1, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MarginSampleSize.EquivalenceOfMeans(1, 0.1, alpha: 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => MarginSampleSize.EquivalenceOfProportions(double.NaN, 0.1));
    }

    private static double[] Binomial(int n, double p)
    {
        var result = new double[n + 1];
        for (var i = 0; i <= n; i++) result[i] = MathNet.Numerics.Distributions.Binomial.PMF(p, n, i);
        return result;
    }
}
