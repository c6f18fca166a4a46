using Assay.Statistics;
using BenchmarkDotNet.Attributes;

namespace Assay.Benchmarks;

/// <summary>Group-sequential designs and what is read from them: bounds are made at every validation and look, an estimate at every report.</summary>
[MemoryDiagnoser]
public class GroupSequentialBenchmark
{
    private GroupSequentialDesign design = null!;
    private StageWiseDistribution distribution = null!;
    private int stop;

    [Params(4, 10, 181)]
    public int Looks { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        design = GroupSequentialDesign.Spending(Looks, SpendingFunction.OBrienFleming);
        distribution = new StageWiseDistribution(design, 2.8);
        stop = (int)Math.Ceiling(0.7 * Looks);
    }

    [Benchmark(Baseline = true, Description = "bounds by spending")]
    public double Spending() => GroupSequentialDesign.Spending(Looks, SpendingFunction.OBrienFleming).CriticalValues[^1];

    [Benchmark(Description = "inflation factor at power .8")]
    public double Inflation() => GroupSequentialPower.InflationFactor(design, 0.8);

    [Benchmark(Description = "estimate after a stop at .7")]
    public double Estimate() => StageWise.Estimate(design, stop, design.CriticalValues[stop - 1] + 0.1).Drift;

    [Benchmark(Description = "would its interval cover?")]
    public bool Covered() => distribution.IsCovered(stop, design.CriticalValues[stop - 1] + 0.1);
}
