using FsCheck;
using FsCheck.Fluent;
using static Assay.Statistics.Tests.Draw;

namespace Assay.Statistics.Tests.Proportions;

public sealed class ProportionScoreTests
{
    [Fact]
    [Trait("Kind", "property")]
    public void Compare_AnyCounts_IntervalAndPValueNeverPart() => Prop.ForAll(Draw.Proportions(), ArbMap.Default.ArbFor<byte>(), (arms, level) =>
    {
        var alpha = (level + 1) / 300.0;
        var result = ProportionScore.Compare(arms.Control, arms.Treatment, alpha).Value;
        var excludes = result.Interval.Low > 0 || result.Interval.High < 0;
        if (!result.PValue.IsEstimable) return !excludes;
        var p = result.PValue.Value;
        return (Math.Abs(p - alpha) < 1e-9 || excludes == p < alpha) && Near(StandardNormal.TwoSidedTail(result.Z.Value), p, 1e-9)
            && result.Interval == ProportionScore.Interval(arms.Control, arms.Treatment, alpha);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Compare_TwoOfEightAgainstSix_IsNotDecided()
    {
        var result = ProportionScore.Compare(new(2, 8), new(6, 8), 0.05).Value;
        // R: fisher.test(matrix(c(2, 6, 6, 2), 2)).
        Assert.Equal(0.131934731935, result.PValue.Value, 1e-11);
        Assert.Equal((true, true), (result.HasFewEvents, result.IsExtended));
        Assert.Equal(0, result.Interval.Low);
        Assert.True(TwoProportions.PooledZ(new(2, 8), new(6, 8)).Value > 1.96);
    }

    [Fact]
    public void Compare_FewButClear_IsDecidedByBoth()
    {
        var result = ProportionScore.Compare(new(1, 40), new(18, 40), 0.05).Value;
        Assert.False(result.IsExtended);
        Assert.True(result.Interval.Low > 0 && result.PValue.Value == result.ExactPValue && result.PValue.Value < 0.001);
    }

    [Fact]
    public void Compare_EnoughEvents_NeedsNoExactTest()
    {
        var result = ProportionScore.Compare(new(20, 40), new(35, 60), 0.05).Value;
        Assert.Equal((false, false, null), (result.HasFewEvents, result.IsExtended, result.ExactPValue));
        Assert.Equal(ScoreInterval.Corrected(new(20, 40), new(35, 60), 0.05), result.Interval);
    }

    [Fact]
    public void Compare_NoSuccessAnywhere_GivesAFiniteIntervalButNoPValue()
    {
        var result = ProportionScore.Compare(new(0, 500), new(0, 500), 0.05).Value;
        Assert.Contains("success", result.PValue.Reason, StringComparison.Ordinal);
        Assert.False(result.Z.IsEstimable);
        // No narrower than the uncorrected score: Wilson's end at 0 of n.
        Assert.True(result.Interval.High is > 0.007 and < 0.01);
        Assert.Equal(-result.Interval.High, result.Interval.Low, 1e-12);
    }

    [Fact]
    public void Compare_MillionsOfUnitsAndFewEvents_StaysExact()
    {
        var result = ProportionScore.Compare(new(3, 1_000_000), new(15, 1_000_000), 0.05).Value;
        // Of 18 events 3 or fewer fall on one of two equal arms: binomial, as the arms are nearly infinite.
        Assert.Equal(2 * (1 + 18 + 153 + 816) / Math.Pow(2, 18), result.PValue.Value, 1e-5);
        Assert.True(result.Interval.Low > 0);
    }

    [Fact]
    public void Compare_BadInput_SaysSo()
    {
        Assert.Contains("at least 1 trial", ProportionScore.Compare(new(0, 0), new(3, 9), 0.05).Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => ProportionScore.Compare(new(1, 9), new(3, 9), 1));
        Assert.Throws<ArgumentException>(() => ProportionScore.Interval(new(0, 0), new(3, 9), 0.05));
    }

    [Theory]
    [InlineData(2, 8, 6, 8)]
    [InlineData(3, 90, 4, 10)]
    [InlineData(0, 30, 5, 20)]
    public void CentralPValue_AnyTable_IsTwiceTheSmallerTail(int a, int n, int b, int m)
    {
        Proportion control = new(a, n), treatment = new(b, m);
        var tails = new[] { Alternative.Greater, Alternative.Less }.Select(side => FisherExact.Compare(control, treatment, side).Value.PValue);
        Assert.Equal(Math.Min(1, 2 * tails.Min()), FisherExact.CentralPValue(control, treatment).Value, 1e-12);
    }
}
