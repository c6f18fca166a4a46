namespace Assay.Statistics.Tests.Distributions;

public sealed class FairCoinTests
{
    [Theory]
    [InlineData(0, 1, 0.5)]
    [InlineData(0, 5, 1.0 / 32)]
    [InlineData(1, 5, 6.0 / 32)]
    [InlineData(2, 5, 0.5)]
    [InlineData(4, 20, 6196.0 / 1048576)]
    public void LowerTail_SmallCounts_IsExact(long k, long n, double expected) => Assert.Equal(1, FairCoin.LowerTail(k, n) / expected, 1e-13);

    [Fact]
    public void LowerTail_MillionsOfTosses_KeepsItsDigits()
    {
        // By symmetry P(X ≤ (n − 1)/2) = ½ for odd n.
        Assert.Equal(0.5, FairCoin.LowerTail(1_000_000, 2_000_001), 1e-13);
    }
}
