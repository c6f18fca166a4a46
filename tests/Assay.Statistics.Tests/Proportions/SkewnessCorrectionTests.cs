namespace Assay.Statistics.Tests.Proportions;

public sealed class SkewnessCorrectionTests
{
    [Theory]
    [InlineData(2.5, 0.3)]
    [InlineData(-2.5, 0.3)]
    [InlineData(1.2, -0.6)]
    public void Of_ModestSkewness_InvertsTheExpansion(double score, double skewness)
    {
        var z = SkewnessCorrection.Of(score, skewness);
        Assert.Equal(score, z + (z * z - 1) * skewness / 6, 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-300)]
    [InlineData(0.2)]
    [InlineData(-0.9)]
    [InlineData(4)]
    public void Of_AnySkewness_RisesWithTheScoreAndKeepsItsSign(double skewness)
    {
        var last = double.NegativeInfinity;
        for (var i = -400; i <= 400; i++)
        {
            var score = i / 20.0;
            var z = SkewnessCorrection.Of(score, skewness);
            Assert.True(z >= last && z * score >= 0 && double.IsFinite(z), $"{score} {skewness}: {z} after {last}");
            last = z;
        }
    }
}
