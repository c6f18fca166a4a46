using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;
using Assay.Storage;

namespace Assay.Analysis.Tests;

/// <summary>The store's quantiles, made by SQL, are those of the statistics library, to the last digit that doubles carry.</summary>
public sealed class StoreQuantileTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(1, 0.5)]
    [InlineData(2, 0.95)]
    [InlineData(3, 0.9)]
    [InlineData(4, 0.75)]
    public async Task ReadMoments_Quantile_EqualsQuantileInterval(int seed, double quantile)
    {
        var random = new Random(seed);
        List<AssayEvent> events = [];
        List<double> values = [];
        List<long> units = [];
        for (var unit = 0; unit < 80; unit++)
        {
            events.Add(Exposure("u" + unit));
            for (var i = random.Next(0, 6); i > 0; i--)
            {
                // Ties, and a failure now and then.
                double latency = random.Next(1, 60);
                var failed = random.Next(40) == 0;
                events.Add(Generation("u" + unit, latency, failed ? GenerationStatus.Timeout : GenerationStatus.Ok));
                values.Add(failed ? double.PositiveInfinity : latency);
                units.Add(unit);
            }
        }
        using var store = DuckDbEventStore.Open(DuckDbEventStore.InMemory);
        await store.WriteAsync(events, new SpoolPosition(1, 1));

        var found = (await store.ReadMomentsAsync(new MomentsQuery(Experiment(quantile), 1))).Metrics[0].Arms[0].Quantile!;

        var expected = QuantileInterval.FromValues([.. values], [.. units], quantile, 0.05).Value;
        Assert.Equal((expected.Events, expected.Units, expected.Estimate), (found.Events, found.Units, found.Value));
        Assert.Equal((expected.Low, expected.High), (found.Low, found.High));
    }

    private static ExposureEvent Exposure(string unit) => new()
    {
        Id = ExposureId.For("exp", 1, unit),
        Timestamp = Start,
        Experiment = "exp",
        Version = 1,
        Unit = unit,
        Variant = "control",
        Bucket = 0.1,
        Propensity = 0.5,
        Reason = "assigned",
    };

    private static GenerationEvent Generation(string unit, double latencyMs, GenerationStatus status) => new()
    {
        Id = Guid.CreateVersion7().ToString(),
        Timestamp = Start.AddMinutes(1),
        Ids = new UnitIds(Conversation: unit),
        LatencyMs = latencyMs,
        Status = status,
    };

    private static Experiment Experiment(double quantile) => new()
    {
        Key = "exp",
        Unit = UnitKind.Conversation,
        Hash = HashKind.Sha256,
        Salt = "exp",
        Variants =
        [
            new Variant { Key = "control", Weight = 0.5, Ranges = [new BucketRange(0, 0.5)] },
            new Variant { Key = "treatment", Weight = 0.5, Ranges = [new BucketRange(0.5, 1)] },
        ],
        Metrics =
        [
            new ExperimentMetric(new Metric
            {
                Name = "latency",
                Type = MetricType.Quantile,
                Better = Direction.Lower,
                Source = new MetricSource("generation", "latencyMs", AggregateKind.Mean),
                Quantile = quantile,
                Missing = MissingRule.Exclude,
            }, MetricRole.Primary),
        ],
        Plan = new AnalysisPlan(),
        DefinitionHash = "00",
    };
}
