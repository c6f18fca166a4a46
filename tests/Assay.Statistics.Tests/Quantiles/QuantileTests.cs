using FsCheck;
using FsCheck.Fluent;

namespace Assay.Statistics.Tests.Quantiles;

public sealed class QuantileTests
{
    private const double Alpha = 0.05;

    [Fact]
    public void FromValues_HandComputedCase_Agrees()
    {
        // 20 events in 10 units of 2; the median is the 10th value. Unit j has 2j − 1 and 2j, so k_j is 2 for five units and 0 for five:
        // F = ½, e = ±1, SE = √(10/9 · 10)/20 = 1/6; ends at .5 ± 1.96/6 are ranks ⌈3.467⌉ = 4 and ⌈16.533⌉ = 17.
        double[] values = [.. Enumerable.Range(1, 20).Select(i => (double)i)];
        long[] units = [.. Enumerable.Range(1, 20).Select(i => (i + 1L) / 2)];
        var result = QuantileInterval.FromValues(values, units, 0.5, Alpha).Value;
        Assert.Equal((10, 4, 17), (result.Estimate, result.Low, result.High));
        Assert.Equal((20, 10), (result.Events, result.Units));
        Assert.Equal(1.959963984540054, result.IntervalZ, 1e-14);
    }

    [Theory]
    [InlineData(20, 0.95, 19)]
    [InlineData(20, 0.951, 20)]
    [InlineData(1, 0.01, 1)]
    [InlineData(100, 0.07, 7)]
    [InlineData(3, 5, 3)]
    [InlineData(3, -1, 1)]
    public void Rank_Products_AreNotMovedByRounding(long n, double probability, long rank) => Assert.Equal(rank, QuantileInterval.Rank(n, probability));

    [Fact]
    [Trait("Kind", "property")]
    public void FromValues_Shuffled_GivesTheSame() => Prop.ForAll(Draw.Values(30), values =>
    {
        long[] units = [.. values.Select((_, i) => i / 2L)];
        var order = Enumerable.Range(0, values.Length).ToArray();
        new Random(values.Length).Shuffle(order);
        Estimated<QuantileMoments> plain = QuantileInterval.FromValues(values, units, 0.5, Alpha),
            shuffled = QuantileInterval.FromValues([.. order.Select(i => values[i])], [.. order.Select(i => units[i])], 0.5, Alpha);
        return plain.Equals(shuffled);
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Kind", "property")]
    public void FromValues_EveryUnitRepeated_WidensNothingButCountsNothingTwice() => Prop.ForAll(Draw.Values(30), values =>
    {
        // Copying every event within its unit adds no information: the interval must stay, where independent events would shrink it.
        long[] units = [.. values.Select((_, i) => (long)i)];
        Estimated<QuantileMoments> once = QuantileInterval.FromValues(values, units, 0.4, Alpha),
            thrice = QuantileInterval.FromValues([.. values, .. values, .. values], [.. units, .. units, .. units], 0.4, Alpha);
        return once.IsEstimable == thrice.IsEstimable
            && (!once.IsEstimable || (once.Value.Estimate, once.Value.Low, once.Value.High) == (thrice.Value.Estimate, thrice.Value.Low, thrice.Value.High));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void FromValues_FewUnits_IsNotEstimable()
    {
        double[] values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        long[] units = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], one = new long[10];
        Assert.False(QuantileInterval.FromValues(values, units, 0.95, Alpha).IsEstimable);
        Assert.Contains("largest", QuantileInterval.FromValues(values, units, 0.9, Alpha).Reason, StringComparison.Ordinal);
        Assert.Contains("at least 2 units", QuantileInterval.FromValues(values, one, 0.5, Alpha).Reason, StringComparison.Ordinal);
        Assert.Contains("no events", QuantileInterval.FromValues([], [], 0.5, Alpha).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void FromValues_NaN_Throws() =>
        Assert.Throws<ArgumentException>(() => QuantileInterval.FromValues([1, double.NaN], [1, 2], 0.5, Alpha));

    [Fact]
    public void Compare_FailuresInTheTail_IsNotEstimable()
    {
        double[] values = [.. Enumerable.Range(1, 1000).Select(i => i > 930 ? double.PositiveInfinity : i)];
        long[] units = [.. Enumerable.Range(1, 1000).Select(i => (long)i)];
        Assert.Contains("so many events failed", QuantileInterval.FromValues(values, units, 0.95, Alpha).Reason, StringComparison.Ordinal);
        var sound = QuantileInterval.FromValues([.. Enumerable.Range(1, 1000).Select(i => (double)i)], units, 0.95, Alpha).Value;
        QuantileMoments failing = new(0.95, 1000, 1000, double.PositiveInfinity, 940, double.PositiveInfinity, 1.96);
        Assert.Contains("treatment: so many events failed", QuantileDifference.Compare(sound, failing, Alpha).Reason, StringComparison.Ordinal);
        // Here the quantile itself is finite, but its upper end is a failure.
        double[] some = [.. Enumerable.Range(1, 1000).Select(i => i > 955 ? double.PositiveInfinity : i)];
        Assert.Contains("no finite end", QuantileDifference.Compare(QuantileInterval.FromValues(some, units, 0.95, Alpha).Value, sound, Alpha).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_TwoArms_CombinesTheStandardErrors()
    {
        var result = QuantileDifference.Compare(new(0.95, 100, 50, 2.1, 1.9, 2.4, 2), new(0.95, 100, 50, 2.3, 2.1, 2.5, 2), Alpha).Value;
        var standardError = Math.Sqrt(0.125 * 0.125 + 0.1 * 0.1);
        Assert.Equal(0.2, result.Difference, 1e-14);
        Assert.Equal(standardError, result.StandardError, 1e-14);
        Assert.Equal(StandardNormal.TwoSidedTail(0.2 / standardError), result.PValue, 1e-12);
    }

    [Fact]
    public void Compare_DifferentQuantiles_Throws() => Assert.Throws<ArgumentException>(
        () => QuantileDifference.Compare(new(0.95, 9, 9, 2, 1, 3, 2), new(0.9, 9, 9, 2, 1, 3, 2), Alpha));

    [Fact]
    [Trait("Kind", "calibration")]
    public void FromValues_EventsThatClusterInUnits_CoversAtItsLevel()
    {
        const int seed = 20260104, runs = 1500, units = 200;
        // Latency = unit's own level + noise, 1 to 8 events a unit: P90 of the whole by simulation of one large sample.
        var random = new Random(seed);
        var (large, _) = Events(random, 150_000);
        Array.Sort(large);
        var truth = large[(int)QuantileInterval.Rank(large.Length, 0.9) - 1];
        int covered = 0, naive = 0;
        for (var run = 0; run < runs; run++)
        {
            var (values, ids) = Events(random, units);
            var result = QuantileInterval.FromValues(values, ids, 0.9, Alpha).Value;
            if (result.Low <= truth && truth <= result.High) covered++;
            var independent = QuantileInterval.FromValues(values, [.. Enumerable.Range(0, values.Length).Select(i => (long)i)], 0.9, Alpha).Value;
            if (independent.Low <= truth && truth <= independent.High) naive++;
        }
        var slack = 4 * Math.Sqrt(0.05 * 0.95 / runs) + 0.01;
        Assert.True(Math.Abs((double)covered / runs - 0.95) < slack, $"seed {seed}: {covered} of {runs} cover");
        Assert.True(naive < covered - 0.05 * runs, $"seed {seed}: taking events as independent covers {naive}, so the test cannot tell");
    }

    private static (double[] Values, long[] Units) Events(Random random, int units)
    {
        var values = new List<double>();
        var ids = new List<long>();
        for (var unit = 0; unit < units; unit++)
        {
            var level = Draw.Normal(random);
            for (var n = random.Next(1, 9); n > 0; n--)
            {
                values.Add(level + 0.5 * Draw.Normal(random));
                ids.Add(unit);
            }
        }
        return ([.. values], [.. ids]);
    }
}
