namespace Assay.Statistics.Tests.OffPolicyMethods;

public sealed class PredictionPoweredScoresTests
{
    [Fact]
    public void Of_EveryItemLabelled_IsTheLabels()
    {
        double?[] labels = [.. Enumerable.Range(0, 60).Select(i => (double?)(i % 3 == 0 ? 1 : 0))];
        var result = PredictionPoweredScores.Of(new([.. labels.Select(_ => 0.9)], labels, [.. labels.Select(_ => 1.0)], [.. labels.Select((_, i) => (long)i / 2)])).Value;
        Assert.Equal(30, result.Units.Count);
        Assert.Equal(20, result.Sums.Sum(), 1e-9);
        Assert.All(result.Items, items => Assert.Equal(2, items));
    }

    [Fact]
    [Trait("Kind", "calibration")]
    public void Of_BiasedJudge_StaysUnbiasedCoversAndIsNarrower()
    {
        // 400 units of 3 items, 15 % labelled; the judge adds .3 to everything and knows half of the truth.
        const int runs = 300;
        var random = new Random(19);
        int covered = 0, narrower = 0;
        double sum = 0;
        for (var run = 0; run < runs; run++)
        {
            var (scores, labels, probabilities, units) = (new List<double>(), new List<double?>(), new List<double>(), new List<long>());
            for (var i = 0; i < 1200; i++)
            {
                var truth = random.NextDouble() < 0.4 ? 1.0 : 0;
                scores.Add(0.3 + 0.5 * truth + 0.1 * random.NextDouble());
                probabilities.Add(0.15);
                labels.Add(random.NextDouble() < 0.15 ? truth : null);
                units.Add(i / 3);
            }
            var result = PredictionPoweredScores.Of(new(scores, labels, probabilities, units)).Value;
            var rate = RatioMetric.Estimate(result.ToRatioMoments(), 0.05).Value;
            sum += rate.Ratio;
            if (rate.Interval.Contains(0.4)) covered++;
            var plain = PredictionPoweredScores.Of(new([.. scores.Select(_ => 0.0)], labels, probabilities, units)).Value;
            if (rate.StandardError < RatioMetric.Estimate(plain.ToRatioMoments(), 0.05).Value.StandardError) narrower++;
        }
        Assert.Equal(0.4, sum / runs, 0.006);
        Assert.InRange(covered / (double)runs, 0.9, 0.99);
        Assert.Equal(runs, narrower);
    }

    [Fact]
    public void Of_FewLabels_AreCrossFittedByUnit()
    {
        var random = new Random(2);
        double?[] labels = [.. Enumerable.Range(0, 600).Select(i => i % 5 == 0 ? (double?)random.Next(2) : null)];
        double[] scores = [.. labels.Select(l => (l ?? random.Next(2)) + random.NextDouble())], probabilities = [.. labels.Select(_ => 0.2)];
        long[] units = [.. labels.Select((_, i) => (long)i)];
        Assert.Equal(5, PredictionPoweredScores.Of(new(scores, labels, probabilities, units)).Value.Lambdas.Count);
        double?[] twice = [.. labels, .. labels];
        Assert.Single(PredictionPoweredScores.Of(new([.. scores, .. scores], twice, [.. probabilities, .. probabilities], [.. units, .. units])).Value.Lambdas);
    }

    [Fact]
    public void Of_BadInput_IsRefusedOrExplained()
    {
        Assert.Contains("at least 50", PredictionPoweredScores.Of(new([0.5], [1], [1], [1])).Reason, StringComparison.Ordinal);
        double?[] rare = [.. Enumerable.Range(0, 80).Select(i => (double?)(i < 9 ? 1 : 0))];
        Assert.Contains("rarer class", PredictionPoweredScores.Of(new([.. rare.Select(_ => 0.5)], rare, [.. rare.Select(_ => 1.0)], [.. rare.Select((_, i) => (long)i)])).Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => PredictionPoweredScores.Of(new([0.5], [1], [0], [1])));
        Assert.Throws<ArgumentException>(() => PredictionPoweredScores.Of(new([0.5], [1], [1], [1, 2])));
    }
}
