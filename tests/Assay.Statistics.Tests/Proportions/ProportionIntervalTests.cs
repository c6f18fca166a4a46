using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.Distributions;

namespace Assay.Statistics.Tests.Proportions;

public sealed class ProportionIntervalTests
{
    /// <summary>R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 5 (Clopper–Pearson); 4 decimals.</summary>
    [Theory]
    [Trait("Kind", "reference")]
    [InlineData(15, 148, 0.0578, 0.1617)]
    [InlineData(0, 20, 0, 0.1684)]
    [InlineData(1, 29, 0.0009, 0.1776)]
    public void Exact_NewcombesExamples_GivesThePublishedIntervals(int successes, int trials, double low, double high)
    {
        var interval = ProportionInterval.Exact(new(successes, trials), 0.05);
        Assert.Equal(low, interval.Low, 5e-5);
        Assert.Equal(high, interval.High, 5e-5);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Corrected_AnyCounts_SolvesItsEquation() => Prop.ForAll(Draw.Proportions(), arms =>
    {
        var arm = arms.Control;
        if (Math.Min(arm.Successes, arm.Trials - arm.Successes) < 20) return true;
        var interval = ProportionInterval.Corrected(arm, 0.05);
        return Math.Abs(Z(interval.Low) - 1.959963984540054) < 1e-8 && Math.Abs(Z(interval.High) + 1.959963984540054) < 1e-8;

        double Z(double p) => SkewnessCorrection.Of((arm.Rate - p) / Math.Sqrt(p * (1 - p) / arm.Trials), (1 - 2 * p) / Math.Sqrt(arm.Trials * p * (1 - p)));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0.02, 1500)]
    [InlineData(0.02, 15_000)]
    [InlineData(0.3, 1000)]
    [InlineData(0.05, 600)]
    [InlineData(0.9, 400)]
    [InlineData(0.5, 101)]
    [InlineData(0.01, 300)]
    [InlineData(0.3, 20)]
    public void Of_AnyRate_MissesByAtMostHalfOfAlphaOnEitherSide(double p, int trials)
    {
        double above = 0, below = 0;
        for (var k = 0; k <= trials; k++)
        {
            var interval = ProportionInterval.Of(new(k, trials), 0.05);
            if (interval.Low > p) above += Binomial.PMF(p, trials, k);
            if (interval.High < p) below += Binomial.PMF(p, trials, k);
        }
        Assert.True(above <= 0.0275 && below <= 0.0275, $"{above} {below}");
    }

    [Fact]
    public void Of_NothingOrEverything_EndsThere()
    {
        Assert.Equal(0, ProportionInterval.Of(new(0, 500), 0.05).Low);
        Assert.Equal(1 - Math.Pow(0.025, 1 / 500.0), ProportionInterval.Of(new(0, 500), 0.05).High, 1e-12);
        Assert.Equal(1, ProportionInterval.Of(new(500, 500), 0.05).High);
        Assert.Throws<ArgumentException>(() => ProportionInterval.Of(new(0, 0), 0.05));
        Assert.Throws<ArgumentException>(() => ProportionInterval.Corrected(new(0, 0), 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProportionInterval.Exact(new(1, 2), 0));
    }

    [Fact]
    public void RatioZ_FewEvents_WaitsForTheExactTest()
    {
        // 1 against 7 of 1,000 at a limit of 1.5: of 8 events 7 or more fall on the treatment with chance .6 each in .106.
        var exact = Math.Pow(0.6, 8) + 8 * Math.Pow(0.6, 7) * 0.4;
        Assert.Equal(exact, StandardNormal.UpperTail(ProportionScore.RatioZ(new(1, 1000), new(7, 1000), 1.5).Value), 1e-12);
        Assert.True(ScoreInterval.RatioZ(new(1, 1000), new(7, 1000), 1.5).Value > ProportionScore.RatioZ(new(1, 1000), new(7, 1000), 1.5).Value);
        Assert.Equal(ScoreInterval.RatioZ(new(40, 1000), new(70, 1000), 1.5), ProportionScore.RatioZ(new(40, 1000), new(70, 1000), 1.5));
        Assert.True(ProportionScore.RatioZ(new(0, 1000), new(40, 1000), 1.5).Value > 3);
        Assert.True(ProportionScore.RatioZ(new(40, 1000), new(0, 1000), 1.5).Value < -3);
    }
}
