using FsCheck;
using FsCheck.Fluent;

namespace Assay.Statistics.Tests.Diagnostics;

public sealed class OutlierInfluenceTests
{
    private static readonly double[] Control = [.. Enumerable.Range(0, 100).Select(i => 10 + i % 5.0)], Treatment = [.. Enumerable.Range(0, 99).Select(i => 10 + i % 5.0), 5000];

    [Fact]
    public void WithoutFurthest_OneHugeValue_IsNamedByItsShift()
    {
        var influence = OutlierInfluence.WithoutFurthest(Control, Treatment, 1, 0.05).Value;
        Assert.Equal(Treatment.Average() - Control.Average(), influence.All.Difference, 1e-9);
        Assert.Equal(Treatment[..99].Average() - Control.Average(), influence.Without.Value.Difference, 1e-9);
        Assert.InRange(influence.Shift!.Value, -1.01, -0.99);
        Assert.False(influence.ChangesConclusion);
    }

    [Fact]
    public void Winsorised_PooledCap_MovesTheValueToTheRest()
    {
        var influence = OutlierInfluence.Winsorised(Control, Treatment, new PooledCap(10, 14), 0.05).Value;
        Assert.Equal((Treatment[..99].Sum() + 14) / 100 - Control.Average(), influence.Without.Value.Difference, 1e-9);
    }

    [Fact]
    public void WithoutFurthest_ConclusionThatHangsOnFewUnits_IsSaid()
    {
        double[] control = [.. Enumerable.Range(0, 500).Select(i => i % 2.0)], treatment = [.. control[..480], .. Enumerable.Repeat(4.0, 20)];
        Assert.True(OutlierInfluence.WithoutFurthest(control, treatment, 20, 0.05).Value.ChangesConclusion);
        Assert.False(OutlierInfluence.WithoutFurthest(control, treatment, 1, 0.05).Value.ChangesConclusion);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void WithoutFurthest_SwappedArmsAndOtherUnit_GiveTheSame() => Prop.ForAll(Draw.Values(12), Draw.Values(12), (a, b) =>
    {
        // Ties in distance are broken by arm, so that swapping may leave out another unit of equal distance.
        if (a.Concat(b).Distinct().Count() < a.Length + b.Length) return true;
        Estimated<Influence> plain = OutlierInfluence.WithoutFurthest(a, b, 2, 0.05), scaled = OutlierInfluence.WithoutFurthest([.. a.Select(x => x * 1000)], [.. b.Select(x => x * 1000)], 2, 0.05);
        return Draw.Near(plain.Value.Shift!.Value, scaled.Value.Shift!.Value, 1e-7) && plain.Value.ChangesConclusion == scaled.Value.ChangesConclusion;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void WithoutFurthest_TooLittleLeft_IsNotEstimable()
    {
        var influence = OutlierInfluence.WithoutFurthest([1, 2, 3], [4, 5, 6], 5, 0.05).Value;
        Assert.False(influence.Without.IsEstimable);
        Assert.Null(influence.Shift);
        Assert.False(OutlierInfluence.WithoutFurthest([1], [2], 1, 0.05).IsEstimable);
        Assert.Throws<ArgumentOutOfRangeException>(() => OutlierInfluence.WithoutFurthest([1, 2], [2, 3], 0, 0.05));
        Assert.Throws<ArgumentException>(() => OutlierInfluence.WithoutFurthest([1, double.NaN], [2, 3], 1, 0.05));
    }
}
