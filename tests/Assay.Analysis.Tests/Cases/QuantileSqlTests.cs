using System.Globalization;
using Assay.Experiments;
using Assay.Statistics;
using Assay.Storage;

namespace Assay.Analysis.Tests;

/// <summary>The store's SQL for quantiles and the library's function over raw values must be the same estimator.</summary>
public sealed class QuantileSqlTests
{
    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(0.95, 2)]
    [InlineData(0.9, 3)]
    public async Task ReadMoments_Quantile_EqualsTheFunctionOverValues(double quantile, int seed)
    {
        var random = new Random(seed);
        var values = new Dictionary<string, (List<double> Values, List<long> Units)> { ["control"] = ([], []), ["treatment"] = ([], []) };
        var path = Path.Combine(Path.GetTempPath(), $"assay-quantile-{Guid.NewGuid():N}.jsonl");
        try
        {
            using (var file = new StreamWriter(path))
                for (var unit = 0; unit < 400; unit++)
                    WriteUnit(file, random, unit, values);
            var metric = GivenExperiment.Quantile("latency", quantile) with { Source = new MetricSource("generation", "latencyMs", AggregateKind.Sum) };
            var experiment = GivenExperiment.With([new ExperimentMetric(metric, MetricRole.Primary)]);
            var opened = await FileMomentSource.OpenAsync([path], null, experiment);
            Assert.Empty(opened.Errors);
            using var source = opened.Source!;
            var moments = await source.ReadMomentsAsync(MomentsQueries.For(experiment, source.Version));
            foreach (var arm in moments.Metrics[0].Arms)
            {
                var expected = QuantileInterval.FromValues(values[arm.Variant].Values.ToArray(), values[arm.Variant].Units.ToArray(), quantile, 0.05).Value;
                var actual = arm.Quantile!;
                Assert.Equal((expected.Events, expected.Units), (actual.Events, actual.Units));
                Assert.Equal((expected.Estimate, (double?)expected.Low, (double?)expected.High), (actual.Value, actual.Low, actual.High));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>One to six correlated latencies, whole numbers so that there are ties.</summary>
    private static void WriteUnit(StreamWriter file, Random random, int unit, Dictionary<string, (List<double> Values, List<long> Units)> values)
    {
        var variant = unit % 2 == 0 ? "control" : "treatment";
        file.WriteLine($"{{\"type\":\"exposure\",\"id\":\"x{unit}\",\"timestamp\":\"2026-03-02T00:00:00Z\",\"experiment\":\"support-prompt\",\"version\":1,\"unit\":\"u{unit}\",\"variant\":\"{variant}\",\"reason\":\"assigned\"}}");
        var own = random.Next(100, 400);
        for (var turn = random.Next(1, 7); turn > 0; turn--)
        {
            var latency = own + random.Next(0, 200);
            values[variant].Values.Add(latency);
            values[variant].Units.Add(unit);
            file.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{{\"type\":\"generation\",\"id\":\"g{unit}-{turn}\",\"timestamp\":\"2026-03-02T00:0{turn}:00Z\",\"experiment\":\"support-prompt\",\"unit\":\"u{unit}\",\"latencyMs\":{latency},\"status\":\"ok\"}}"));
        }
    }
}
