using FsCheck;
using FsCheck.Fluent;
using static Assay.Statistics.Tests.Draw;

namespace Assay.Statistics.Tests.Paired;

public sealed class PairedTests
{
    [Fact]
    [Trait("Kind", "property")]
    public void PairedT_ArmsSwapped_FlipsTheSign() => Prop.ForAll(Values(3), a =>
    {
        double[] b = [.. a.Select((x, i) => x + i % 3)];
        MeanComparison there = PairedT.Compare(a, b, 0.05).Value, back = PairedT.Compare(b, a, 0.05).Value;
        return Near(there.Difference, -back.Difference, 1e-12) && Near(there.PValue, back.PValue, 1e-10) && Near(there.Interval, Flip(back.Interval), 1e-10);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void PairedT_ItemsThatDiffer_IsSharperThanWelch()
    {
        double[] control = [10, 200, 35, 470, 90], treatment = [12, 203, 36, 474, 92];
        var paired = PairedT.Compare(control, treatment, 0.05).Value;
        var unpaired = WelchT.Compare(SampleMoments.FromValues(control), SampleMoments.FromValues(treatment), 0.05).Value;
        Assert.Equal(paired.Difference, unpaired.Difference, 1e-9);
        Assert.True(paired.PValue < 0.01 && unpaired.PValue > 0.9);
    }

    [Fact]
    public void PairedT_DegenerateInput_IsNotEstimable()
    {
        Assert.Contains("at least 2 pairs", PairedT.Compare([1], [2], 0.05).Reason, StringComparison.Ordinal);
        Assert.Contains("same amount", PairedT.Compare([1, 2], [2, 3], 0.05).Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PairedT.Compare([1, 2], [2], 0.05));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void McNemar_ArmsSwapped_GivesTheSame() => Prop.ForAll(Gen.Choose(0, 500).Two().ToArbitrary(), n =>
        McNemar.Compare(n.Item1, n.Item2).Equals(McNemar.Compare(n.Item2, n.Item1))).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(0, 5, 2.0 / 32)]
    [InlineData(1, 4, 12.0 / 32)]
    [InlineData(7, 7, 1)]
    public void McNemar_SmallCounts_AreExact(long onlyControl, long onlyTreatment, double expected) =>
        Assert.Equal(expected, McNemar.Compare(onlyControl, onlyTreatment).Value.ExactPValue, 1e-13);

    [Fact]
    public void McNemar_NoDisagreement_IsNotEstimable() => Assert.Contains("agree", McNemar.Compare(0, 0).Reason, StringComparison.Ordinal);

    [Fact]
    public void McNemar_NegativeCount_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => McNemar.Compare(-1, 3));

    [Fact]
    public void McNemar_MillionsOfPairs_HaveAPValue() => Assert.InRange(McNemar.Compare(5_000_000, 5_010_000).Value.ExactPValue, 1e-3, 3e-3);
}
