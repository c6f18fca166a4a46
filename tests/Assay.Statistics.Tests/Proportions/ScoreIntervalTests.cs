using FsCheck;
using FsCheck.Fluent;

namespace Assay.Statistics.Tests;

public sealed class ScoreIntervalTests
{
    /// <summary>R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, table II, method 5, examples (a) and (d); 4 decimals.</summary>
    [Theory]
    [Trait("Kind", "reference")]
    [InlineData(48, 80, 56, 70, 0.0533, 0.3377)]
    [InlineData(0, 29, 5, 56, -0.0313, 0.1926)]
    public void Of_NewcombesExamples_GivesThePublishedIntervals(int a, int n, int b, int m, double low, double high)
    {
        var interval = ScoreInterval.Of(new Proportion(a, n), new Proportion(b, m), 0.05);
        Assert.Equal(low, interval.Low, 5e-5);
        Assert.Equal(high, interval.High, 5e-5);
    }

    /// <summary>Gart and Nam's example, 7/25 against 2/25: −.014 to .412 without the correction, −.014 to .414 with it (Biometrics 46 (1990) 637–643; 3 decimals).
    /// The other digits and rows: the definition in R 4, rates by uniroot on the likelihood's slope, ends by uniroot; 9 digits.</summary>
    [Theory]
    [Trait("Kind", "reference")]
    [InlineData(2, 25, 7, 25, -0.0143385174, 0.4137331410)]
    [InlineData(48, 80, 56, 70, 0.0538978968, 0.3393200493)]
    [InlineData(1, 29, 5, 56, -0.0792042693, 0.1633323465)]
    [InlineData(600, 1000, 650, 1000, 0.0075718808, 0.0923027017)]
    [InlineData(150, 9000, 30, 1000, 0.0036120284, 0.0255850683)]
    public void Corrected_ReferenceCases_Agree(int a, int n, int b, int m, double low, double high)
    {
        var interval = ScoreInterval.Corrected(new Proportion(a, n), new Proportion(b, m), 0.05);
        Assert.Equal(low, interval.Low, 1e-9);
        Assert.Equal(high, interval.High, 1e-9);
    }

    /// <summary>By the definition in R 4; 9 digits.</summary>
    [Theory]
    [Trait("Kind", "reference")]
    [InlineData(150, 9000, 30, 1000, 2.79000178)]
    [InlineData(40, 1000, 250, 9000, -2.09998175)]
    public void CorrectedZ_UnequalArms_Agrees(int a, int n, int b, int m, double z) =>
        Assert.Equal(z, ScoreInterval.CorrectedZ(new(a, n), new(b, m)).Value, 1e-8);

    /// <summary>J. J. Gart, J.-M. Nam, Biometrics 44 (1988) 323–338: 8/15 to 4/15 lies between .806 and 6.148, 6/10 to 6/20 between .822 and 4.954; 3 decimals.</summary>
    [Theory]
    [Trait("Kind", "reference")]
    [InlineData(4, 15, 8, 15, 0.806, 6.148)]
    [InlineData(6, 20, 6, 10, 0.822, 4.954)]
    public void RatioZ_AtThePublishedLimits_IsTheCriticalValue(int a, int n, int b, int m, double low, double high)
    {
        Proportion control = new(a, n), treatment = new(b, m);
        const double critical = 1.959963984540054;
        Assert.True(ScoreInterval.RatioZ(control, treatment, low - 5e-4).Value > critical && ScoreInterval.RatioZ(control, treatment, low + 5e-4).Value < critical);
        Assert.True(ScoreInterval.RatioZ(control, treatment, high - 5e-4).Value > -critical && ScoreInterval.RatioZ(control, treatment, high + 5e-4).Value < -critical);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Of_AnyCounts_ExcludesNoDifferenceExactlyWhenThePooledTestRejects() =>
        Check.QuickThrowOnFailure(Prop.ForAll<(ushort, ushort, ushort, ushort, byte)>(ArbMap.Default.ArbFor<(ushort, ushort, ushort, ushort, byte)>(), x =>
            AgreesWithTheTest(x.Item1, x.Item2, x.Item3, x.Item4, x.Item5, TwoProportions.PooledZ, ScoreInterval.Of)));

    [Fact]
    [Trait("Kind", "property")]
    public void Corrected_AnyCounts_ExcludesNoDifferenceExactlyWhenItsTestRejects() =>
        Check.QuickThrowOnFailure(Prop.ForAll<(ushort, ushort, ushort, ushort, byte)>(ArbMap.Default.ArbFor<(ushort, ushort, ushort, ushort, byte)>(), x =>
            AgreesWithTheTest(x.Item1, x.Item2, x.Item3, x.Item4, x.Item5, ScoreInterval.CorrectedZ, ScoreInterval.Corrected)));

    private static void AgreesWithTheTest(
        ushort a, ushort b, ushort n, ushort m, byte level, Func<Proportion, Proportion, Estimated<double>> test, Func<Proportion, Proportion, double, Interval> of)
    {
        Proportion control = new(a % (n + 1), n + 1), treatment = new(b % (m + 1), m + 1);
        var alpha = (level + 1) / 300.0;
        var z = test(control, treatment);
        if (!z.IsEstimable || Math.Abs(Math.Abs(z.Value) - StandardNormal.Critical(alpha)) < 1e-9) return;
        var interval = of(control, treatment, alpha);
        Assert.Equal(Math.Abs(z.Value) > StandardNormal.Critical(alpha), interval.Low > 0 || interval.High < 0);
        Assert.InRange(treatment.Rate - control.Rate, interval.Low - 1e-12, interval.High + 1e-12);
        var mirrored = of(treatment, control, alpha);
        Assert.Equal(-interval.High, mirrored.Low, 1e-9);
        var complement = of(new(control.Trials - control.Successes, control.Trials), new(treatment.Trials - treatment.Successes, treatment.Trials), alpha);
        Assert.Equal(-interval.High, complement.Low, 1e-9);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Corrected_EveryTableOfSmallArms_AgreesWithItsTestAndNests()
    {
        foreach (var (n, m) in new[] { (1, 1), (3, 9), (8, 8), (12, 5), (2, 30) })
            for (var a = 0; a <= n; a++)
                for (var b = 0; b <= m; b++)
                {
                    Proportion control = new(a, n), treatment = new(b, m);
                    Interval wide = ScoreInterval.Corrected(control, treatment, 0.01), narrow = ScoreInterval.Corrected(control, treatment, 0.2);
                    Assert.True(wide.Low <= narrow.Low + 1e-9 && wide.High >= narrow.High - 1e-9 && wide.Low >= -1 && wide.High <= 1, $"{a}/{n} {b}/{m}: {wide} {narrow}");
                    var z = ScoreInterval.CorrectedZ(control, treatment);
                    Assert.Equal(z.IsEstimable && Math.Abs(z.Value) >= StandardNormal.Critical(0.2), narrow.Low > 0 || narrow.High < 0);
                }
    }

    [Fact]
    public void CorrectedZ_EqualArms_IsThePooledZ()
    {
        for (var x = 0; x <= 40; x++)
            if (TwoProportions.PooledZ(new(7, 40), new(x, 40)) is { IsEstimable: true, Value: var z }) Assert.Equal(z, ScoreInterval.CorrectedZ(new(7, 40), new(x, 40)).Value, 1e-13);
    }

    [Fact]
    public void Corrected_BillionsOfUnits_KeepsItsDigits()
    {
        Proportion control = new(30, 1_000_000_000), treatment = new(90, 1_000_000_000);
        var interval = ScoreInterval.Corrected(control, treatment, 0.05);
        // As many events in a thousandth of the units: rates so small that only the counts matter.
        var small = ScoreInterval.Corrected(new(30, 1_000_000), new(90, 1_000_000), 0.05);
        Assert.Equal(1, interval.Low / small.Low * 1000, 1e-4);
        Assert.Equal(1, interval.High / small.High * 1000, 1e-4);
        Assert.Equal(-1.959963984540054, DifferenceScore.At(control, treatment, interval.High, isCorrected: true)!.Value, 1e-8);
    }

    [Fact]
    public void Of_NoSuccessAnywhere_IsStillAnInterval()
    {
        foreach (var interval in new[] { ScoreInterval.Of(new(0, 500), new(0, 500), 0.05), ScoreInterval.Corrected(new(0, 500), new(0, 500), 0.05) })
            Assert.True(interval is { Low: < 0 and > -0.02, High: > 0 and < 0.02 });
    }

    [Fact]
    public void Of_ArmWithoutTrials_Throws()
    {
        Assert.Throws<ArgumentException>(() => ScoreInterval.Of(new Proportion(0, 0), new Proportion(1, 2), 0.05));
        Assert.Throws<ArgumentException>(() => ScoreInterval.Corrected(new Proportion(0, 0), new Proportion(1, 2), 0.05));
        Assert.False(ScoreInterval.CorrectedZ(new(0, 0), new(1, 2)).IsEstimable);
        Assert.False(ScoreInterval.RatioZ(new(1, 2), new(0, 0), 1.5).IsEstimable);
    }
}
