using FsCheck;
using FsCheck.Fluent;

namespace Assay.Statistics.Tests;

public sealed class ScoreIntervalTests
{
    /// <summary>R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, table II, method 5; 4 decimals.</summary>
    [Fact]
    [Trait("Kind", "reference")]
    public void Of_NewcombesFirstExample_GivesThePublishedInterval()
    {
        var interval = ScoreInterval.Of(new Proportion(48, 80), new Proportion(56, 70), 0.05);
        Assert.Equal(0.0533, interval.Low, 5e-5);
        Assert.Equal(0.3377, interval.High, 5e-5);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Of_AnyCounts_ExcludesNoDifferenceExactlyWhenThePooledTestRejects() =>
        Check.QuickThrowOnFailure(Prop.ForAll<(ushort, ushort, ushort, ushort, byte)>(ArbMap.Default.ArbFor<(ushort, ushort, ushort, ushort, byte)>(), x => AgreesWithTheTest(x.Item1, x.Item2, x.Item3, x.Item4, x.Item5)));

    private static void AgreesWithTheTest(ushort a, ushort b, ushort n, ushort m, byte level)
    {
        Proportion control = new(a % (n + 1), n + 1), treatment = new(b % (m + 1), m + 1);
        var alpha = (level + 1) / 300.0;
        var z = TwoProportions.PooledZ(control, treatment);
        if (!z.IsEstimable || Math.Abs(Math.Abs(z.Value) - StandardNormal.Critical(alpha)) < 1e-6) return;
        var interval = ScoreInterval.Of(control, treatment, alpha);
        Assert.Equal(Math.Abs(z.Value) > StandardNormal.Critical(alpha), interval.Low > 1e-9 || interval.High < -1e-9);
        Assert.InRange(treatment.Rate - control.Rate, interval.Low - 1e-12, interval.High + 1e-12);
        var mirrored = ScoreInterval.Of(treatment, control, alpha);
        Assert.Equal(-interval.High, mirrored.Low, 1e-9);
    }

    [Fact]
    public void Of_NoSuccessAnywhere_IsStillAnInterval()
    {
        var interval = ScoreInterval.Of(new Proportion(0, 500), new Proportion(0, 500), 0.05);
        Assert.True(interval is { Low: < 0 and > -0.02, High: > 0 and < 0.02 });
    }

    [Fact]
    public void Of_ArmWithoutTrials_Throws() => Assert.Throws<ArgumentException>(() => ScoreInterval.Of(new Proportion(0, 0), new Proportion(1, 2), 0.05));
}
