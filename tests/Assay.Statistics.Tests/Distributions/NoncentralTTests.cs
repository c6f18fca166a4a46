namespace Assay.Statistics.Tests.Distributions;

public sealed class NoncentralTTests
{
    [Theory]
    [InlineData(2.2, 10)]
    [InlineData(-0.7, 3)]
    [InlineData(1.96, 4999)]
    [InlineData(1.96, 5001)]
    [InlineData(4, 6000)]
    [InlineData(1.96, 1e7)]
    public void UpperTail_NoNoncentrality_IsStudentsT(double t, double degreesOfFreedom) =>
        Assert.Equal(StudentTDistribution.UpperTail(t, degreesOfFreedom), NoncentralT.UpperTail(t, degreesOfFreedom, 0), 1e-13);

    [Theory]
    [InlineData(3, 0.5)]
    [InlineData(1, 4)]
    [InlineData(200, -2)]
    public void UpperTail_AtZero_IsTheNormalCdf(double degreesOfFreedom, double noncentrality) =>
        Assert.Equal(StandardNormal.Cdf(noncentrality), NoncentralT.UpperTail(0, degreesOfFreedom, noncentrality), 1e-14);

    [Theory]
    [InlineData(5, 1.5)]
    [InlineData(30, 3)]
    [InlineData(4, -2)]
    public void UpperTail_Integrated_GivesTheKnownMean(double degreesOfFreedom, double noncentrality)
    {
        // E T = δ √(ν/2) Γ((ν−1)/2) / Γ(ν/2), and E T = ∫₀^∞ P(T > t) dt − ∫₀^∞ P(T < −t) dt.
        var expected = noncentrality * Math.Sqrt(degreesOfFreedom / 2) / GammaRatio.Half((degreesOfFreedom - 1) / 2);
        double mean = 0;
        // t = v² / (1 − v) stretches the half-line onto (0, 1); the midpoint rule is enough for seven digits.
        const int panels = 4000;
        for (var i = 0; i < panels; i++)
        {
            double v = (i + 0.5) / panels, t = v * v / (1 - v), jacobian = (2 * v - v * v) / ((1 - v) * (1 - v)) / panels;
            mean += jacobian * (NoncentralT.UpperTail(t, degreesOfFreedom, noncentrality) - NoncentralT.UpperTail(t, degreesOfFreedom, -noncentrality));
        }
        Assert.Equal(expected, mean, 1e-5 * Math.Abs(expected));
    }
}
