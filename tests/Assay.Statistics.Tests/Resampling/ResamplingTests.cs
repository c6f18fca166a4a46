using Assay.Statistics.Tests.Reference;

namespace Assay.Statistics.Tests.Resampling;

public sealed class ResamplingTests
{
    private static readonly ResamplingOptions Options = new(42, 4000);

    [Fact]
    public void Bootstrap_AnyNumberOfThreads_GivesTheSameNumbers()
    {
        double[] control = Sample(1, 40, 0), treatment = Sample(2, 50, 1);
        Assert.Equal(
            Bootstrap.Means(control, treatment, 0.05, Options with { Parallelism = 1 }).Value,
            Bootstrap.Means(control, treatment, 0.05, Options with { Parallelism = 4 }).Value);
        Assert.NotEqual(
            Bootstrap.Means(control, treatment, 0.05, Options).Value, Bootstrap.Means(control, treatment, 0.05, Options with { Seed = 43 }).Value);
        bool[] treated = [.. control.Select(_ => false), .. treatment.Select(_ => true)];
        long[] clusters = [.. Enumerable.Range(0, 90).Select(i => i < 40 ? i / 4L : 100L + i / 5)];
        Assert.Equal(
            PermutationTest.Clusters([.. control, .. treatment], treated, clusters, Options with { Parallelism = 1 }).Value,
            PermutationTest.Clusters([.. control, .. treatment], treated, clusters, Options with { Parallelism = 3 }).Value);
    }

    [Fact]
    public void Bootstrap_Means_HasTheErrorOfTheFormula()
    {
        double[] control = Sample(1, 200, 0), treatment = Sample(2, 300, 1);
        var result = Bootstrap.Means(control, treatment, 0.05, Options).Value;
        var welch = WelchT.Compare(SampleMoments.FromValues(control), SampleMoments.FromValues(treatment), 0.05).Value;
        Oracle.Near(welch.Difference, result.Estimate, 1e-12);
        Oracle.Near(welch.StandardError, result.StandardError, 0.04);
        Assert.Equal(welch.Interval.Low, result.Interval.Low, 0.15 * welch.StandardError);
        Assert.Equal(welch.Interval.High, result.Interval.High, 0.15 * welch.StandardError);
    }

    [Fact]
    public void Bootstrap_StatisticMean_AgreesWithMeans()
    {
        double[] control = Sample(1, 100, 0), treatment = Sample(2, 100, 1);
        Assert.Equal(Bootstrap.Means(control, treatment, 0.05, Options).Value.Estimate, Bootstrap.Statistic(control, treatment, Mean, 0.05, Options).Value.Estimate, 1e-12);
        Assert.Equal(
            Bootstrap.Means(control, treatment, 0.05, Options).Value.Interval.Low, Bootstrap.Statistic(control, treatment, Mean, 0.05, Options).Value.Interval.Low, 0.02);

        static double Mean(Span<double> values)
        {
            double sum = 0;
            foreach (var v in values) sum += v;
            return sum / values.Length;
        }
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void Bootstrap_LawSchoolStyleSkew_BcaLeansToTheTail()
    {
        // For a mean of positively skewed values the accelerated interval lies to the right of the plain one.
        var random = new Random(9);
        double[] skewed = [.. Enumerable.Range(0, 60).Select(_ => Math.Exp(1.2 * Draw.Normal(random)))];
        var result = Bootstrap.Paired(new double[60], skewed, 0.05, Options).Value;
        Assert.True(result.Interval.Low > result.PercentileInterval.Low && result.Interval.High > result.PercentileInterval.High);
    }

    [Fact]
    public void Bootstrap_Clusters_DrawsThemWhole()
    {
        // Ten copies in each cluster: drawing values singly would give an error √10 too small.
        var levels = Sample(3, 40, 0);
        double[] values = [.. levels.SelectMany(l => Enumerable.Repeat(l, 10))];
        bool[] treated = [.. Enumerable.Range(0, 400).Select(i => i >= 200)];
        long[] clusters = [.. Enumerable.Range(0, 400).Select(i => i / 10L)];
        var whole = Bootstrap.Clustered(values, treated, clusters, 0.05, Options).Value;
        var truth = Bootstrap.Means(levels.AsSpan(0, 20), levels.AsSpan(20), 0.05, Options).Value;
        Oracle.Near(truth.StandardError, whole.StandardError, 0.05);
        clusters[399] = 0;
        Assert.Throws<ArgumentException>("clusters", () => Bootstrap.Clustered(values, treated, clusters, 0.05, Options));
    }

    [Fact]
    public void Permutation_SmallSamples_AreCountedInFull()
    {
        // 20 ways to split six values; the one seen and its mirror are the most extreme.
        var result = PermutationTest.Means([1, 2, 3], [10, 11, 12], Options).Value;
        Assert.True(result.Exact);
        Assert.Equal(20, result.Arrangements);
        Oracle.Near(0.1, result.PValue, 1e-12);
        Oracle.Near(0.05, PermutationTest.Means([1, 2, 3], [10, 11, 12], Options, Alternative.Greater).Value.PValue, 1e-12);
        // Fisher's Darwin: 15 pairs of maize, 1,726 of 2^15 sums at least as large.
        double[] darwin = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
        Oracle.Near(1726 / 32768.0, PermutationTest.Paired(new double[15], darwin, new ResamplingOptions(1, 40_000)).Value.PValue, 1e-12);
    }

    [Fact]
    public void Permutation_Drawn_AgreesWithTheCountInFull()
    {
        double[] control = Sample(4, 9, 0), treatment = Sample(5, 9, 0.8);
        var exact = PermutationTest.Means(control, treatment, new ResamplingOptions(1, 50_000)).Value;
        var drawn = PermutationTest.Means(control, treatment, new ResamplingOptions(1, 40_000)).Value;
        Assert.True(exact.Exact && !drawn.Exact);
        Assert.Equal(exact.PValue, drawn.PValue, 5 * Math.Sqrt(exact.PValue / 40_000));
    }

    [Fact]
    [Trait("Kind", "calibration")]
    public void Permutation_Null_NeverRejectsTooOften()
    {
        const int runs = 1000;
        var random = new Random(17);
        var rejected = 0;
        for (var run = 0; run < runs; run++)
        {
            double[] control = [.. Enumerable.Range(0, 5).Select(_ => Math.Exp(2 * Draw.Normal(random)))], treatment = [.. Enumerable.Range(0, 6).Select(_ => Math.Exp(2 * Draw.Normal(random)))];
            if (PermutationTest.Means(control, treatment, new ResamplingOptions(run, 500)).Value.PValue <= 0.05) rejected++;
        }
        // 1 − 1e-4 quantile of binomial(1000, .05).
        Assert.InRange(rejected, 20, 77);
    }

    [Fact]
    [Trait("Kind", "calibration")]
    [Trait("Tier", "slow")]
    public void Bootstrap_SkewedMeans_CoverTheirPromise()
    {
        const int runs = 2000;
        var random = new Random(23);
        var covered = 0;
        for (var run = 0; run < runs; run++)
        {
            double[] control = Exponential(random, 60), treatment = Exponential(random, 60);
            if (Bootstrap.Means(control, treatment, 0.05, new ResamplingOptions(run, 1000)).Value.Interval.Contains(0)) covered++;
        }
        Assert.InRange(covered / (double)runs, 0.925, 0.97);

        static double[] Exponential(Random random, int n) => [.. Enumerable.Range(0, n).Select(_ => -Math.Log(1 - random.NextDouble()))];
    }

    [Fact]
    public void BadInput_IsRefusedOrExplained()
    {
        Assert.Contains("same value", Bootstrap.Means([1, 1], [1, 1], 0.05, Options).Reason, StringComparison.Ordinal);
        Assert.Contains("at least 2 units", Bootstrap.Means([1], [1, 2], 0.05, Options).Reason, StringComparison.Ordinal);
        Assert.Contains("no finite value", Bootstrap.Statistic([1, 2], [3, 4], _ => double.NaN, 0.05, Options).Reason, StringComparison.Ordinal);
        Assert.Contains("alike", PermutationTest.Means([1, 1], [1], Options).Reason, StringComparison.Ordinal);
        Assert.Contains("no pair", PermutationTest.Paired([1, 1], [1, 1], Options).Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.Means([1, 2], [1, 2], 0.05, Options with { Resamples = 10 }));
        Assert.Throws<ArgumentException>(() => PermutationTest.Means([double.NaN], [1], Options));
    }

    private static double[] Sample(int seed, int n, double mean)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, n).Select(_ => mean + Draw.Normal(random))];
    }
}
