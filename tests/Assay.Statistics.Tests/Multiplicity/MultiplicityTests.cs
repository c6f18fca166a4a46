using FsCheck;
using FsCheck.Fluent;
using static Assay.Statistics.Tests.Draw;

namespace Assay.Statistics.Tests;

public sealed class MultiplicityTests
{
    [Fact]
    [Trait("Kind", "property")]
    public void Corrections_AnyFamily_KeepTheirOrderOfStrictness() => Prop.ForAll(PValues(), p =>
    {
        double[] bonferroni = Multiplicity.Bonferroni(p), holm = Multiplicity.Holm(p), hochberg = Multiplicity.Hochberg(p),
            hommel = Multiplicity.Hommel(p), bh = Multiplicity.BenjaminiHochberg(p), by = Multiplicity.BenjaminiYekutieli(p);
        for (var i = 0; i < p.Length; i++)
        {
            const double rounding = 1e-12;
            if (holm[i] > bonferroni[i] + rounding || hochberg[i] > holm[i] + rounding || hommel[i] > hochberg[i] + rounding || bh[i] > hommel[i] + rounding
                || bh[i] > by[i] + rounding || bh[i] < p[i] - rounding || bonferroni[i] > 1 || by[i] > 1) return false;
        }
        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "property")]
    public void Corrections_AnyFamily_KeepTheOrderOfPValues() => Prop.ForAll(PValues(), p =>
        new[] { Multiplicity.Bonferroni(p), Multiplicity.Holm(p), Multiplicity.Hochberg(p), Multiplicity.Hommel(p), Multiplicity.BenjaminiHochberg(p), Multiplicity.BenjaminiYekutieli(p) }
            .All(adjusted =>
            {
                for (var i = 0; i < p.Length; i++)
                    for (var j = 0; j < p.Length; j++)
                        if (p[i] < p[j] && adjusted[i] > adjusted[j]) return false;
                return true;
            })).QuickCheckThrowOnFailure();

    [Fact]
    public void Corrections_OneTest_ChangeNothing()
    {
        double[] p = [0.03];
        Assert.Equal(p, Multiplicity.Bonferroni(p));
        Assert.Equal(p, Multiplicity.Holm(p));
        Assert.Equal(p, Multiplicity.Hochberg(p));
        Assert.Equal(p, Multiplicity.BenjaminiHochberg(p));
        Assert.Equal(p, Multiplicity.BenjaminiYekutieli(p));
    }

    [Fact]
    public void Corrections_NoTests_GiveNone() => Assert.Empty(Multiplicity.Holm([]));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    public void Corrections_NoPValue_Throws(double p) => Assert.Throws<ArgumentOutOfRangeException>(() => Multiplicity.BenjaminiHochberg([0.1, p]));

    [Fact]
    [Trait("Kind", "calibration")]
    public void Holm_AllNullsTrue_RejectsAnyAtAlphaWhereUncorrectedDoesNot()
    {
        const int seed = 20260106, runs = 10_000;
        var random = new Random(seed);
        int holm = 0, plain = 0;
        for (var run = 0; run < runs; run++)
        {
            double[] p = [random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble()];
            if (Multiplicity.Holm(p).Min() <= 0.05) holm++;
            if (p.Min() <= 0.05) plain++;
        }
        // Exactly 1 − (1 − .01)^5 = .0490 for Holm on independent nulls.
        Assert.True(Math.Abs(holm - 0.04901 * runs) < 4 * Math.Sqrt(runs * 0.049 * 0.951), $"seed {seed}: {holm} of {runs}");
        Assert.True(plain > 0.2 * runs, $"seed {seed}: {plain} of {runs} uncorrected");
    }
}
