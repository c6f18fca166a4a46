namespace Assay.Statistics.Tests.Sequential.AlwaysValid;

public sealed class HybridTests
{
    [Fact]
    [Trait("Kind", "calibration")]
    public void Of_FourteenLooks_ErrsBelowAlphaAndKeepsThePowerOfAFixedTest()
    {
        // By integration: harm at every look, benefit at the last.
        const long planned = 140_000;
        double[] looks = [.. Enumerable.Range(1, 14).Select(k => k / 14.0)];
        double[] harm = [.. looks.Select(t => -AsymptoticConfidenceSequence.Critical((long)Math.Round(t * planned), 0.025, planned, Alternative.Less))];
        double[] benefit = [.. Enumerable.Repeat(double.PositiveInfinity, 13), StandardNormal.Critical(0.05)];
        var (shown, harmed) = Crossings.Walk(looks, benefit, harm, 0);
        Assert.Equal(0.025, shown.Sum(), 1e-4);
        Assert.InRange(harmed.Sum(), 0.002, 0.025);
        Assert.Equal(0.80, Crossings.Walk(looks, benefit, harm, StandardNormal.Critical(0.05) + StandardNormal.Quantile(0.8)).Upper.Sum(), 1e-3);
        Assert.True(Crossings.Walk(looks, benefit, harm, -4).Lower[..13].Sum() > 0.5, "strong harm is mostly seen before the end");
    }

    [Fact]
    public void Of_BeforeTheEnd_ShowsHarmOnly()
    {
        var good = Hybrid.Of(0.9, 0.1, 500, 2000, isFinal: false);
        Assert.False(good.BenefitShown || good.HarmShown);
        Assert.False(good.BenefitPValue.IsEstimable);
        Assert.Equal(double.NegativeInfinity, good.Interval.Low);
        var bad = Hybrid.Of(-0.9, 0.1, 500, 2000, isFinal: false);
        Assert.True(bad.HarmShown && bad.HarmPValue < 0.025 && bad.Interval.High < 0);
    }

    [Fact]
    public void Of_AtTheEnd_TakesEachLimitFromItsOwnMethod()
    {
        var result = Hybrid.Of(0.3, 0.1, 2000, 2000, isFinal: true);
        Assert.Equal(0.3 - StandardNormal.Critical(0.05) * 0.1, result.Interval.Low, 1e-12);
        Assert.Equal(0.3 + AsymptoticConfidenceSequence.Critical(2000, 0.025, 2000, Alternative.Less) * 0.1, result.Interval.High, 1e-12);
        Assert.True(result.BenefitShown);
        Assert.Equal(StandardNormal.UpperTail(3), result.BenefitPValue.Value, 1e-12);
    }

    [Fact]
    public void Of_SmallerIsBetter_IsTheMirrorImage()
    {
        HybridEstimate up = Hybrid.Of(0.3, 0.1, 2000, 2000, true), down = Hybrid.Of(-0.3, 0.1, 2000, 2000, true, benefit: Alternative.Less);
        Assert.Equal((up.BenefitShown, up.HarmShown, up.HarmPValue, -up.Interval.High, -up.Interval.Low), (down.BenefitShown, down.HarmShown, down.HarmPValue, down.Interval.Low, down.Interval.High));
    }

    [Fact]
    public void Of_Misuse_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>("benefit", () => Hybrid.Of(1, 1, 1, 1, true, benefit: Alternative.TwoSided));
        Assert.Throws<ArgumentOutOfRangeException>("plannedN", () => Hybrid.Of(1, 1, 1, 0, true));
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => Hybrid.Of(1, 1, 1, 1, true, 1));
    }
}
