using FsCheck;
using FsCheck.Fluent;
using static Assay.Statistics.Tests.Draw;

namespace Assay.Statistics.Tests.Means;

public sealed class MeanTestTests
{
    private const double Alpha = 0.05;

    [Fact]
    [Trait("Kind", "property")]
    public void WelchT_ArmsSwapped_FlipsTheSign() => Prop.ForAll(Values(2), Values(2), (a, b) =>
    {
        MeanComparison there = Welch(a, b), back = Welch(b, a);
        return Near(there.Difference, -back.Difference, 1e-12) && Near(there.PValue, back.PValue, 1e-10)
            && Near(there.Interval, Flip(back.Interval), 1e-10);
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "property")]
    public void WelchT_ShiftedAndScaled_KeepsPAndScalesTheRest() => Prop.ForAll(Values(2), Values(2), (a, b) =>
    {
        MeanComparison plain = Welch(a, b), moved = Welch([.. a.Select(Move)], [.. b.Select(Move)]);
        return Near(plain.PValue, moved.PValue, 1e-7) && Near(plain.Difference * 3, moved.Difference, 1e-9)
            && Near(plain.StandardError * 3, moved.StandardError, 1e-9);
        static double Move(double x) => 3 * x + 17;
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "property")]
    public void WelchT_Interval_ExcludesZeroExactlyWhenSignificant() => Prop.ForAll(Values(2), Values(2), (a, b) =>
    {
        var result = Welch(a, b);
        return Math.Abs(result.PValue - Alpha) < 1e-9 || result.Interval.Contains(0) == result.PValue > Alpha;
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "property")]
    public void OneSided_BothAlternatives_SumToOne() => Prop.ForAll(Values(2), Values(2), (a, b) =>
    {
        SampleMoments c = SampleMoments.FromValues(a), t = SampleMoments.FromValues(b);
        MeanComparison up = WelchT.Compare(c, t, Alpha, Alternative.Greater).Value, down = WelchT.Compare(c, t, Alpha, Alternative.Less).Value;
        return Near(up.PValue + down.PValue, 1, 1e-12) && double.IsPositiveInfinity(up.Interval.High) && double.IsNegativeInfinity(down.Interval.Low)
            && Near(2 * Math.Min(up.PValue, down.PValue), Welch(a, b).PValue, 1e-10);
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "property")]
    public void StudentT_EqualArmSizes_HasWelchsStatistic() => Prop.ForAll(Values(2), a =>
    {
        SampleMoments c = SampleMoments.FromValues(a), t = SampleMoments.FromValues([.. a.Select(x => 2 * x + 1)]);
        return Near(StudentT.Compare(c, t, Alpha).Value.Statistic, WelchT.Compare(c, t, Alpha).Value.Statistic, 1e-9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void StudentT_HandComputedCase_Agrees()
    {
        // Means 2 and 5, variances 1 and 4, three units each: pooled 2.5, SE = √(2.5 · 2/3).
        var result = StudentT.Compare(SampleMoments.FromValues([1, 2, 3]), SampleMoments.FromValues([3, 5, 7]), Alpha).Value;
        Assert.Equal((3, 4), (result.Difference, result.DegreesOfFreedom));
        Assert.Equal(3 / Math.Sqrt(5.0 / 3), result.Statistic, 1e-14);
        Assert.Equal(2.7764451051977987 * Math.Sqrt(5.0 / 3), result.Interval.High - 3, 1e-12);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 10)]
    [InlineData(10, 1)]
    public void Compare_TooFewUnits_IsNotEstimable(long controlN, long treatmentN)
    {
        SampleMoments c = new(controlN, 1, controlN < 2 ? 0 : 1), t = new(treatmentN, 2, treatmentN < 2 ? 0 : 1);
        Assert.Contains("at least 2 units", WelchT.Compare(c, t, Alpha).Reason, StringComparison.Ordinal);
        Assert.Contains("at least 2 units", StudentT.Compare(c, t, Alpha).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_NoVarianceInEitherArm_IsNotEstimable()
    {
        SampleMoments c = new(100, 1, 0), t = new(100, 2, 0);
        Assert.Contains("variance", WelchT.Compare(c, t, Alpha).Reason, StringComparison.Ordinal);
        Assert.Contains("variance", StudentT.Compare(c, t, Alpha).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_NoVarianceInOneArm_IsEstimated()
    {
        var result = WelchT.Compare(new(100, 1, 0), new(50, 2, 4), Alpha).Value;
        Assert.Equal(49, result.DegreesOfFreedom, 1e-12);
        Assert.Equal(Math.Sqrt(4.0 / 50), result.StandardError, 1e-15);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Compare_AlphaOutsideItsRange_Throws(double alpha) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WelchT.Compare(new(9, 1, 1), new(9, 1, 1), alpha));

    private static MeanComparison Welch(double[] control, double[] treatment) =>
        WelchT.Compare(SampleMoments.FromValues(control), SampleMoments.FromValues(treatment), Alpha).Value;
}
