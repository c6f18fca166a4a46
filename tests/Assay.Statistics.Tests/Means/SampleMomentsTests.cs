using FsCheck;
using FsCheck.Fluent;
using static Assay.Statistics.Tests.Draw;

namespace Assay.Statistics.Tests.Means;

public sealed class SampleMomentsTests
{
    [Fact]
    [Trait("Kind", "property")]
    public void Merge_AnySplit_EqualsPooled() => Prop.ForAll(Values(0), Values(0), (a, b) =>
        Close(SampleMoments.FromValues(a).Merge(SampleMoments.FromValues(b)), SampleMoments.FromValues([.. a, .. b]))).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "property")]
    public void FromSums_SameValues_EqualsFromValues() => Prop.ForAll(Values(0), a =>
        Close(SampleMoments.FromSums(a.Length, a.Sum(), a.Sum(x => x * x)), SampleMoments.FromValues(a))).QuickCheckThrowOnFailure();

    [Fact]
    public void FromValues_LargeOffset_KeepsTheVariance()
    {
        double[] values = [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16];
        Assert.Equal(new SampleMoments(4, 1e9 + 10, 30), SampleMoments.FromValues(values));
    }

    [Theory]
    [InlineData(0.1, 1_000_000)]
    [InlineData(123456.789, 3000)]
    public void FromSums_ConstantValues_HasNoVarianceDespiteRounding(double value, int n)
    {
        double sum = 0, squares = 0;
        for (var i = 0; i < n; i++)
        {
            sum += value;
            squares += value * value;
        }
        // A naive running sum of a million terms is the worst case; databases add pairwise or compensated.
        var variance = SampleMoments.FromSums(n, sum, squares).Variance;
        Assert.InRange(variance, 0, 1e-10 * value * value);
    }

    [Fact]
    public void FromSums_ImpossibleSums_Throws() => Assert.Throws<ArgumentException>(() => SampleMoments.FromSums(10, 100, 5));

    [Fact]
    public void FromValues_NaN_ThrowsAndNamesTheElement() =>
        Assert.Contains("element 1", Assert.Throws<ArgumentException>(() => SampleMoments.FromValues([1, double.NaN])).Message, StringComparison.Ordinal);

    [Fact]
    public void Constructor_NegativeCountOrVariance_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SampleMoments(-1, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SampleMoments(2, 0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SampleMoments(2, double.NaN, 1));
    }

    private static bool Close(SampleMoments a, SampleMoments b) =>
        a.N == b.N && Near(a.Mean, b.Mean, 1e-9) && Near(a.Variance, b.Variance, 1e-9);
}
