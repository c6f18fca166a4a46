using FsCheck;
using FsCheck.Fluent;
using static Assay.Statistics.Tests.Draw;

namespace Assay.Statistics.Tests.Ratios;

public sealed class RatioMetricTests
{
    private const double Alpha = 0.05;

    [Fact]
    [Trait("Kind", "property")]
    public void Merge_AnySplit_EqualsPooled() => Prop.ForAll(Values(0), Values(0), (a, b) =>
    {
        double[] da = [.. a.Select(Denominator)], db = [.. b.Select(Denominator)];
        RatioMoments merged = RatioMoments.FromValues(a, da).Merge(RatioMoments.FromValues(b, db)),
            pooled = RatioMoments.FromValues([.. a, .. b], [.. da, .. db]);
        return merged.N == pooled.N && Near(merged.Covariance, pooled.Covariance, 1e-7) && Near(merged.VarianceDenominator, pooled.VarianceDenominator, 1e-9)
            && Near(merged.MeanNumerator, pooled.MeanNumerator, 1e-9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "property")]
    public void FromSums_SameValues_EqualsFromValues() => Prop.ForAll(Values(2), a =>
    {
        double[] d = [.. a.Select(Denominator)];
        RatioMoments sums = RatioMoments.FromSums(a.Length, a.Sum(), d.Sum(), a.Sum(x => x * x), d.Sum(x => x * x), a.Zip(d, (x, y) => x * y).Sum()),
            values = RatioMoments.FromValues(a, d);
        return Near(sums.Covariance, values.Covariance, 1e-6) && Near(sums.VarianceNumerator, values.VarianceNumerator, 1e-9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "property")]
    public void Compare_ArmsSwapped_FlipsTheSign() => Prop.ForAll(Values(4), Values(4), (a, b) =>
    {
        RatioMoments c = RatioMoments.FromValues(a, [.. a.Select(Denominator)]), t = RatioMoments.FromValues(b, [.. b.Select(Denominator)]);
        Estimated<RatioComparison> there = RatioMetric.Compare(c, t, Alpha), back = RatioMetric.Compare(t, c, Alpha);
        if (there.IsEstimable != back.IsEstimable) return false;
        return !there.IsEstimable || (Near(there.Value.Difference, -back.Value.Difference, 1e-12)
            && Near(there.Value.Interval, Flip(back.Value.Interval), 1e-9) && there.Value.Method == back.Value.Method);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Compare_ConstantDenominator_IsADifferenceOfMeansInThatUnit()
    {
        double[] control = [1, 4, 2, 8, 5, 7], treatment = [3, 6, 9, 4, 8, 8, 2], fours = [4, 4, 4, 4, 4, 4, 4];
        var ratio = RatioMetric.Compare(RatioMoments.FromValues(control, fours.AsSpan(0, 6)), RatioMoments.FromValues(treatment, fours), Alpha).Value;
        var mean = WelchT.Compare(SampleMoments.FromValues(control), SampleMoments.FromValues(treatment), Alpha).Value;
        Assert.Equal(mean.Difference / 4, ratio.Difference, 1e-15);
        Assert.Equal(mean.StandardError / 4, ratio.StandardError, 1e-15);
        Assert.Equal((0, RatioMethod.Delta), (ratio.Control.G, ratio.Method));
    }

    [Theory]
    [InlineData(0.5, RatioMethod.Fieller)]
    [InlineData(0.051, RatioMethod.Fieller)]
    [InlineData(0.049, RatioMethod.Delta)]
    public void Estimate_ByG_ChoosesTheInterval(double g, RatioMethod method)
    {
        var estimate = RatioMetric.Estimate(WithG(g), Alpha).Value;
        Assert.Equal(method, estimate.Method);
        Assert.Equal(g, estimate.G, 1e-12);
        var symmetric = Math.Abs(estimate.Interval.High + estimate.Interval.Low - 2 * estimate.Ratio) < 1e-9;
        Assert.Equal(method == RatioMethod.Delta, symmetric);
    }

    [Fact]
    public void Estimate_GOfOneOrMore_IsNotEstimable()
    {
        Assert.Contains("cannot be told from 0", RatioMetric.Estimate(WithG(1.0001), Alpha).Reason, StringComparison.Ordinal);
        Assert.Contains("treatment", RatioMetric.Compare(WithG(0.01), WithG(2), Alpha).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Estimate_NoSuccess_IsNotEstimable()
    {
        var arm = RatioMoments.FromValues([3, 4, 5], [0, 0, 0]);
        Assert.Contains("denominator is 0", RatioMetric.Estimate(arm, Alpha).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_OneRatioInEveryUnit_IsNotEstimable()
    {
        var arm = RatioMoments.FromValues([0.3, 0.6, 0.9], [1, 2, 3]);
        Assert.False(RatioMetric.Compare(arm, arm, Alpha).IsEstimable);
        Assert.False(RatioMetric.Estimate(arm, Alpha).IsEstimable);
    }

    [Fact]
    public void Estimate_Fieller_EndsSolveTheQuadratic()
    {
        // At an end ρ of Fieller's interval |y − ρx| is exactly z of its standard errors.
        var arm = WithG(0.3);
        var interval = RatioMetric.Estimate(arm, Alpha).Value.Interval;
        foreach (var end in new[] { interval.Low, interval.High })
        {
            var distance = Math.Abs(arm.MeanNumerator - end * arm.MeanDenominator);
            var error = Math.Sqrt((arm.VarianceNumerator - 2 * end * arm.Covariance + end * end * arm.VarianceDenominator) / arm.N);
            Assert.Equal(1.959963984540054, distance / error, 1e-9);
        }
    }

    [Theory]
    [InlineData(6)]
    [InlineData(2)]
    [InlineData(-1)]
    public void Compare_Fieller_PAndIntervalAgree(double shift)
    {
        RatioMoments control = WithG(0.2), treatment = new(50, control.MeanNumerator + shift, 1, 40, 0.9, 2);
        var result = RatioMetric.Compare(control, treatment, Alpha).Value;
        Assert.Equal(RatioMethod.Fieller, result.Method);
        if (!result.PValue.IsEstimable) Assert.False(result.Interval.Contains(0));
        else Assert.Equal(result.Interval.Contains(0), result.PValue.Value > Alpha);
    }

    [Fact]
    public void Compare_FiellerPValue_IsTheLevelAtWhichTheIntervalTouchesZero()
    {
        RatioMoments control = WithG(0.2), treatment = new(50, control.MeanNumerator + 2, 1, 40, 0.9, 2);
        var p = RatioMetric.Compare(control, treatment, Alpha).Value.PValue.Value;
        var touching = RatioMetric.Compare(control, treatment, p).Value;
        Assert.Equal(0, touching.Interval.Low, 1e-6);
    }

    [Fact]
    public void RatioMoments_ImpossibleCovariance_Throws() => Assert.Throws<ArgumentException>(() => new RatioMoments(9, 1, 1, 1, 1, 1.5));

    [Fact]
    [Trait("Kind", "calibration")]
    public void Compare_FewSuccesses_CoversAtItsLevel()
    {
        // Cost per resolved conversation with 60 units and 30 % resolved: g is about .15, where the delta method is too narrow on one side.
        const int seed = 20260103, runs = 3000;
        var random = new Random(seed);
        int covered = 0, given = 0;
        for (var run = 0; run < runs; run++)
        {
            var result = RatioMetric.Compare(CostPerResolved(random, 60, 0.3), CostPerResolved(random, 60, 0.45), Alpha);
            if (!result.IsEstimable) continue;
            given++;
            if (result.Value.Interval.Contains(1 / 0.45 - 1 / 0.3)) covered++;
        }
        Assert.True(given > 0.99 * runs, $"seed {seed}: {given} of {runs} estimable");
        var slack = 4 * Math.Sqrt(0.05 * 0.95 / given) + 0.01;
        Assert.True(Math.Abs((double)covered / given - 0.95) < slack, $"seed {seed}: {covered} of {given} cover");
    }

    private static RatioMoments CostPerResolved(Random random, int units, double rate)
    {
        double[] cost = new double[units], resolved = new double[units];
        for (var i = 0; i < units; i++)
        {
            cost[i] = -Math.Log(1 - random.NextDouble());
            resolved[i] = random.NextDouble() < rate ? 1 : 0;
        }
        return RatioMoments.FromValues(cost, resolved);
    }

    // 50 units, denominator 1 on average, with just the variance that gives this g at alpha = .05.
    private static RatioMoments WithG(double g)
    {
        var variance = g * 50 / (1.959963984540054 * 1.959963984540054);
        return new RatioMoments(50, 3, 1, 4, variance, 0.5 * Math.Sqrt(4 * variance));
    }

    private static double Denominator(double x) => 1 + Math.Abs(x % 7);
}
