using FsCheck;
using FsCheck.Fluent;
using static Assay.Statistics.Tests.Draw;

namespace Assay.Statistics.Tests.Planning;

public sealed class NormalSampleSizeTests
{
    // The normal formula with unit variance: 2 (z.975 + z.8)² / d².
    [Theory]
    [Trait("Kind", "reference")]
    [InlineData(0.5, 63)]
    [InlineData(0.2, 393)]
    [InlineData(0.1, 1570)]
    public void For_StandardisedEffects_AreTheTextbooksSizes(double effect, long perArm) =>
        Assert.Equal(perArm, NormalSampleSize.For(1, 1, effect).PerArm);

    [Fact]
    [Trait("Kind", "property")]
    public void For_ReturnedSize_ReachesThePowerAndOneLessDoesNot() => Prop.ForAll(Plans(), p =>
    {
        var n = NormalSampleSize.For(p.Control, p.Treatment, p.Effect, 0.05, p.Power);
        return n.Control == 2 || (NormalSampleSize.Power(p.Control, p.Treatment, p.Effect, n.Control, n.Treatment, 0.05) >= p.Power - 1e-12
            && NormalSampleSize.Power(p.Control, p.Treatment, p.Effect, n.Control - 1, n.Treatment - 1, 0.05) < p.Power);
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "property")]
    public void For_OtherSignOrOtherUnit_NeedsTheSame() => Prop.ForAll(Plans(), p =>
    {
        var n = NormalSampleSize.For(p.Control, p.Treatment, p.Effect, 0.05, p.Power).ControlExact;
        return Near(NormalSampleSize.For(p.Control, p.Treatment, -p.Effect, 0.05, p.Power).ControlExact, n, 1e-12)
            && Near(NormalSampleSize.For(1e6 * p.Control, 1e6 * p.Treatment, 1e3 * p.Effect, 0.05, p.Power).ControlExact, n, 1e-9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "property")]
    public void DetectableEffect_OfThePlannedSize_IsTheEffect() => Prop.ForAll(Plans(), p =>
    {
        var n = NormalSampleSize.For(p.Control, p.Treatment, p.Effect, 0.05, p.Power, 2).ControlExact;
        return Near(NormalSampleSize.DetectableEffect(p.Control, p.Treatment, n, 2 * n, 0.05, p.Power), p.Effect, 1e-9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void For_Misuse_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalSampleSize.For(1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalSampleSize.For(0, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalSampleSize.For(-1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalSampleSize.For(1, double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalSampleSize.For(1, 1, 1, alpha: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalSampleSize.For(1, 1, 1, power: 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalSampleSize.For(1, 1, 1, ratio: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalSampleSize.For(1, 1, 1e-9));
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalSampleSize.Power(1, 1, 1, 0, 1, 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalSampleSize.DetectableEffect(1, 1, 10, double.PositiveInfinity));
    }

    private static Arbitrary<(double Control, double Treatment, double Effect, double Power)> Plans() =>
        (from c in Gen.Choose(1, 1000)
         from t in Gen.Choose(1, 1000)
         from effect in Gen.Choose(1, 500)
         from power in Gen.Choose(50, 97)
         select (c / 10.0, t / 10.0, effect / 100.0, power / 100.0)).ToArbitrary();
}
