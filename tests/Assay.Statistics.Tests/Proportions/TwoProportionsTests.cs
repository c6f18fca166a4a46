using FsCheck;
using FsCheck.Fluent;
using static Assay.Statistics.Tests.Draw;

namespace Assay.Statistics.Tests.Proportions;

public sealed class TwoProportionsTests
{
    private const double Alpha = 0.05;

    [Fact]
    [Trait("Kind", "property")]
    public void Compare_ArmsSwapped_FlipsTheSign() => Prop.ForAll(Draw.Proportions(), arms =>
    {
        ProportionComparison there = TwoProportions.Compare(arms.Control, arms.Treatment, Alpha).Value,
            back = TwoProportions.Compare(arms.Treatment, arms.Control, Alpha).Value;
        return Near(there.Difference, -back.Difference, 1e-15) && Near(there.NewcombeInterval, Flip(back.NewcombeInterval), 1e-14)
            && Near(there.WaldInterval, Flip(back.WaldInterval), 1e-14) && there.Z.IsEstimable == back.Z.IsEstimable
            && (!there.Z.IsEstimable || Near(there.Z.Value, -back.Z.Value, 1e-12));
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "property")]
    public void Compare_Complemented_FlipsTheSignAndKeepsP() => Prop.ForAll(Draw.Proportions(), arms =>
    {
        ProportionComparison plain = TwoProportions.Compare(arms.Control, arms.Treatment, Alpha).Value,
            other = TwoProportions.Compare(Complement(arms.Control), Complement(arms.Treatment), Alpha).Value;
        return Near(plain.NewcombeInterval, Flip(other.NewcombeInterval), 1e-12)
            && (!plain.PValue.IsEstimable || Near(plain.PValue.Value, other.PValue.Value, 1e-9));
        static Proportion Complement(Proportion p) => new(p.Trials - p.Successes, p.Trials);
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "property")]
    public void NewcombeInterval_AnyCounts_HoldsTheDifferenceAndStaysInRange() => Prop.ForAll(Draw.Proportions(), arms =>
    {
        var interval = TwoProportions.NewcombeInterval(arms.Control, arms.Treatment, Alpha);
        return interval.Contains(arms.Treatment.Rate - arms.Control.Rate) && interval.Low < interval.High
            && interval.Low >= -1 - 1e-12 && interval.High <= 1 + 1e-12;
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "property")]
    public void NewcombeInterval_SmallerAlpha_IsWider() => Prop.ForAll(Draw.Proportions(), arms =>
    {
        Interval narrow = TwoProportions.NewcombeInterval(arms.Control, arms.Treatment, 0.1), wide = TwoProportions.NewcombeInterval(arms.Control, arms.Treatment, 0.01);
        return wide.Low <= narrow.Low && wide.High >= narrow.High;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Compare_NoSuccessAnywhere_GivesIntervalsButNoZ()
    {
        var result = TwoProportions.Compare(new(0, 500), new(0, 500), Alpha).Value;
        Assert.False(result.Z.IsEstimable);
        Assert.Contains("success", result.PValue.Reason, StringComparison.Ordinal);
        // Wilson's upper end at 0 of n is z² / (n + z²).
        var upper = 1.959963984540054 * 1.959963984540054 / (500 + 1.959963984540054 * 1.959963984540054);
        Assert.Equal(upper, result.NewcombeInterval.High, 1e-15);
        Assert.Equal(-upper, result.NewcombeInterval.Low, 1e-15);
        Assert.Equal(0, result.ControlWilson.Low);
        Assert.Equal(new Interval(0, 0), result.WaldInterval);
    }

    [Fact]
    public void Compare_NoFailureAnywhere_GivesIntervalsButNoZ()
    {
        var result = TwoProportions.Compare(new(20, 20), new(30, 30), Alpha).Value;
        Assert.Contains("failure", result.Z.Reason, StringComparison.Ordinal);
        Assert.Equal(1, result.TreatmentWilson.High);
        Assert.True(result.NewcombeInterval.Low < 0 && result.NewcombeInterval.High > 0);
    }

    [Fact]
    public void Compare_EmptyArm_IsNotEstimable() =>
        Assert.Contains("at least 1 trial", TwoProportions.Compare(new(0, 0), new(3, 9), Alpha).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData(5, 4)]
    [InlineData(-1, 4)]
    [InlineData(0, -1)]
    public void Proportion_ImpossibleCounts_Throws(long successes, long trials) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Proportion(successes, trials));

    [Fact]
    public void Proportion_ToMoments_EqualsTheZerosAndOnes()
    {
        var moments = SampleMoments.FromValues([1, 1, 0, 0, 0, 1, 0]);
        var fromCounts = new Proportion(3, 7).ToMoments();
        Assert.Equal(moments.Mean, fromCounts.Mean, 1e-15);
        Assert.Equal(moments.Variance, fromCounts.Variance, 1e-15);
    }

    [Fact]
    [Trait("Kind", "calibration")]
    public void NewcombeInterval_RareEvents_CoversAtItsLevel()
    {
        const int seed = 20260101, runs = 4000;
        var random = new Random(seed);
        int newcombe = 0, wald = 0;
        for (var run = 0; run < runs; run++)
        {
            Proportion control = Binomial(random, 150, 0.02), treatment = Binomial(random, 300, 0.04);
            var result = TwoProportions.Compare(control, treatment, Alpha).Value;
            if (result.NewcombeInterval.Contains(0.02)) newcombe++;
            if (result.WaldInterval.Contains(0.02)) wald++;
        }
        // Discrete data cannot hold 95 % exactly; the score interval must not fall below it by more than chance and half a point.
        var slack = 3 * Math.Sqrt(0.05 * 0.95 / runs) + 0.005;
        Assert.True((double)newcombe / runs >= 0.95 - slack, $"seed {seed}: Newcombe covers {newcombe} of {runs}, Wald {wald}");
        Assert.True((double)newcombe / runs <= 0.99, $"seed {seed}: Newcombe covers {newcombe} of {runs}: too wide");
    }

    private static Proportion Binomial(Random random, int n, double p)
    {
        var successes = 0;
        for (var i = 0; i < n; i++) if (random.NextDouble() < p) successes++;
        return new Proportion(successes, n);
    }
}
