using Assay.Statistics.Tests.Reference;

namespace Assay.Statistics.Tests.Sequential.AlwaysValid;

public sealed class SequentialSampleRatioTests
{
    [Fact]
    [Trait("Kind", "reference")]
    public void Test_PublishedCounts_Agree() =>
        Oracle.Rounded(0.07486, SequentialSampleRatio.Test([156, 212], [1, 1]).Value.PValue, 5);

    [Fact]
    [Trait("Kind", "property")]
    public void Test_SumOverAllCounts_IsOneInMean()
    {
        double mean = 0, chance = Math.Pow(0.3, 30);
        for (var n = 0; n <= 30; n++)
        {
            mean += chance * SequentialSampleRatio.Test([n, 30 - n], [0.7, 0.3]).Value.Evidence.Value;
            chance *= (30.0 - n) / (n + 1) * (0.7 / 0.3);
        }
        Assert.Equal(1, mean, 1e-11);
    }

    [Fact]
    [Trait("Kind", "calibration")]
    public void Test_AfterEveryOfAThousandUnits_AlarmsNoMoreOftenThanAlpha()
    {
        // Every path, by carrying the chance of each count that has not alarmed.
        const double alpha = 0.05;
        double[] alive = [1];
        double alarmed = 0;
        for (var n = 1; n <= 1000; n++)
        {
            var next = new double[n + 1];
            for (var k = 0; k < alive.Length; k++)
            {
                next[k] += alive[k] / 2;
                next[k + 1] += alive[k] / 2;
            }
            for (var k = 0; k <= n; k++)
            {
                if (next[k] == 0 || SequentialSampleRatio.Test([k, n - k], [1, 1]).Value.PValue > alpha) continue;
                alarmed += next[k];
                next[k] = 0;
            }
            alive = next;
        }
        Assert.InRange(alarmed, 0.01, alpha);
    }

    [Fact]
    public void Test_RunningMinimum_NeverRises()
    {
        var first = SequentialSampleRatio.Test([100, 160], [1, 1]).Value;
        var second = SequentialSampleRatio.Test([500, 560], [1, 1], smallestPValue: first.PValue).Value;
        Assert.True(second.Evidence.PValue > first.PValue);
        Assert.Equal(first.PValue, second.PValue);
    }

    [Fact]
    public void Test_BillionUnits_KeepsItsDigits()
    {
        // At the weights exactly, with a = 50 each, 1 / BF tends to √(N π / 2) · 2^(1 − 100) … : the closed form of log Γ by Stirling, all large parts gone.
        var balanced = SequentialSampleRatio.Test([500_000_000, 500_000_000], [1, 1]).Value.Evidence.Log;
        var quarter = SequentialSampleRatio.Test([125_000_000, 125_000_000], [1, 1]).Value.Evidence.Log;
        Assert.Equal(-0.5 * Math.Log(4), balanced - quarter, 1e-6);
        var off = SequentialSampleRatio.Test([500_100_000, 499_900_000], [1, 1]).Value.Evidence.Log;
        // 2 · 10^5² / 10^9 more: the Gaussian exponent of a deviation of 10^5.
        Assert.Equal(20, off - balanced, 1e-4);
    }

    [Fact]
    public void Test_DegenerateAndMisuse()
    {
        Assert.False(SequentialSampleRatio.Test([0, 0], [1, 1]).IsEstimable);
        Assert.False(SequentialSampleRatio.Test([10, 0], [1, 0]).IsEstimable);
        Assert.Equal(SequentialSampleRatio.Test([10, 20], [1, 1]).Value.PValue, SequentialSampleRatio.Test([10, 5, 20], [2, 0, 2]).Value.PValue);
        Assert.Throws<ArgumentException>("observed", () => SequentialSampleRatio.Test([1], [1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>("observed", () => SequentialSampleRatio.Test([-1, 1], [1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>("concentration", () => SequentialSampleRatio.Test([1, 1], [1, 1], 0));
        Assert.Throws<ArgumentOutOfRangeException>("smallestPValue", () => SequentialSampleRatio.Test([1, 1], [1, 1], 100, double.NaN));
    }
}
