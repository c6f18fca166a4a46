namespace Assay.Statistics.Tests;

public sealed class SequentialPValueTests
{
    private static readonly double[] Half = [0.25, 0.5];

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.0125)]
    [InlineData(0.4)]
    public void Of_StatisticAtTheBound_IsTheAlphaOfTheDesign(double alpha)
    {
        foreach (var spending in (SpendingFunction[])[SpendingFunction.OBrienFleming, SpendingFunction.Pocock, SpendingFunction.KimDeMets(3)])
            foreach (var isFinal in (bool[])[true, false])
            {
                var critical = GroupSequentialDesign.Spending(Half, spending, alpha, lastIsFinal: isFinal).CriticalValues[^1];
                Assert.Equal(alpha, SequentialPValue.Of(Half, spending, -critical, isFinal), 1e-8);
            }
    }

    [Fact]
    public void Of_OneLook_IsTheTwoSidedPValue() =>
        Assert.Equal(StandardNormal.TwoSidedTail(2.1), SequentialPValue.Of([1], SpendingFunction.OBrienFleming, 2.1, true), 1e-9);

    [Fact]
    public void Of_NothingSeen_IsOne() => Assert.Equal(1, SequentialPValue.Of(Half, SpendingFunction.OBrienFleming, 0, false));

    [Fact]
    public void Of_StatisticNotFinite_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SequentialPValue.Of(Half, SpendingFunction.OBrienFleming, double.NaN, true));
}
