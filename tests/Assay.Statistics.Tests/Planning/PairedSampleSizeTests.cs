namespace Assay.Statistics.Tests.Planning;

public sealed class PairedSampleSizeTests
{
    [Theory]
    [InlineData(0.5, 0.8, 34)]
    [InlineData(0.2, 0.8, 199)]
    [InlineData(0.8, 0.9, 19)]
    [Trait("Kind", "reference")]
    public void ForMean_KnownEffectSizes_NeedWhatGPowerSays(double effect, double power, long cases) =>
        Assert.Equal(cases, PairedSampleSize.ForMean(1, effect, 0.05, power).Value);

    [Fact]
    public void ForMean_Answer_IsTheSmallestThatReachesThePower()
    {
        var cases = PairedSampleSize.ForMean(2.5, -0.4).Value;
        Assert.True(PairedSampleSize.Power(2.5, -0.4, cases, 0.05) >= 0.8);
        Assert.True(PairedSampleSize.Power(2.5, -0.4, cases - 1, 0.05) < 0.8);
        Assert.False(PairedSampleSize.ForMean(1, 1e-9).IsEstimable);
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedSampleSize.ForMean(1, 0));
    }
}
