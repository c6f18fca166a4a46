using Assay.Benchmarks;
using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(AssignmentBenchmark).Assembly).Run(args);
