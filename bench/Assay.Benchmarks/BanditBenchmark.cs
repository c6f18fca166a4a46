using Assay.Statistics;
using BenchmarkDotNet.Attributes;

namespace Assay.Benchmarks;

/// <summary>Allocation of a bandit's next batch; beside it, the same probabilities by integrating each arm on its own, and by drawing.</summary>
[MemoryDiagnoser]
public class BanditBenchmark
{
    private readonly BetaThompson _thompson = new();
    private readonly GaussianThompson _gaussian = new();
    private readonly KlUcb _klUcb = new();
    private readonly TrackAndStop _trackAndStop = new();
    private Proportion[] _rates = [];
    private ArmRewards[] _arms = [];

    [Params(5, 34)]
    public int Arms { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _rates = [.. Enumerable.Range(0, Arms).Select(k => new Proportion(20 + 3 * (k % 5), 1000 - 100 * (k % 7)))];
        _arms = [.. _rates.Select(ArmRewards.Of)];
    }

    [Benchmark(Baseline = true, Description = "Thompson, computed")]
    public double Thompson() => _thompson.Allocate(_arms)[0];

    [Benchmark(Description = "Gaussian Thompson, computed")]
    public double Gaussian() => _gaussian.Allocate(_arms)[0];

    [Benchmark(Description = "KL-UCB, batch of 20")]
    public double KlUcbBatch() => _klUcb.Allocate(_arms, 20)[0];

    [Benchmark(Description = "track-and-stop")]
    public double TrackAndStop() => _trackAndStop.Allocate(_arms, 20)[0];

    [Benchmark(Description = "Thompson by 10,000 draws (error of a share up to .005)")]
    public double Drawn()
    {
        var random = new Random(1);
        var wins = 0;
        for (var i = 0; i < 10_000; i++)
        {
            double first = 0, best = 0;
            for (var k = 0; k < _rates.Length; k++)
            {
                // Normal approximation of the beta: cheaper than any exact draw, so this flatters the peer.
                double p = (1 + _rates[k].Successes) / (2.0 + _rates[k].Trials), z = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                var draw = p + z * Math.Sqrt(p * (1 - p) / (3 + _rates[k].Trials));
                if (k == 0) first = draw;
                best = k == 0 ? draw : Math.Max(best, draw);
            }
            if (first >= best) wins++;
        }
        return wins / 10_000.0;
    }
}
