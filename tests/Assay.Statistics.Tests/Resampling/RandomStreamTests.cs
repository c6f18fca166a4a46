namespace Assay.Statistics.Tests.Resampling;

[Trait("Kind", "calibration")]
public sealed class RandomStreamTests
{
    private const int Seed = 20260601, Draws = 200_000;

    [Theory]
    [InlineData(40, 0.02)]
    [InlineData(143, 0.6)]
    [InlineData(143, 0.05)]
    [InlineData(100, 0.1)]
    [InlineData(30, 0.97)]
    [InlineData(2000, 0.5)]
    [InlineData(1_000_000, 0.00002)]
    public void Binomial_ManyDraws_FollowTheDistribution(long n, double p)
    {
        var random = new RandomStream(Seed, 0);
        var counts = new Dictionary<long, int>();
        for (var i = 0; i < Draws; i++)
        {
            var k = random.Binomial(n, p);
            counts[k] = counts.GetValueOrDefault(k) + 1;
        }
        double statistic = 0, restExpected = 0;
        int restSeen = 0, cells = 0;
        for (long k = 0; k <= n; k++)
        {
            double expected = Draws * Probability(n, p, k);
            var seen = counts.GetValueOrDefault(k);
            if (expected < 20) (restExpected, restSeen) = (restExpected + expected, restSeen + seen);
            else (statistic, cells) = (statistic + (seen - expected) * (seen - expected) / expected, cells + 1);
        }
        if (restExpected > 0) (statistic, cells) = (statistic + (restSeen - restExpected) * (restSeen - restExpected) / restExpected, cells + 1);
        var pValue = SampleRatio.ChiSquareTail(statistic, cells - 1);
        Assert.True(pValue > 1e-4, FormattableString.Invariant($"seed {Seed}: chi-square {statistic} on {cells - 1}, p = {pValue}"));
    }

    [Fact]
    public void Binomial_Ends_AreCertain()
    {
        var random = new RandomStream(Seed, 1);
        Assert.Equal((0L, 0L, 7L), (random.Binomial(0, 0.5), random.Binomial(7, 0), random.Binomial(7, 1)));
        Assert.Throws<ArgumentOutOfRangeException>("trials", () => new RandomStream(1, 0).Binomial(-1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>("probability", () => new RandomStream(1, 0).Binomial(1, double.NaN));
    }

    [Fact]
    public void Normal_ManyDraws_HaveItsMomentsAndTails()
    {
        var random = new RandomStream(Seed, 2);
        double sum = 0, squares = 0, cubes = 0;
        var beyond = 0;
        for (var i = 0; i < Draws; i++)
        {
            var z = random.Normal();
            (sum, squares, cubes) = (sum + z, squares + z * z, cubes + z * z * z);
            beyond += Math.Abs(z) > 1.959963984540054 ? 1 : 0;
        }
        Assert.InRange(sum / Math.Sqrt(Draws), -4, 4);
        Assert.InRange((squares - Draws) / Math.Sqrt(2.0 * Draws), -4, 4);
        Assert.InRange(cubes / Math.Sqrt(15.0 * Draws), -4, 4);
        Assert.InRange((beyond - 0.05 * Draws) / Math.Sqrt(0.05 * 0.95 * Draws), -4, 4);
    }

    [Theory]
    [InlineData(700)]
    [InlineData(5000)]
    public void Resampler_MeanAndSortedSample_HaveTheBootstrapsDistribution(int n)
    {
        // Any way of drawing with replacement gives means with the variance Σ(x − x̄)²/n² and third moment Σ(x − x̄)³/n³.
        var seeding = new Random(Seed);
        double[] values = [.. Enumerable.Range(0, n).Select(_ => Math.Exp(Draw.Normal(seeding)))];
        Array.Sort(values);
        var resampler = new Resampler(values);
        double mean = values.Average(), variance = values.Sum(v => (v - mean) * (v - mean)) / n / n;
        var random = new RandomStream(Seed, 3);
        var work = resampler.Workspace();
        const int runs = 4000;
        double[] direct = new double[runs], sorted = new double[runs];
        for (var i = 0; i < runs; i++)
        {
            direct[i] = resampler.Mean(ref random);
            var sample = resampler.Sorted(ref random, work);
            Assert.Equal(n, sample.Length);
            double sum = 0;
            for (var j = 0; j < n; j++)
            {
                sum += sample[j];
                if (j > 0 && sample[j] < sample[j - 1]) Assert.Fail("not ascending");
            }
            sorted[i] = sum / n;
        }
        foreach (var drawn in new[] { direct, sorted })
        {
            var moments = SampleMoments.FromValues(drawn);
            Assert.InRange((moments.Mean - mean) / Math.Sqrt(variance / runs), -4, 4);
            Assert.InRange((moments.Variance / variance - 1) / Math.Sqrt(2.0 / runs), -5, 5);
        }
    }

    [Fact]
    public void Resampler_Counts_AreThoseOfDrawsOneByOne()
    {
        // With distinct values the number of values that are never drawn tells blocks of draws from draws one by one: mean n(1 − 1/n)ⁿ, variance near n(e⁻¹ − 2e⁻²).
        const int n = 4096 + 300, runs = 2000;
        var resampler = new Resampler([.. Enumerable.Range(0, n).Select(i => (double)i)]);
        var random = new RandomStream(Seed, 4);
        var work = resampler.Workspace();
        double sum = 0, squares = 0;
        for (var run = 0; run < runs; run++)
        {
            var sample = resampler.Sorted(ref random, work);
            var distinct = 1;
            for (var i = 1; i < n; i++) distinct += sample[i] != sample[i - 1] ? 1 : 0;
            var missing = n - distinct - n * Math.Pow(1 - 1.0 / n, n);
            (sum, squares) = (sum + missing, squares + missing * missing);
        }
        var variance = n * (Math.Exp(-1) - 2 * Math.Exp(-2));
        Assert.InRange(sum / Math.Sqrt(runs * variance), -4, 4);
        Assert.InRange((squares / runs / variance - 1) / Math.Sqrt(2.0 / runs), -5, 5);
    }

    private static double Probability(long n, double p, long k) => Math.Exp(
        MathNet.Numerics.SpecialFunctions.GammaLn(n + 1) - MathNet.Numerics.SpecialFunctions.GammaLn(k + 1) - MathNet.Numerics.SpecialFunctions.GammaLn(n - k + 1)
        + k * Math.Log(p) + (n - k) * NearOne.Log1p(-p));
}
