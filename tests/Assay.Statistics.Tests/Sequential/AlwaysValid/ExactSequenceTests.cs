using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics;

namespace Assay.Statistics.Tests.Sequential.AlwaysValid;

/// <summary>The sequences that are exact at small n: one rate, and a quantile.</summary>
public sealed class ExactSequenceTests
{
    [Theory]
    [Trait("Kind", "reference")]
    [InlineData(7, 20)]
    [InlineData(0, 30)]
    [InlineData(30, 30)]
    [InlineData(2100, 100_000)]
    public void Proportion_EndsOfTheInterval_SolveTheDefinition(long successes, long trials)
    {
        var interval = ProportionConfidenceSequence.Of(new(successes, trials), 0.04);
        foreach (var p in new[] { interval.Low, interval.High })
        {
            if (p is 0 or 1) continue;
            var log = SpecialFunctions.BetaLn(successes + 0.5, trials - successes + 0.5) - SpecialFunctions.BetaLn(0.5, 0.5)
                - successes * Math.Log(p) - (trials - successes) * Math.Log(1 - p);
            Assert.Equal(-Math.Log(0.04), log, 1e-6);
        }
        Assert.Equal(successes == 0, interval.Low == 0);
        Assert.Equal(successes == trials, interval.High == 1);
        Assert.True(interval.Contains((double)successes / trials));
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void Proportion_MillionTrials_AgreesWithFiftyDigitArithmetic()
    {
        var interval = ProportionConfidenceSequence.Of(new(21_000, 1_000_000), 0.04);
        Assert.Equal(0.020354163599823408, interval.Low, 1e-14);
        Assert.Equal(0.021659059679220553, interval.High, 1e-14);
    }

    [Fact]
    public void Proportion_NoTrials_IsAnything() => Assert.Equal(new Interval(0, 1), ProportionConfidenceSequence.Of(new(0, 0)));

    [Theory]
    [Trait("Kind", "calibration")]
    [InlineData(0.5)]
    [InlineData(0.02)]
    public void Proportion_LookedAtAfterEveryUnit_MissesNoMoreOftenThanAlpha(double rate)
    {
        const double alpha = 0.1;
        Assert.InRange(EverMissed(300, rate, (k, n) => ProportionConfidenceSequence.Of(new(k, n), alpha).Contains(rate)), 0.005, alpha);
    }

    [Theory]
    [Trait("Kind", "calibration")]
    [InlineData(0.5)]
    [InlineData(0.95)]
    public void Quantile_LookedAtAfterEveryValue_MissesNoMoreOftenThanAlpha(double quantile)
    {
        // k values lie at or below the quantile; the interval misses it when k is below the low rank, or at or above the high one.
        const double alpha = 0.1;
        var missed = EverMissed(400, quantile, (k, n) =>
        {
            var (low, high) = QuantileConfidenceSequence.Ranks(n, quantile, alpha, 200);
            return k >= low && k < high;
        });
        Assert.InRange(missed, 0.005, alpha);
    }

    [Fact]
    public void Quantile_Values_GiveTheOrderStatistics()
    {
        double[] values = [.. Enumerable.Range(1, 1000).Select(i => (double)i)];
        var (low, high) = QuantileConfidenceSequence.Ranks(1000, 0.95, 0.05, 1000);
        Assert.Equal(new Interval(low, high), QuantileConfidenceSequence.Of(values, 0.95, 0.05, 1000));
        Assert.InRange(low, 915, 935);
        Assert.InRange(high, 965, 985);
        // Wider than an interval for one look, narrower than twice as wide.
        var fixedHalf = 1.96 * Math.Sqrt(1000 * 0.95 * 0.05);
        Assert.InRange((high - low) / 2.0, fixedHalf, 2 * fixedHalf);
    }

    [Fact]
    public void Quantile_TooFewValuesOrFailures_HasAnOpenEnd()
    {
        Assert.Equal(new Interval(double.NegativeInfinity, double.PositiveInfinity), QuantileConfidenceSequence.Of([], 0.5, 0.05, 100));
        Assert.Equal(double.PositiveInfinity, QuantileConfidenceSequence.Of([1, 2, 3, 4, 5], 0.95, 0.05, 100).High);
        double[] half = [.. Enumerable.Range(1, 500).Select(i => (double)i), .. Enumerable.Repeat(double.PositiveInfinity, 500)];
        Assert.Equal(double.PositiveInfinity, QuantileConfidenceSequence.Of(half, 0.5, 0.05, 1000).High);
        Assert.False(QuantileConfidenceSequence.Difference([1, 2], [1, 2], 0.95, 0.05, 100).IsEstimable);
    }

    [Fact]
    public void Quantile_Difference_IsBuiltOfTheArms()
    {
        double[] control = [.. Enumerable.Range(1, 800).Select(i => (double)i)], treatment = [.. control.Select(x => x + 300)];
        var difference = QuantileConfidenceSequence.Difference(control, treatment, 0.5, 0.05, 800).Value;
        var own = QuantileConfidenceSequence.Of(control, 0.5, 0.025, 800);
        Assert.Equal(new Interval(300 + own.Low - own.High, 300 + own.High - own.Low), difference);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Ranks_AnySize_HoldTheOwnQuantileAndNarrowWithAlpha() => Prop.ForAll(
        Gen.Choose(1, 100_000).ToArbitrary(), Gen.Choose(1, 99).ToArbitrary(), (n, percent) =>
    {
        var ((low, high), (wideLow, wideHigh)) = (QuantileConfidenceSequence.Ranks(n, percent / 100.0, 0.1, 5000), QuantileConfidenceSequence.Ranks(n, percent / 100.0, 0.01, 5000));
        return low <= n * percent / 100.0 && high >= n * percent / 100.0 && wideHigh - wideLow >= (high - low) * 0.9 && low >= 0 && high <= n + 1;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Sequences_Misuse_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => ProportionConfidenceSequence.Of(new(1, 2), 0));
        Assert.Throws<ArgumentOutOfRangeException>("quantile", () => QuantileConfidenceSequence.Ranks(5, 1, 0.05, 100));
        Assert.Throws<ArgumentOutOfRangeException>("n", () => QuantileConfidenceSequence.Ranks(-1, 0.5, 0.05, 100));
        Assert.Throws<ArgumentException>("sorted", () => QuantileConfidenceSequence.Of([2, 1], 0.5, 0.05, 100));
        Assert.Throws<ArgumentException>("sorted", () => QuantileConfidenceSequence.Of([1, double.NaN], 0.5, 0.05, 100));
    }

    /// <summary>Chance that a binomial path is ever refused, over all paths.</summary>
    private static double EverMissed(int units, double rate, Func<int, int, bool> accepts)
    {
        double[] alive = [1];
        double missed = 0;
        for (var n = 1; n <= units; n++)
        {
            var next = new double[n + 1];
            for (var k = 0; k < alive.Length; k++)
            {
                next[k] += alive[k] * (1 - rate);
                next[k + 1] += alive[k] * rate;
            }
            for (var k = 0; k <= n; k++)
            {
                if (next[k] < 1e-14 || accepts(k, n)) continue;
                missed += next[k];
                next[k] = 0;
            }
            alive = next;
        }
        return missed;
    }
}
