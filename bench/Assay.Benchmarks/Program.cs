using Assay.Benchmarks;
using BenchmarkDotNet.Running;

if (args is ["--processor-time"]) await ProcessorTime.MeasureAsync();
else BenchmarkSwitcher.FromAssembly(typeof(AssignmentBenchmark).Assembly).Run(args);
