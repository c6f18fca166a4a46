namespace Assay.Statistics.Tests.Planning;

/// <summary>The tests that reports run reach the power that was planned, where the plan rests on an approximation.</summary>
[Trait("Kind", "calibration")]
[Trait("Tier", "slow")]
public sealed class PlannedPowerTests
{
    private const int Runs = 2000;

    [Fact]
    public void Ratio_SimulatedAtThePlannedSize_HasThePlannedPower()
    {
        const int seed = 20260713;
        var random = new Random(seed);
        var pilot = Ratios(random, 200_000, 0);
        var variance = UnitVariance.OfRatio(pilot).Value;
        var n = (int)NormalSampleSize.For(variance, variance, 0.05).Control;
        var found = 0;
        for (var run = 0; run < Runs; run++)
            if (RatioMetric.Compare(Ratios(random, n, 0), Ratios(random, n, 0.05), 0.05).Value.PValue is { IsEstimable: true, Value: <= 0.05 }) found++;
        Check(found, seed);
    }

    [Fact]
    public void Quantile_SimulatedAtThePlannedSize_HasThePlannedPower()
    {
        const int seed = 20260714;
        var random = new Random(seed);
        // Exponential: the density at its 90th percentile is .1.
        var variance = UnitVariance.OfQuantile(0.9, 0.1);
        var n = (int)NormalSampleSize.For(variance, variance, 0.4).Control;
        var found = 0;
        for (var run = 0; run < Runs; run++)
            if (QuantileDifference.Compare(Quantile(random, n, 0), Quantile(random, n, 0.4), 0.05) is { IsEstimable: true, Value.PValue: <= 0.05 }) found++;
        Check(found, seed, slack: 0.03);
    }

    [Fact]
    public void Clustered_SimulatedAtThePlannedSize_HasThePlannedPower()
    {
        const int seed = 20260715;
        var random = new Random(seed);
        // Sizes 2 and 8 in equal numbers: mean 5, variation .6.
        var variance = UnitVariance.Clustered(1, 0.2, 5, 0.6);
        var clusters = (int)Math.Ceiling(NormalSampleSize.For(variance, variance, 0.25).ControlExact / 5);
        var found = 0;
        for (var run = 0; run < Runs; run++)
            if (RatioMetric.Compare(Clusters(random, clusters, 0), Clusters(random, clusters, 0.25), 0.05).Value.PValue is { IsEstimable: true, Value: <= 0.05 }) found++;
        Check(found, seed);
    }

    private static void Check(int found, int seed, double slack = 0.01) =>
        Assert.True(Math.Abs((double)found / Runs - 0.8) < 4 * Math.Sqrt(0.16 / Runs) + slack, $"seed {seed}: {found} of {Runs}");

    private static RatioMoments Ratios(Random random, int n, double effect)
    {
        double[] y = new double[n], x = new double[n];
        for (var i = 0; i < n; i++)
        {
            x[i] = 1 + random.Next(5);
            y[i] = x[i] * (1 + effect + 0.3 * Draw.Normal(random)) + 0.5 * Draw.Normal(random);
        }
        return RatioMoments.FromValues(y, x);
    }

    private static QuantileMoments Quantile(Random random, int n, double shift)
    {
        var values = new double[n];
        long[] units = [.. Enumerable.Range(0, n)];
        for (var i = 0; i < n; i++) values[i] = shift - Math.Log(1 - random.NextDouble());
        return QuantileInterval.FromValues(values, units, 0.9, 0.05).Value;
    }

    private static RatioMoments Clusters(Random random, int clusters, double effect)
    {
        double[] sums = new double[clusters], sizes = new double[clusters];
        for (var i = 0; i < clusters; i++)
        {
            sizes[i] = random.Next(2) == 0 ? 2 : 8;
            var own = Math.Sqrt(0.2) * Draw.Normal(random);
            for (var k = 0; k < sizes[i]; k++) sums[i] += effect + own + Math.Sqrt(0.8) * Draw.Normal(random);
        }
        return RatioMoments.FromValues(sums, sizes);
    }
}
