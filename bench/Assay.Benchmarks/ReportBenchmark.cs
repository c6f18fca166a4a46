using System.Collections.Immutable;
using Assay.Analysis;
using Assay.Events;
using Assay.Experiments;
using BenchmarkDotNet.Attributes;

namespace Assay.Benchmarks;

/// <summary>A whole report from moments: 200 metrics × 20 segments × 3 variants, every metric a primary, so that each is judged in each segment. Goal: under 50 ms.</summary>
[MemoryDiagnoser]
public class ReportBenchmark
{
    private const int Metrics = 200, SegmentValues = 20, Variants = 3;
    private Experiment experiment = null!;
    private ExperimentMoments moments = null!;

    /// <summary>What the metrics are: half and half, or all of one type.</summary>
    [Params("mixed", "proportion", "mean")]
    public string Kind { get; set; } = "mixed";

    [GlobalSetup]
    public void Prepare()
    {
        ImmutableArray<ExperimentMetric> metrics = [.. Enumerable.Range(0, Metrics).Select(i => new ExperimentMetric(Metric(i), MetricRole.Primary))];
        experiment = new Experiment
        {
            Key = "wide",
            Unit = UnitKind.Conversation,
            Hash = HashKind.Sha256,
            Salt = "wide",
            Variants = [.. Enumerable.Range(0, Variants).Select(i => new Variant { Key = $"v{i}", Weight = 1.0 / Variants, Ranges = [] })],
            Metrics = metrics,
            Plan = new AnalysisPlan { MinimumEffect = new MinimumEffect(0.02, false), Baseline = 0.5 },
            Segments = [new Segment("country", ImmutableSortedDictionary<string, double>.Empty)],
            DefinitionHash = new string('a', 64),
        };
        var random = new Random(20260701);
        ImmutableArray<ArmUnits> Arms(long units) => [.. experiment.Variants.Select(v => new ArmUnits(v.Key, units, 0))];
        ImmutableArray<MetricMoments> Of(long units) => [.. metrics.Select(m => Moments(m.Metric, units, random))];
        moments = new ExperimentMoments(null, Arms(20_000), Of(20_000), [.. Enumerable.Range(0, SegmentValues).Select(i => new SegmentMoments("country", $"c{i}", Arms(1000), Of(1000)))]);
        if (Report().Segments.Sum(s => s.Metrics.Length) != Metrics * SegmentValues * (Variants - 1)) throw new InvalidOperationException("the report does not hold every metric of every segment");
    }

    [Benchmark(Description = "200 metrics x 20 segments x 3 variants")]
    public Report Report() => ReportBuilder.Build(experiment, moments, new ReportOptions { IsFinal = true });

    private MetricType TypeOf(int i) => Kind switch { "proportion" => MetricType.Proportion, "mean" => MetricType.Mean, _ => i % 2 == 0 ? MetricType.Proportion : MetricType.Mean };

    private Metric Metric(int i) => new()
    {
        Name = $"metric-{i}",
        Type = TypeOf(i),
        Better = Direction.Higher,
        Source = new MetricSource($"metric-{i}", "value", TypeOf(i) == MetricType.Proportion ? AggregateKind.Any : AggregateKind.Mean),
        Missing = MissingRule.Zero,
    };

    private MetricMoments Moments(Metric metric, long units, Random random)
    {
        ImmutableArray<MetricArmMoments> arms = [.. experiment.Variants.Select(v => Arm(v.Key, metric.Type, units, random))];
        return new MetricMoments(metric.Name, arms, arms);
    }

    private static MetricArmMoments Arm(string variant, MetricType type, long units, Random random)
    {
        var successes = (long)(units * (0.45 + 0.1 * random.NextDouble()));
        var mean = type == MetricType.Proportion ? (double)successes / units : 3 + 0.2 * random.NextDouble();
        return new MetricArmMoments
        {
            Variant = variant,
            Units = units,
            Matured = units,
            Answered = units,
            Successes = type == MetricType.Proportion ? successes : 0,
            Mean = mean,
            Variance = type == MetricType.Proportion ? mean * (1 - mean) * units / (units - 1) : 1 + random.NextDouble(),
        };
    }
}
