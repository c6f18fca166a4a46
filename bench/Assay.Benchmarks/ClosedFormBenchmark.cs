using Assay.Statistics;
using BenchmarkDotNet.Attributes;

namespace Assay.Benchmarks;

/// <summary>Closed-form tests from sufficient statistics, one comparison each; bench/statistics/run.sh sets scipy and statsmodels beside them.</summary>
[MemoryDiagnoser]
public class ClosedFormBenchmark
{
    private readonly SampleMoments control = new(1000, 3.1, 1.7), treatment = new(1040, 3.2, 2.2);
    private readonly Proportion controlShare = new(600, 1000), treatmentShare = new(660, 1040);
    private readonly RatioMoments controlRatio = new(1000, 5, 2, 3, 1, 0.8), treatmentRatio = new(1040, 5.1, 2.1, 3.2, 1.1, 0.7);
    private readonly long[] observed = [5010, 4990, 5100];
    private readonly double[] weights = [1, 1, 1];

    [Benchmark(Description = "two proportions: z, Wald, Newcombe, Wilson")]
    public Interval TwoProportion() => TwoProportions.Compare(controlShare, treatmentShare, 0.05).Value.NewcombeInterval;

    [Benchmark(Description = "Welch's t: p and interval")]
    public Interval Welch() => WelchT.Compare(control, treatment, 0.05).Value.Interval;

    [Benchmark(Description = "ratio by the delta method")]
    public Interval Ratio() => RatioMetric.Compare(controlRatio, treatmentRatio, 0.05).Value.Interval;

    [Benchmark(Description = "McNemar, exact and corrected")]
    public double McNemarTest() => McNemar.Compare(140, 171).Value.ExactPValue;

    [Benchmark(Description = "sample ratio, chi-square")]
    public double Srm() => SampleRatio.ChiSquare(observed, weights).Value.PValue;
}
