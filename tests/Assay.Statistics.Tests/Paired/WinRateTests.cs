using Assay.Statistics.Tests.Reference;

namespace Assay.Statistics.Tests.Paired;

public sealed class WinRateTests
{
    [Fact]
    public void Estimate_FourWinsAndATie_IsNinetyPercentAndTellsNothing()
    {
        var result = WinRate.Estimate(4, 0, 1, 0.05).Value;
        Assert.Equal(0.9, result.Rate, 1e-12);
        Assert.True(result.IsExact);
        Assert.InRange(result.Interval.Low, 0.3, 0.5);
        Oracle.Near(2.0 / 16, result.PValue.Value, 1e-12);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(14)]
    [Trait("Kind", "calibration")]
    public void Estimate_EveryOutcomeOfSmallSamples_IsCoveredAsOftenAsSaid(int n)
    {
        var intervals = new Dictionary<(int, int), Interval>();
        for (var w = 0; w <= n; w++)
            for (var l = 0; w + l <= n; l++) intervals[(w, l)] = WinRate.Estimate(w, l, n - w - l, 0.1).Value.NetInterval;
        var worst = 1.0;
        for (var win = 0.025; win < 1; win += 0.05)
            for (var loss = 0.025; win + loss < 1; loss += 0.05)
            {
                double covered = 0;
                foreach (var ((w, l), interval) in intervals)
                    if (interval.Low <= win - loss + 1e-9 && interval.High >= win - loss - 1e-9) covered += Multinomial(n, w, l, win, loss);
                worst = Math.Min(worst, covered);
            }
        Assert.InRange(worst, 0.9 - 1e-6, 0.999);
    }

    [Fact]
    public void Estimate_ManyCases_IsTangosScore()
    {
        // The limits are where (w − l − nΔ)² = z² n (2q + Δ − Δ²), q the positive root of 2nq² − (w + l − (2n − w + l)Δ)q − lΔ(1 − Δ).
        double w = 40, l = 20, n = 100;
        var result = WinRate.Estimate(40, 20, 40, 0.05).Value;
        Assert.False(result.IsExact);
        foreach (var delta in (double[])[result.NetInterval.Low, result.NetInterval.High])
        {
            double b = w + l - (2 * n - w + l) * delta, q = (b + Math.Sqrt(b * b + 8 * n * l * delta * (1 - delta))) / (4 * n);
            var z = Math.Abs(w - l - n * delta) / Math.Sqrt(n * (2 * q + delta - delta * delta));
            Oracle.Near(StandardNormal.Critical(0.05), z, 1e-9);
        }
        Assert.InRange(result.Interval.Low, 0.5, 0.6);
    }

    [Fact]
    public void Estimate_SidesChanged_IsMirrored()
    {
        foreach (var (w, l, t) in ((long, long, long)[])[(3, 1, 4), (0, 7, 2), (60, 12, 5), (0, 0, 8)])
        {
            WinRateEstimate one = WinRate.Estimate(w, l, t, 0.05).Value, other = WinRate.Estimate(l, w, t, 0.05).Value;
            Oracle.Near(1 - one.Rate, other.Rate, 1e-12);
            Oracle.Near(1 - one.Interval.Low, other.Interval.High, 1e-9);
            Assert.True(one.Interval.Contains(one.Rate));
        }
        Assert.False(WinRate.Estimate(0, 0, 8, 0.05).Value.PValue.IsEstimable);
        Assert.Contains("no cases", WinRate.Estimate(0, 0, 0, 0.05).Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => WinRate.Estimate(-1, 0, 0, 0.05));
    }

    private static double Multinomial(int n, int w, int l, double win, double loss)
    {
        double ways = 1;
        for (var i = 1; i <= w; i++) ways *= (n - w + i) / (double)i;
        for (var i = 1; i <= l; i++) ways *= (n - w - l + i) / (double)i;
        return ways * Math.Pow(win, w) * Math.Pow(loss, l) * Math.Pow(1 - win - loss, n - w - l);
    }
}
