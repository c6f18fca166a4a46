using Assay.Statistics;
using BenchmarkDotNet.Attributes;

namespace Assay.Benchmarks;

/// <summary>10,000 resamples of 100,000 values, half of them in each arm. Goal: under 3 s on 2 cores.</summary>
public class BootstrapBenchmark
{
    private const int Values = 100_000;
    private double[] control = [];
    private double[] treatment = [];

    [GlobalSetup]
    public void Prepare()
    {
        var random = new RandomStream(20260702, 0);
        control = [.. Enumerable.Range(0, Values / 2).Select(_ => Math.Exp(random.Normal()))];
        treatment = [.. Enumerable.Range(0, Values / 2).Select(_ => Math.Exp(0.02 + random.Normal()))];
    }

    [Benchmark(Description = "mean")]
    public BootstrapEstimate Mean() => Bootstrap.Means(control, treatment, 0.05, new ResamplingOptions(1)).Value;

    [Benchmark(Description = "median, a general statistic")]
    public BootstrapEstimate Median() => Bootstrap.Statistic(control, treatment, static v => (v[(v.Length - 1) / 2] + v[v.Length / 2]) / 2, 0.05, new ResamplingOptions(1)).Value;

    [Benchmark(Description = "mean trimmed by a tenth, which reads every value")]
    public BootstrapEstimate Trimmed() => Bootstrap.Statistic(control, treatment, TrimmedMean, 0.05, new ResamplingOptions(1)).Value;

    private static double TrimmedMean(Span<double> values)
    {
        var cut = values.Length / 10;
        double sum = 0;
        foreach (var value in values[cut..^cut]) sum += value;
        return sum / (values.Length - 2 * cut);
    }
}
