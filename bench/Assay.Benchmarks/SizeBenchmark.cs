using Assay.Statistics;
using BenchmarkDotNet.Attributes;

namespace Assay.Benchmarks;

/// <summary>The planning question, which solves for the noncentral t distribution.</summary>
[MemoryDiagnoser]
public class SizeBenchmark
{
    [Benchmark(Description = "units for a difference of means")]
    public long Means() => SampleSize.ForMeans(1, 0.2).Total;
}
