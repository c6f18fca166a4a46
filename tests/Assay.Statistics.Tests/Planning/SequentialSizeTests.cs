namespace Assay.Statistics.Tests.Planning;

public sealed class SequentialSizeTests
{
    [Fact]
    [Trait("Kind", "reference")]
    public void For_FourObrienFlemingLooks_Is1500PerArmAndStopsEarlierOnAverage()
    {
        var design = GroupSequentialDesign.Spending(4, SpendingFunction.OBrienFleming);
        var plan = SequentialSize.For(SampleSize.ForProportions(0.60, 0.05), design);
        Assert.Equal(1500, plan.Maximum.PerArm);
        Assert.Equal(GroupSequentialPower.MeanInformationFraction(design, GroupSequentialPower.DriftFor(design, 0.8)), plan.ExpectedFractionAtEffect, 1e-5);
        Assert.InRange(plan.ExpectedFractionAtEffect, 0.7, 0.9);
        Assert.InRange(plan.ExpectedFractionWithoutEffect, 0.98, 1);
    }

    [Theory]
    [Trait("Kind", "property")]
    [MemberData(nameof(Families))]
    public void For_EverySpendingFamily_KeepsThePowerAtTheMaximum(string name)
    {
        var design = GroupSequentialDesign.Spending([0.3, 0.6, 1], Family(name));
        var oneLook = NormalSampleSize.For(1, 1, 0.1);
        var plan = SequentialSize.For(oneLook, design);
        var drift = 0.1 * Math.Sqrt(plan.Maximum.ControlExact / 2);
        Assert.Equal(0.8, GroupSequentialPower.Of(design, drift), 1e-6);
        Assert.True(plan.Maximum.Total > oneLook.Total && plan.Maximum.Total * plan.ExpectedFractionAtEffect < oneLook.Total, $"{plan}");
    }

    [Fact]
    public void For_Futility_GrowsTheMaximumAndShrinksTheExpectationWithoutEffect()
    {
        var design = GroupSequentialDesign.Spending(4, SpendingFunction.OBrienFleming);
        var oneLook = NormalSampleSize.For(1, 1, 0.1);
        var without = SequentialSize.For(oneLook, design);
        var with = SequentialSize.For(oneLook, design, futility: SpendingFunction.HwangShihDeCani(-2));
        Assert.True(with.InflationFactor > without.InflationFactor);
        Assert.True(with.Maximum.Total * with.ExpectedFractionWithoutEffect < 0.8 * without.Maximum.Total * without.ExpectedFractionWithoutEffect);
        Assert.NotNull(with.Futility);
    }

    [Fact]
    public void For_Misuse_Throws()
    {
        var design = GroupSequentialDesign.Spending(4, SpendingFunction.OBrienFleming);
        Assert.Throws<ArgumentOutOfRangeException>(() => SequentialSize.For(NormalSampleSize.For(1, 1, 0.1), design, power: 0.02));
        Assert.Throws<ArgumentOutOfRangeException>(() => SequentialSize.For(NormalSampleSize.For(1, 1, 0.1), design, ratio: 0));
        Assert.Throws<ArgumentNullException>(() => SequentialSize.For(null!, design));
    }

    public static TheoryData<string> Families => ["obrien-fleming", "pocock", "hwang-shih-decani", "kim-demets", "custom"];

    private static SpendingFunction Family(string name) => name switch
    {
        "pocock" => SpendingFunction.Pocock,
        "hwang-shih-decani" => SpendingFunction.HwangShihDeCani(-4),
        "kim-demets" => SpendingFunction.KimDeMets(3),
        "custom" => SpendingFunction.Custom([0.3, 0.6, 1], [0.1, 0.4, 1]),
        _ => SpendingFunction.OBrienFleming,
    };
}
