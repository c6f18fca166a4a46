using FsCheck;
using FsCheck.Fluent;

namespace Assay.Statistics.Tests.Diagnostics;

public sealed class HeterogeneityTests
{
    [Fact]
    public void CochranQ_TwoSegments_IsTheSquaredZOfTheirDifference()
    {
        var test = Heterogeneity.CochranQ([0.05, -0.02], [0.03, 0.04]).Value;
        var z = (0.05 - -0.02) / 0.05;
        Assert.Equal(z * z, test.Q, 1e-12);
        Assert.Equal(StandardNormal.TwoSidedTail(z), test.PValue, 1e-12);
        Assert.Equal((0.05 / 0.0009 - 0.02 / 0.0016) / (1 / 0.0009 + 1 / 0.0016), test.Common, 1e-12);
        Assert.Equal(0.024, test.CommonStandardError, 1e-12);
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void CochranQ_ByHand_Agrees()
    {
        // Weights 4, 1 and 1: common (4 + 3 + 5)/6 = 2, Q = 4·1 + 1 + 9 = 14.
        var test = Heterogeneity.CochranQ([1, 3, 5], [0.5, 1, 1]).Value;
        Assert.Equal((14.0, 2), (test.Q, test.DegreesOfFreedom));
        Assert.Equal(Math.Exp(-7), test.PValue, 1e-15);
        Assert.Equal(12.0 / 14, test.ISquared, 1e-15);
        Assert.Equal(2, test.Common, 1e-15);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void CochranQ_OtherOrderUnitAndShift_GiveTheSameTest() => Prop.ForAll(Gen.Choose(-1000, 1000).Three().ToArbitrary(), Gen.Choose(1, 500).Three().ToArbitrary(), (e, s) =>
    {
        var plain = Heterogeneity.CochranQ([e.Item1, e.Item2, e.Item3], [s.Item1, s.Item2, s.Item3]).Value;
        var other = Heterogeneity.CochranQ([1e9 + 1e-3 * e.Item3, 1e9 + 1e-3 * e.Item1, 1e9 + 1e-3 * e.Item2], [1e-3 * s.Item3, 1e-3 * s.Item1, 1e-3 * s.Item2]).Value;
        return Draw.Near(plain.Q, other.Q, 1e-2) && Draw.Near(plain.Common / 1000 + 1e9, other.Common, 1e-12);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void CochranQ_OneSegment_IsNotEstimable() => Assert.Contains("at least 2 segments", Heterogeneity.CochranQ([1], [1]).Reason, StringComparison.Ordinal);

    [Fact]
    public void CochranQ_BadArguments_Throw()
    {
        Assert.Throws<ArgumentException>(() => Heterogeneity.CochranQ([1, 2], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Heterogeneity.CochranQ([1, 2], [1, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Heterogeneity.CochranQ([1, double.NaN], [1, 1]));
    }

    [Fact]
    [Trait("Kind", "calibration")]
    public void CochranQ_SameEffectEverywhere_RejectsAtAlpha()
    {
        const int seed = 20260311, runs = 20_000;
        var random = new Random(seed);
        var rejected = 0;
        for (var run = 0; run < runs; run++)
        {
            double[] errors = [0.5, 1, 2, 4], effects = [.. errors.Select(s => 0.3 + s * Draw.Normal(random))];
            if (Heterogeneity.CochranQ(effects, errors).Value.PValue < 0.05) rejected++;
        }
        Assert.True(Math.Abs(rejected - 1000) < 4 * Math.Sqrt(950), $"seed {seed}: {rejected} of {runs}");
    }
}
