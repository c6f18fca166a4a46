using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis.Tests;

/// <summary>Requests randomised within users whom the treatment does different things to: how often each interval of the report holds the mean effect over users.</summary>
[Trait("Kind", "calibration")]
public sealed class ClusteredCoverageTests
{
    private const int Requests = 12;

    [Fact]
    public void Report_EffectsDifferByUser_OnlyTheGatheredIntervalHoldsTheirMean() => Check(runs: 600);

    [Fact]
    [Trait("Tier", "slow")]
    public void Report_EffectsDifferByUserManyRuns_OnlyTheGatheredIntervalHoldsTheirMean() => Check(runs: 20_000);

    /// <summary>The same effect for everybody: then the requests' own error is right, and gathering costs nothing but degrees of freedom.</summary>
    [Fact]
    public void Report_SameEffectForAll_BothIntervalsHold()
    {
        var (single, gathered) = Coverage(400, users: 30, spread: 0);
        Assert.InRange(single, 0.91, 0.985);
        Assert.InRange(gathered, 0.91, 0.985);
    }

    private static void Check(int runs)
    {
        var (single, gathered) = Coverage(runs, users: 25, spread: 1);
        // Each user's own effect adds spread² Σ n² / N² to the variance that single requests see: here about as much again.
        Assert.True(single < 0.85, $"single requests: {single}");
        var slack = 3.72 * Math.Sqrt(0.05 * 0.95 / runs);
        Assert.InRange(gathered, 0.95 - 0.01 - slack, 0.95 + 0.015 + slack);
    }

    private static (double Single, double Gathered) Coverage(int runs, int users, double spread)
    {
        var experiment = GivenExperiment.With([new(GivenExperiment.Mean("csat"), MetricRole.Primary)]) with { Unit = UnitKind.Request };
        int single = 0, gathered = 0;
        Parallel.For(0, runs, new ParallelOptions { MaxDegreeOfParallelism = 2 }, run =>
        {
            var row = ReportBuilder.Build(experiment, Draw(new RandomStream(7, run), users, spread), new ReportOptions { IsFinal = true }).Metrics[0];
            if (Holds(row.Interval!.Value)) Interlocked.Increment(ref single);
            if (Holds(row.Clustered!.Interval!.Value)) Interlocked.Increment(ref gathered);
        });
        return ((double)single / runs, (double)gathered / runs);

        static bool Holds(ReportInterval interval) => interval.Low <= 0 && interval.High >= 0;
    }

    /// <summary>Users are drawn, each with a level and an effect of mean 0; what a store would sum is summed here.</summary>
    private static ExperimentMoments Draw(RandomStream random, int users, double spread)
    {
        var cells = new (double[] Control, double[] Treatment)[users];
        for (var user = 0; user < users; user++)
        {
            double level = random.Normal(), effect = spread * random.Normal();
            var (control, treatment) = (new List<double>(), new List<double>());
            for (var i = 0; i < Requests; i++)
                if (random.Below(2) == 0) control.Add(level + 0.5 * random.Normal());
                else treatment.Add(level + effect + 0.5 * random.Normal());
            cells[user] = ([.. control], [.. treatment]);
        }
        var (c, t) = (SampleMoments.FromValues([.. cells.SelectMany(u => u.Control)]), SampleMoments.FromValues([.. cells.SelectMany(u => u.Treatment)]));
        MetricArmMoments Arm(string variant, SampleMoments m) => GivenMoments.Value(variant, m.Mean, Math.Sqrt(m.Variance), m.N);
        var metric = GivenMoments.Metric("csat", Arm("control", c), Arm("treatment", t)) with { Coarser = [GivenClusters.Gather(cells)] };
        return GivenMoments.Of(metric);
    }
}
