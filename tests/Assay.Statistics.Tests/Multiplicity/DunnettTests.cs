namespace Assay.Statistics.Tests;

public sealed class DunnettTests
{
    private static readonly double s_equal = Dunnett.Loading(1, 1);

    // C. W. Dunnett, JASA 50 (1955), table 1 (one-sided); Biometrics 20 (1964), table II (two-sided): equal arms, 5 %, two decimals.
    [Theory]
    [Trait("Kind", "reference")]
    [InlineData(5, false, 2.57, 3.03, 3.29, 3.48)]
    [InlineData(10, false, 2.23, 2.57, 2.76, 2.89)]
    [InlineData(20, false, 2.09, 2.38, 2.54, 2.65)]
    [InlineData(double.PositiveInfinity, false, 1.96, 2.21, 2.35, 2.44)]
    [InlineData(10, true, 1.81, 2.15, 2.34, 2.47)]
    [InlineData(double.PositiveInfinity, true, 1.64, 1.92, 2.06, 2.16)]
    public void Critical_PublishedTables_SameToTwoDecimals(double degreesOfFreedom, bool isOneSided, params double[] table)
    {
        for (var treatments = 1; treatments <= table.Length; treatments++)
            Assert.Equal(table[treatments - 1], Dunnett.Critical([.. Enumerable.Repeat(s_equal, treatments)], 0.05, degreesOfFreedom, isOneSided ? Alternative.Greater : Alternative.TwoSided), 0.0051);
    }

    // The same integrals by scipy 1.10.1 (integrate.quad, nested), to 1e-10.
    [Theory]
    [Trait("Kind", "reference")]
    [InlineData(2.21, double.PositiveInfinity, false, 0.050264903163229624, 0.5, 0.5)]
    [InlineData(2.5, double.PositiveInfinity, false, 0.033582918881940316, 0.5, 0.5, 0.5)]
    [InlineData(2.0, double.PositiveInfinity, false, 0.11717123529247064, 0.3, 0.5, 0.6)]
    [InlineData(4.5, double.PositiveInfinity, false, 2.0247783399041097e-05, 0.5, 0.5, 0.5)]
    [InlineData(2.2, double.PositiveInfinity, true, 0.025763423483890602, 0.5, 0.5)]
    [InlineData(2.76, 10, false, 0.049917253171634424, 0.5, 0.5, 0.5)]
    [InlineData(3.29, 5, false, 0.05016930043616952, 0.5, 0.5, 0.5)]
    [InlineData(2.4, 17.5, false, 0.051455565363293765, 0.3, 0.6)]
    [InlineData(2.34, 10, true, 0.04980280272089188, 0.5, 0.5, 0.5)]
    public void AnyBeyond_Scipy_SameToNineDigits(double bound, double degreesOfFreedom, bool isOneSided, double expected, params double[] squares) =>
        Assert.Equal(expected, Dunnett.AnyBeyond(bound, [.. squares.Select(Math.Sqrt)], degreesOfFreedom, isOneSided ? Alternative.Greater : Alternative.TwoSided), 1e-9);

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(double.PositiveInfinity)]
    [InlineData(7)]
    public void AnyBeyond_AnyLoadings_LiesBetweenTheLargestAndTheSum(double degreesOfFreedom)
    {
        double one = Dunnett.AnyBeyond(2.3, [0.5], degreesOfFreedom), before = 3 * one;
        Assert.Equal(Tails.PValue(2.3, degreesOfFreedom, Alternative.TwoSided), one, 1e-14);
        foreach (var loading in new[] { 0, 0.3, 0.7, 0.95, 0.999, 1 })
        {
            var any = Dunnett.AnyBeyond(2.3, [loading, loading, loading], degreesOfFreedom);
            Assert.InRange(any, one - 1e-12, before + 1e-12);
            before = any;
        }
        Assert.Equal(one, before, 1e-3);
        Assert.Equal(1 - Math.Pow(1 - Dunnett.AnyBeyond(2.3, [0.5]), 3), Dunnett.AnyBeyond(2.3, [0, 0, 0]), 1e-12);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void AnyBeyond_ManyDegreesOfFreedom_IsNearTheNormal() =>
        Assert.Equal(Dunnett.AnyBeyond(2.4, [0.6, 0.7]), Dunnett.AnyBeyond(2.4, [0.6, 0.7], 1e6), 1e-6);

    [Fact]
    [Trait("Kind", "property")]
    public void AnyBeyond_FarOut_KeepsItsDigits()
    {
        // So far out no two reach the bound together.
        Assert.Equal(3, Dunnett.AnyBeyond(9, [0.5, 0.5, 0.5]) / StandardNormal.TwoSidedTail(9), 1e-6);
        Assert.Equal(1, Dunnett.AnyBeyond(0, [0.5, 0.5]));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void StepDown_AnyStatistics_LiesBetweenRawAndSingleStepAndBelowHolm()
    {
        var random = new RandomStream(20_261_127, 0);
        for (var run = 0; run < 100; run++)
        {
            double[] z = [2 * random.Normal(), 2 * random.Normal(), 2 * random.Normal()], loadings = [random.Uniform(), random.Uniform(), random.Uniform()];
            double[] down = Dunnett.StepDown(z, loadings), single = Dunnett.SingleStep(z, loadings), raw = [.. z.Select(StandardNormal.TwoSidedTail)], holm = Multiplicity.Holm(raw);
            for (var i = 0; i < 3; i++)
            {
                Assert.InRange(down[i], raw[i] - 1e-12, single[i] + 1e-12);
                Assert.True(down[i] <= holm[i] + 1e-12, $"{down[i]} {holm[i]}");
            }
            Assert.Equal(down.Min(), single.Min(), 1e-12);
            Assert.Equal(StepDownOfReversed(z, loadings), down);
        }

        static double[] StepDownOfReversed(double[] z, double[] loadings) => [.. Dunnett.StepDown([.. z.Reverse()], [.. loadings.Reverse()]).Reverse()];
    }

    [Fact]
    public void Critical_AndStepDown_Agree()
    {
        double[] loadings = [0.6, 0.7, 0.5];
        var critical = Dunnett.Critical(loadings, 0.05);
        Assert.Equal(0.05, Dunnett.SingleStep([critical, 0.1, -0.3], loadings)[0], 1e-9);
        Assert.Equal(Dunnett.SingleStep([2, 1, -1], loadings, 12, Alternative.Less), Dunnett.SingleStep([-2, -1, 1], loadings, 12, Alternative.Greater));
    }

    [Fact]
    public void Misuse_Throws()
    {
        Assert.Throws<ArgumentException>("loadings", () => Dunnett.Critical([], 0.05));
        Assert.Throws<ArgumentOutOfRangeException>("loadings", () => Dunnett.Critical([1.1], 0.05));
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => Dunnett.Critical([0.5], 1));
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => Dunnett.Critical([0.5], 0.5, alternative: Alternative.Greater));
        Assert.Throws<ArgumentOutOfRangeException>("degreesOfFreedom", () => Dunnett.AnyBeyond(2, [0.5], 0));
        Assert.Throws<ArgumentOutOfRangeException>("bound", () => Dunnett.AnyBeyond(-2, [0.5]));
        Assert.Throws<ArgumentOutOfRangeException>("statistics", () => Dunnett.StepDown([double.NaN], [0.5]));
        Assert.Throws<ArgumentException>("loadings", () => Dunnett.StepDown([1, 2], [0.5]));
        Assert.Throws<ArgumentOutOfRangeException>("controlUnits", () => Dunnett.Loading(0, 1));
    }
}
