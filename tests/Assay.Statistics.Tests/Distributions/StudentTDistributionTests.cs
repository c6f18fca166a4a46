namespace Assay.Statistics.Tests.Distributions;

public sealed class StudentTDistributionTests
{
    [Theory]
    [InlineData(34.33330762558327)]
    [InlineData(44.64011934600433)]
    [InlineData(46.14700052160836)]
    [InlineData(3.7)]
    [InlineData(987654.321)]
    public void UpperQuantile_AnyDegreesOfFreedom_LeavesTheTailItWasAskedFor(double degreesOfFreedom)
    {
        var t = StudentTDistribution.UpperQuantile(0.025, degreesOfFreedom);
        Assert.Equal(0.475, Integral(0, t, x => StudentTDistribution.Density(x, degreesOfFreedom)), 1e-12);
    }

    [Theory]
    [InlineData(1, 1e6)]
    [InlineData(1, 1e-6)]
    [InlineData(1, 3)]
    public void UpperTail_OneDegreeOfFreedom_IsTheCauchyTail(double degreesOfFreedom, double t) =>
        Assert.Equal(Math.Atan(1 / t) / Math.PI, StudentTDistribution.UpperTail(t, degreesOfFreedom), 1e-15 + 1e-13 * Math.Atan(1 / t));

    [Theory]
    [InlineData(0.3)]
    [InlineData(2)]
    [InlineData(8)]
    public void UpperTail_TwoDegreesOfFreedom_IsTheClosedForm(double t)
    {
        var root = Math.Sqrt(2 + t * t);
        Assert.Equal(1 / (root * (root + t)), StudentTDistribution.UpperTail(t, 2), 1e-14);
    }

    [Theory]
    [InlineData(1.96, 1e-10)]
    [InlineData(0.01, 1e-10)]
    [InlineData(6, 1e-7)]
    public void UpperTail_ManyDegreesOfFreedom_ApproachesTheNormalAtTheKnownRate(double t, double tolerance)
    {
        // P(T > t) = Q(t) + φ(t) (t³ + t) / (4ν) + O(1/ν²).
        const double many = 1e6;
        var density = Math.Exp(-t * t / 2) / Math.Sqrt(2 * Math.PI);
        var expected = StandardNormal.UpperTail(t) + density * (t * t * t + t) / (4 * many);
        Assert.Equal(1, StudentTDistribution.UpperTail(t, many) / expected, tolerance);
    }

    [Theory]
    [InlineData(0.4999, 5)]
    [InlineData(1e-12, 5)]
    [InlineData(1e-12, 1.5)]
    [InlineData(0.975, 20)]
    [InlineData(1e-100, 1e5)]
    public void UpperQuantile_ThenUpperTail_ComesBack(double tail, double degreesOfFreedom) =>
        Assert.Equal(1, StudentTDistribution.UpperTail(StudentTDistribution.UpperQuantile(tail, degreesOfFreedom), degreesOfFreedom) / tail, 1e-11);

    private static double Integral(double from, double to, Func<double, double> function)
    {
        const int panels = 20_000;
        double step = (to - from) / panels, sum = function(from) + function(to);
        for (var i = 1; i < panels; i++) sum += (i % 2 == 1 ? 4 : 2) * function(from + i * step);
        return sum * step / 3;
    }
}
