using Assay.Benchmarks;
using BenchmarkDotNet.Running;

if (args is ["--processor-time"]) await ProcessorTime.MeasureAsync();
else if (args is ["--similarity"]) SimilarityTime.Measure();
else BenchmarkSwitcher.FromAssembly(typeof(AssignmentBenchmark).Assembly).Run(args);
