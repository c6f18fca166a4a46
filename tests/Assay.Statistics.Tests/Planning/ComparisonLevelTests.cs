namespace Assay.Statistics.Tests.Planning;

public sealed class ComparisonLevelTests
{
    // Dunnett's table, two-sided, infinite degrees of freedom, equal arms.
    [Theory]
    [Trait("Kind", "reference")]
    [InlineData(1, 0.05, 1.96)]
    [InlineData(2, 0.05, 2.21)]
    [InlineData(3, 0.05, 2.35)]
    [InlineData(4, 0.05, 2.44)]
    [InlineData(5, 0.05, 2.51)]
    [InlineData(2, 0.01, 2.79)]
    [InlineData(3, 0.01, 2.92)]
    public void Dunnett_Table_SameCriticalValue(int treatments, double alpha, double critical) =>
        Assert.Equal(critical, StandardNormal.Critical(ComparisonLevel.Dunnett(treatments, alpha)), 0.0051);

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(2)]
    [InlineData(7)]
    public void Dunnett_AnyAllocation_LiesBetweenBonferroniAndAlpha(int treatments)
    {
        var before = ComparisonLevel.Bonferroni(treatments, 0.05);
        // The larger the treatments against the control, the more alike their comparisons are.
        foreach (var ratio in new[] { 1e-6, 0.1, 1, 10, 1000 })
        {
            var level = ComparisonLevel.Dunnett(treatments, 0.05, ratio);
            Assert.InRange(level, before, 0.05);
            before = level;
        }
        // Without a shared part they are independent: Šidák's share.
        Assert.Equal(1 - Math.Pow(0.95, 1.0 / treatments), ComparisonLevel.Dunnett(treatments, 0.05, 1e-12), 1e-6);
    }

    [Fact]
    public void Misuse_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ComparisonLevel.Bonferroni(0, 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => ComparisonLevel.Dunnett(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ComparisonLevel.Dunnett(2, 0.05, -1));
    }
}
