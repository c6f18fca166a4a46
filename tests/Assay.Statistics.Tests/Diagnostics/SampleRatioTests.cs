using FsCheck;
using FsCheck.Fluent;

namespace Assay.Statistics.Tests.Diagnostics;

public sealed class SampleRatioTests
{
    [Fact]
    [Trait("Kind", "property")]
    public void ChiSquare_WeightsInAnyScaleAndOrder_GiveTheSame() => Prop.ForAll(Gen.Choose(1, 100_000).Three().ToArbitrary(), n =>
    {
        SampleRatioTest plain = SampleRatio.ChiSquare([n.Item1, n.Item2, n.Item3], [0.5, 0.3, 0.2]).Value,
            other = SampleRatio.ChiSquare([n.Item3, n.Item1, n.Item2], [20, 50, 30]).Value;
        return Draw.Near(plain.ChiSquare, other.ChiSquare, 1e-9) && Draw.Near(plain.PValue, other.PValue, 1e-9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ChiSquare_ExactShares_HasPOfOne() => Assert.Equal(new SampleRatioTest(0, 1, 1), SampleRatio.ChiSquare([500, 500], [1, 1]).Value);

    [Fact]
    public void ChiSquare_ArmThatReceivedNothing_IsAMismatch() =>
        Assert.True(SampleRatio.ChiSquare([1000, 0], [0.5, 0.5]).Value.PValue < 1e-100);

    [Fact]
    public void ChiSquare_Holdout_StaysOut() =>
        Assert.Equal(SampleRatio.ChiSquare([100, 130], [1, 1]), SampleRatio.ChiSquare([100, 9999, 130], [1, 0, 1]));

    [Fact]
    public void ChiSquare_NothingToCompare_IsNotEstimable()
    {
        Assert.Contains("at least 2 arms", SampleRatio.ChiSquare([9, 9], [1, 0]).Reason, StringComparison.Ordinal);
        Assert.Contains("no arm has any units", SampleRatio.ChiSquare([0, 0], [1, 1]).Reason, StringComparison.Ordinal);
        Assert.False(SampleRatio.ChiSquare([], []).IsEstimable);
    }

    [Fact]
    public void ChiSquare_BadArguments_Throw()
    {
        Assert.Throws<ArgumentException>(() => SampleRatio.ChiSquare([1], [1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleRatio.ChiSquare([-1, 2], [1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleRatio.ChiSquare([1, 2], [1, double.NaN]));
    }

    [Theory]
    [InlineData(3.841458820694124, 1, 0.05)]
    [InlineData(5.991464547107979, 2, 0.05)]
    [InlineData(11.344866730144373, 3, 0.01)]
    [InlineData(18.307038053275146, 10, 0.05)]
    [Trait("Kind", "reference")]
    public void ChiSquareTail_PrintedCriticalValues_Agree(double statistic, int degreesOfFreedom, double tail) =>
        Assert.Equal(1, SampleRatio.ChiSquareTail(statistic, degreesOfFreedom) / tail, 1e-10);

    [Fact]
    [Trait("Kind", "calibration")]
    public void ChiSquare_FairAssignment_IsFlaggedOneTimeInAThousand()
    {
        const int seed = 20260107, runs = 20_000;
        var random = new Random(seed);
        var flagged = 0;
        for (var run = 0; run < runs; run++)
        {
            // A normal draw stands for the binomial of 10,000 units at 80/20: mean 8,000, standard deviation 40.
            var control = (long)Math.Round(8000 + 40 * Draw.Normal(random));
            if (SampleRatio.ChiSquare([control, 10_000 - control], [0.8, 0.2]).Value.PValue < 0.001) flagged++;
        }
        Assert.True(Math.Abs(flagged - 20) < 4 * Math.Sqrt(20), $"seed {seed}: {flagged} of {runs}");
    }
}
