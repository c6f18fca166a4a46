namespace Assay.Statistics.Tests.Sequential.AlwaysValid;

public sealed class BernoulliEProcessTests
{
    [Theory]
    [Trait("Kind", "property")]
    [InlineData(0.5, 0.5, Alternative.TwoSided)]
    [InlineData(0.02, 0.5, Alternative.Greater)]
    [InlineData(0.2, 0.3, Alternative.Less)]
    public void Of_NoDifference_HasMeanOneAtEveryTimeWhateverTheRate(double rate, double share, Alternative alternative)
    {
        // The plan expects .1; the truth is something else.
        var process = new BernoulliEProcess(0.1, 0.05, share, alternative);
        foreach (var n in new[] { 1, 2, 7, 20 }) Assert.Equal(1, Mean(process, n, rate, rate, share), 1e-12);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Of_OneSidedOnTheOtherSide_HasMeanBelowOne()
    {
        var process = new BernoulliEProcess(0.3, 0.1, 0.5, Alternative.Greater);
        Assert.True(Mean(process, 15, 0.4, 0.3, 0.5) < 1);
        Assert.True(Mean(process, 15, 0.3, 0.5, 0.5) > 1);
    }

    [Theory]
    [Trait("Kind", "calibration")]
    [InlineData(0.5)]
    [InlineData(0.05)]
    public void Of_LookedAtAfterEveryUnit_CrossesNoMoreOftenThanAlpha(double rate)
    {
        // All paths of 40 units, exactly: cells are (control successes, control failures, treatment successes, treatment failures).
        const int units = 40;
        const double alpha = 0.2;
        var process = new BernoulliEProcess(0.3, 0.3);
        var alive = new Dictionary<(int, int, int, int), double> { [(0, 0, 0, 0)] = 1 };
        double crossed = 0;
        for (var n = 1; n <= units; n++)
        {
            var next = new Dictionary<(int, int, int, int), double>();
            foreach (var ((cs, cf, ts, tf), mass) in alive)
            {
                Add((cs + 1, cf, ts, tf), mass * rate / 2);
                Add((cs, cf + 1, ts, tf), mass * (1 - rate) / 2);
                Add((cs, cf, ts + 1, tf), mass * rate / 2);
                Add((cs, cf, ts, tf + 1), mass * (1 - rate) / 2);
            }
            alive = [];
            foreach (var ((cs, cf, ts, tf), mass) in next)
            {
                if (process.Of(new(cs, cs + cf), new(ts, ts + tf)).PValue <= alpha) crossed += mass;
                else alive[(cs, cf, ts, tf)] = mass;
            }

            void Add((int, int, int, int) cell, double mass) => next[cell] = next.GetValueOrDefault(cell) + mass;
        }
        Assert.InRange(crossed, rate == 0.5 ? 0.02 : 0, alpha);
    }

    [Fact]
    public void Of_HarmAtTwiceTheRate_IsFoundInTimeAndOnlyOnItsSide()
    {
        Proportion control = new(60, 3000), treatment = new(120, 3000);
        Assert.True(new BernoulliEProcess(0.02, 0.01, 0.5, Alternative.Greater).Of(control, treatment).PValue < 1e-3);
        Assert.Equal(1, new BernoulliEProcess(0.02, 0.01, 0.5, Alternative.Less).Of(control, treatment).PValue);
        // As sharp as an asymptotic sequence tuned for this very sample, within a factor.
        var asymptotic = AsymptoticConfidenceSequence.Compare(control.ToMoments(), treatment.ToMoments(), 0.05, 6000, Alternative.Greater).Value.PValue;
        Assert.True(new BernoulliEProcess(0.02, 0.01, 0.5, Alternative.Greater).Of(control, treatment).PValue < 4 * asymptotic);
    }

    [Fact]
    public void Of_NoDataAndHugeCounts_StaysFinite()
    {
        var process = new BernoulliEProcess(0.02, 0.01);
        Assert.Equal(0, process.Of(new(0, 0), new(0, 0)).Log, 1e-14);
        var e = process.Of(new(20_000_000, 1_000_000_000), new(20_100_000, 1_000_000_000));
        // A hundredth of the effect that one cares about, at z = 16.
        Assert.InRange(e.Log, 100, 16 * 16 / 2);
        Assert.Equal(0, process.Of(new(0, 1_000_000_000), new(1_000_000_000, 1_000_000_000)).PValue);
    }

    [Fact]
    public void BernoulliEProcess_Misuse_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>("baseline", () => new BernoulliEProcess(0, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>("effect", () => new BernoulliEProcess(0.1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("treatmentShare", () => new BernoulliEProcess(0.1, 0.1, 1));
    }

    private static double Mean(BernoulliEProcess process, int n, double control, double treatment, double share)
    {
        double mean = 0;
        double[] cells = [(1 - share) * control, (1 - share) * (1 - control), share * treatment, share * (1 - treatment)];
        for (var a = 0; a <= n; a++)
        {
            for (var b = 0; a + b <= n; b++)
            {
                for (var c = 0; a + b + c <= n; c++)
                {
                    var d = n - a - b - c;
                    var chance = Multinomial(a, b, c, d) * Math.Pow(cells[0], a) * Math.Pow(cells[1], b) * Math.Pow(cells[2], c) * Math.Pow(cells[3], d);
                    mean += chance * process.Of(new(a, a + b), new(c, c + d)).Value;
                }
            }
        }
        return mean;
    }

    private static double Multinomial(params ReadOnlySpan<int> counts)
    {
        double result = 1;
        var total = 0;
        foreach (var count in counts)
            for (var i = 1; i <= count; i++) result *= (double)++total / i;
        return result;
    }
}
