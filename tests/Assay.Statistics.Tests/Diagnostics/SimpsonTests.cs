using FsCheck;
using FsCheck.Fluent;

namespace Assay.Statistics.Tests.Diagnostics;

public sealed class SimpsonTests
{
    // A mobile 170/200 and desktop 560/800, B 640/800 and 130/200.
    private static readonly SegmentArms[] Published = [new(200, 0.85, 800, 0.80), new(800, 0.70, 200, 0.65)];

    [Fact]
    [Trait("Kind", "reference")]
    public void Check_WinsBothSegmentsAndLosesThePool_IsFoundWithTheMix()
    {
        var check = Simpson.Check(Published).Value;
        Assert.True(check.IsReversed);
        Assert.Equal(0.77 - 0.73, check.Aggregate, 1e-12);
        Assert.All(check.WithinSegments, d => Assert.Equal(-0.05, d!.Value, 1e-12));
        Assert.Equal(-0.05, check.Standardised!.Value, 1e-12);
        Assert.Equal([0.2, 0.8], check.ControlMix);
        Assert.Equal([0.8, 0.2], check.TreatmentMix);
        Assert.True(check.MixPValue.Value < 1e-100);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Check_EqualMixes_AreNeverReversed() => Prop.ForAll(Gen.Choose(1, 1000).Three().ToArbitrary(), Gen.Choose(0, 1000).Four().ToArbitrary(), (n, y) =>
    {
        var check = Simpson.Check([new(n.Item1, y.Item1 / 1000.0, 2L * n.Item1, y.Item2 / 1000.0), new(n.Item2, y.Item3 / 1000.0, 2L * n.Item2, y.Item4 / 1000.0)]).Value;
        return !check.IsReversed && Draw.Near(check.Aggregate, check.Standardised!.Value, 1e-12);
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "property")]
    public void Check_SwappedArms_GiveTheOppositeSign() => Prop.ForAll(Gen.Choose(1, 1000).Four().ToArbitrary(), Gen.Choose(0, 1000).Four().ToArbitrary(), (n, y) =>
    {
        SegmentArms a = new(n.Item1, y.Item1, n.Item2, y.Item2), b = new(n.Item3, y.Item3, n.Item4, y.Item4);
        var plain = Simpson.Check([a, b]).Value;
        var swapped = Simpson.Check([Swap(a), Swap(b)]).Value;
        return Draw.Near(plain.Aggregate, -swapped.Aggregate, 1e-12) && plain.IsReversed == swapped.IsReversed;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Check_Ratios_AreSumsOverSums()
    {
        // Numerators 10·1 + 30·2 over denominators 10·2 + 30·1 against 20·3 over 20·4.
        var check = Simpson.Check([new(10, 1, 20, 3, 2, 4), new(30, 2, 0, 0, 1)]).Value;
        Assert.Equal(60.0 / 80 - 70.0 / 50, check.Aggregate, 1e-12);
        Assert.Null(check.WithinSegments[1]);
        Assert.Null(check.Standardised);
        Assert.False(check.IsReversed);
    }

    [Fact]
    public void Check_EmptyArm_IsNotEstimable() => Assert.Contains("each arm needs units", Simpson.Check([new(10, 1, 0, 0)]).Reason, StringComparison.Ordinal);

    [Fact]
    public void Check_BadArguments_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Simpson.Check([new(-1, 1, 1, 1)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Simpson.Check([new(1, double.NaN, 1, 1)]));
    }

    private static SegmentArms Swap(SegmentArms s) => new(s.TreatmentUnits, s.TreatmentMean, s.ControlUnits, s.ControlMean);
}
