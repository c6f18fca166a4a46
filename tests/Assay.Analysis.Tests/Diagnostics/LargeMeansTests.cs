using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;
using static Assay.Analysis.Tests.GivenEvents;

namespace Assay.Analysis.Tests.Diagnostics;

/// <summary>The store's aggregates at a mean of 1e9 and a spread of 1 (a time since 1970, a counter): those of values without the offset.</summary>
public sealed class LargeMeansTests
{
    [Fact]
    public async Task ReadMoments_MeanOf1E9_KeepsVariancesAndCovariances()
    {
        const double offset = 1e9;
        var random = new Random(20260317);
        List<double> y = [], z = [];
        List<AssayEvent> events = [];
        for (var i = 0; i < 20_000; i++)
        {
            var shared = Normal(random);
            y.Add(Normal(random) + shared);
            z.Add(Normal(random) + shared);
            events.Add(Exposure("u" + i, i % 2 == 0 ? "control" : "treatment"));
            events.Add(Outcome("u" + i, "stamp", offset + y[i], 0.1));
            events.Add(Outcome("u" + i, "other", offset + z[i], 0.1));
        }
        var mean = GivenExperiment.Mean("stamp");
        var ratio = mean with { Name = "rate", Type = MetricType.Ratio, Denominator = new MetricSource("other", "value", AggregateKind.Mean), Source = new MetricSource("stamp", "value", AggregateKind.Mean), Missing = MissingRule.Zero };
        var moments = await MomentsAsync(GivenExperiment.With([new ExperimentMetric(mean, MetricRole.Primary), new ExperimentMetric(ratio, MetricRole.Secondary)]), events);

        for (var arm = 0; arm < 2; arm++)
        {
            double[] near = [.. y.Where((_, i) => i % 2 == arm)], nearOther = [.. z.Where((_, i) => i % 2 == arm)];
            var exact = RatioMoments.FromValues(near, nearOther);
            MetricArmMoments found = moments.Metrics[0].Arms[arm], foundRatio = moments.Metrics[1].Arms[arm];
            Assert.Equal(offset + exact.MeanNumerator, found.Mean, 1e-5);
            Assert.Equal(1, found.Variance / exact.VarianceNumerator, 1e-6);
            Assert.Equal(1, foundRatio.DenominatorVariance / exact.VarianceDenominator, 1e-6);
            Assert.Equal(1, foundRatio.Covariance / exact.Covariance, 1e-6);
            Assert.Equal(Skewness(near), moments.Diagnostics!.Tails[0].Skewness[arm]!.Value, 1e-5);
        }
    }

    private static double Skewness(double[] values)
    {
        double mean = values.Average(), sd = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        return values.Average(v => Math.Pow((v - mean) / sd, 3));
    }
}
