using Assay.Statistics.Tests.Reference;

namespace Assay.Statistics.Tests.OffPolicyMethods;

public sealed class PredictionPoweredTrafficTests
{
    [Fact]
    [Trait("Kind", "calibration")]
    public void Compare_ArmsWithTheSameRate_RejectNoMoreThanAlpha()
    {
        // Few labels: the judge is fitted on other units, and t knows how few there are. The judge favours the treatment.
        const int runs = 500;
        var random = new Random(20260607);
        int rejected = 0, done = 0;
        for (var run = 0; run < runs; run++)
        {
            var result = PredictionPoweredTraffic.Compare(Arm(random, 0.4, 0), Arm(random, 0.4, 0.2), 0.05);
            if (!result.IsEstimable) continue;
            done++;
            if (result.Value.PValue < 0.05) rejected++;
        }
        Assert.True(done > 0.95 * runs, $"{done}");
        Assert.True(rejected <= Bandits.Calibration.AtMost(done, 0.055), $"{rejected} of {done}");
    }

    [Fact]
    public void Rate_ManyLabels_HasLabelsLessOneDegreesOfFreedom()
    {
        var arm = Arm(new Random(4), 0.4, 0.1);
        var rate = PredictionPoweredTraffic.Rate(arm, 0.05).Value;
        Assert.Equal(arm.HumanLabels.Count(l => l is not null), rate.Labels);
        Assert.Equal(400, rate.Units);
        Oracle.Near(StudentTDistribution.UpperQuantile(0.025, rate.Labels - 1) * rate.StandardError, (rate.Interval.High - rate.Interval.Low) / 2, 1e-10);
        Oracle.Near(RatioMetric.Estimate(PredictionPoweredScores.Of(arm).Value.ToRatioMoments(), 0.05).Value.StandardError, rate.StandardError, 1e-12);
        Assert.Contains("control: at least 50", PredictionPoweredTraffic.Compare(new([0.5], [1], [1], [1]), arm, 0.05).Reason, StringComparison.Ordinal);
    }

    // 400 units of 2 items, an eighth labelled or so: about 100 labels.
    private static LabelledTraffic Arm(Random random, double rate, double bias)
    {
        bool[] truth = [.. Enumerable.Range(0, 800).Select(_ => random.NextDouble() < rate)];
        return new(
            [.. truth.Select(t => bias + (t ? 0.6 : 0.2) + 0.2 * random.NextDouble())], [.. truth.Select(t => random.NextDouble() < 0.125 ? t ? 1.0 : 0 : (double?)null)],
            [.. truth.Select(_ => 0.125)], [.. truth.Select((_, i) => (long)i / 2)]);
    }
}
