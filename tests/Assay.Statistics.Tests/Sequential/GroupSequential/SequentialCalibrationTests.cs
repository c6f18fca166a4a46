using System.Globalization;

namespace Assay.Statistics.Tests.Sequential.GroupSequential;

/// <summary>Whole experiments, unit by unit: counts, the pooled z test at every look, the design's bounds, the estimate at the stop.</summary>
[Trait("Kind", "calibration")]
public sealed class SequentialCalibrationTests
{
    private static readonly GroupSequentialDesign Design = GroupSequentialDesign.Spending(14, SpendingFunction.OBrienFleming);

    [Theory]
    [InlineData(0.5, 200)]
    public void Proportions_FourteenLooksOfANull_KeepAlphaWherePeekingDoesNot(double rate, int perLook) => CheckNull(rate, perLook, 600, 20260401);

    [Theory]
    [Trait("Tier", "slow")]
    [InlineData(0.5, 200)]
    [InlineData(0.05, 200)]
    [InlineData(0.02, 500)]
    public void Proportions_FourteenLooksOfANullAtLength_KeepAlphaWherePeekingDoesNot(double rate, int perLook) => CheckNull(rate, perLook, 4000, 20260402);

    [Fact]
    [Trait("Tier", "slow")]
    public void Proportions_PlannedEffect_IsFoundWithThePlannedPowerAndCovered()
    {
        const int seed = 20260403, runs = 1000, perLook = 110; // 14 · 110 = 1,540, the first multiple from 1,533 on.
        var random = new Random(seed);
        int found = 0, covered = 0, above = 0;
        for (var run = 0; run < runs; run++)
        {
            var (look, control, treatment) = Run(random, 0.60, 0.65, perLook, out var z);
            if (look > 0 && z > 0) found++;
            double n = control.Trials, error = Math.Sqrt((control.Rate * (1 - control.Rate) + treatment.Rate * (1 - treatment.Rate)) / n);
            var result = StageWise.Estimate(Design, look > 0 ? look : 14, (treatment.Rate - control.Rate) / error);
            if (result.EffectInterval(error).Contains(0.05)) covered++;
            if (result.Effect(error) > 0.05) above++;
        }
        Assert.InRange((double)found / runs, 0.80 - Slack(0.8, runs), 0.805 + Slack(0.8, runs));
        Assert.InRange((double)covered / runs, 0.945 - Slack(0.05, runs), 0.955 + Slack(0.05, runs));
        Assert.InRange((double)above / runs, 0.49 - Slack(0.5, runs), 0.51 + Slack(0.5, runs));
    }

    private static void CheckNull(double rate, int perLook, int runs, int seed)
    {
        var random = new Random(seed);
        int planned = 0, always = 0, naive = 0;
        double[] sequence = [.. Enumerable.Range(1, 14).Select(k => AsymptoticConfidenceSequence.Critical(2L * k * perLook, 0.05, 28.0 * perLook))];
        for (var run = 0; run < runs; run++)
        {
            long c = 0, t = 0;
            bool stopped = false, excluded = false, peeked = false;
            for (var k = 1; k <= 14; k++)
            {
                c += Successes(random, perLook, rate);
                t += Successes(random, perLook, rate);
                var test = TwoProportions.Compare(new(c, (long)k * perLook), new(t, (long)k * perLook), 0.05).Value;
                if (!test.Z.IsEstimable) continue;
                var z = Math.Abs(test.Z.Value);
                stopped |= z >= Design.CriticalValues[k - 1];
                excluded |= z > sequence[k - 1];
                peeked |= z > StandardNormal.Critical(0.05);
            }
            planned += stopped ? 1 : 0;
            always += excluded ? 1 : 0;
            naive += peeked ? 1 : 0;
        }
        var said = string.Create(CultureInfo.InvariantCulture, $"seed {seed}, {runs} runs: planned {planned}, always valid {always}, naive {naive}");
        Assert.True((double)planned / runs <= 0.055 + Slack(0.055, runs), said);
        Assert.True((double)planned / runs >= 0.045 - Slack(0.045, runs), said);
        Assert.True((double)always / runs <= 0.011 + Slack(0.011, runs), said);
        Assert.InRange((double)naive / runs, 0.21 - Slack(0.2, runs), 0.23 + Slack(0.2, runs));
    }

    private static (int Look, Proportion Control, Proportion Treatment) Run(Random random, double control, double treatment, int perLook, out double z)
    {
        long c = 0, t = 0;
        for (var k = 1; ; k++)
        {
            c += Successes(random, perLook, control);
            t += Successes(random, perLook, treatment);
            Proportion arm = new(c, (long)k * perLook), other = new(t, (long)k * perLook);
            z = TwoProportions.Compare(arm, other, 0.05).Value.Z.Value;
            var crossed = Math.Abs(z) >= Design.CriticalValues[k - 1];
            if (crossed || k == 14) return (crossed ? k : 0, arm, other);
        }
    }

    private static long Successes(Random random, int n, double rate)
    {
        long successes = 0;
        for (var i = 0; i < n; i++) if (random.NextDouble() < rate) successes++;
        return successes;
    }

    // The 1 − 1e-4 quantile, as a normal one.
    private static double Slack(double p, int runs) => 3.72 * Math.Sqrt(p * (1 - p) / runs);
}
