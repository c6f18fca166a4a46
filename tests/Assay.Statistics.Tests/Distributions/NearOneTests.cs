namespace Assay.Statistics.Tests.Distributions;

[Trait("Kind", "reference")]
public sealed class NearOneTests
{
    // By the C library.
    [Theory]
    [InlineData(1e-20, 1e-20, 1e-20)]
    [InlineData(1e-9, 9.999999995e-10, 1.0000000005e-9)]
    [InlineData(-0.0219, -0.022143364685689823, -0.021661936033920613)]
    [InlineData(0.3, 0.26236426446749106, 0.34985880757600310)]
    [InlineData(5, 1.7917594692280550, 147.41315910257660)]
    public void Log1pAndExpm1_SmallAndLarge_KeepTheirDigits(double x, double log, double exp)
    {
        Assert.Equal(log, NearOne.Log1p(x), 2e-15 * Math.Abs(log));
        Assert.Equal(exp, NearOne.Expm1(x), 2e-15 * Math.Abs(exp));
    }
}
