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
        // A power of two, so that scaling rounds nothing: the two values around the median are equally far from it, and must stay so.
        Estimated<Influence> plain = OutlierInfluence.WithoutFurthest(a, b, 2, 0.05), scaled = OutlierInfluence.WithoutFurthest([.. a.Select(x => x * 1024)], [.. b.Select(x => x * 1024)], 2, 0.05);
        if (!Same(plain.Value, scaled.Value, 1)) return false;
        // Ties in distance are broken by arm, so that swapping may leave out another unit of equal distance.
        double[] pooled = [.. a, .. b];
        Array.Sort(pooled);
        var median = (pooled[(pooled.Length - 1) / 2] + pooled[pooled.Length / 2]) / 2;
        if (pooled.Select(x => Math.Abs(x - median)).Distinct().Count() < pooled.Length) return true;
        return Same(plain.Value, OutlierInfluence.WithoutFurthest(b, a, 2, 0.05).Value, -1);

        static bool Same(Influence one, Influence other, int sign) =>
            one.Shift is null == other.Shift is null && (one.Shift is null || Draw.Near(one.Shift.Value, sign * other.Shift!.Value, 1e-7)) && one.ChangesConclusion == other.ChangesConclusion;
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
