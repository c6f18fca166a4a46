namespace Assay.Statistics.Tests.Planning;

public sealed class UnitVarianceTests
{
    [Fact]
    public void OfRatio_Pilot_IsTheReportsErrorTimesItsUnits()
    {
        var pilot = new RatioMoments(400, 5, 2, 3, 1, 0.8);
        var error = RatioMetric.Estimate(pilot, 0.05).Value.StandardError;
        Assert.Equal(error * error * 400, UnitVariance.OfRatio(pilot).Value, 1e-12);
        // (3 − 2·2.5·0.8 + 6.25·1) / 4
        Assert.Equal(1.3125, UnitVariance.OfRatio(pilot).Value, 1e-12);
    }

    [Fact]
    public void OfRatio_WithoutSpreadOrDenominator_IsNotEstimable()
    {
        Assert.Contains("same in every unit", UnitVariance.OfRatio(new RatioMoments(10, 4, 2, 4, 1, 2)).Reason, StringComparison.Ordinal);
        Assert.Contains("denominator", UnitVariance.OfRatio(new RatioMoments(10, 4, 0, 4, 1, 1)).Reason, StringComparison.Ordinal);
        Assert.Contains("at least 2", UnitVariance.OfRatio(new RatioMoments(1, 4, 2, 0, 0, 0)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void OfQuantile_MedianOfANormal_IsHalfPi() =>
        Assert.Equal(Math.PI / 2, UnitVariance.OfQuantile(0.5, 1 / Math.Sqrt(2 * Math.PI)), 1e-12);

    [Fact]
    public void OfQuantile_FromAnInterval_IsItsErrorTimesUnits()
    {
        var z = StandardNormal.Critical(0.05);
        Assert.Equal(4 * 400, UnitVariance.OfQuantile(new QuantileMoments(0.95, 900, 400, 100, 100 - 2 * z, 100 + 2 * z, z)).Value, 1e-9);
        Assert.Contains("all the same", UnitVariance.OfQuantile(new QuantileMoments(0.95, 900, 400, 100, 100, 100, z)).Reason, StringComparison.Ordinal);
        Assert.Contains("too few events", UnitVariance.OfQuantile(new QuantileMoments(0.95, 9, 9, 100, 90, double.PositiveInfinity, z)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.05, 10, 0, 1.45)]
    [InlineData(0.05, 10, 0.6, 1.63)]
    [InlineData(-0.01, 10, 0, 1)]
    [InlineData(0.5, 1, 0, 1)]
    public void Clustered_DesignEffect_IsEldridges(double icc, double size, double variation, double expected) =>
        Assert.Equal(expected, UnitVariance.Clustered(1, icc, size, variation), 1e-12);

    [Fact]
    public void Adjusted_Correlation_LeavesWhatItDoesNotExplain() => Assert.Equal(0.75 * 4, UnitVariance.Adjusted(4, -0.5), 1e-12);

    [Fact]
    public void Misuse_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => UnitVariance.OfQuantile(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => UnitVariance.OfQuantile(0.5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => UnitVariance.Clustered(1, 1.1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => UnitVariance.Clustered(1, double.NaN, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => UnitVariance.Clustered(1, 0.1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => UnitVariance.Adjusted(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => UnitVariance.Adjusted(-1, 0));
    }
}
