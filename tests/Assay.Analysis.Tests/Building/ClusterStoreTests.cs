using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis.Tests;

/// <summary>Clusters from events in a real store to the row of a report, against the same data through the statistics of single values.</summary>
public sealed class ClusterStoreTests
{
    private static Metric CostPerRequest { get; } = GivenExperiment.Ratio("cost_per_response") with { Denominator = new MetricSource("generation", "value", AggregateKind.Count) };

    private static Experiment Clusters(params ExperimentMetric[] metrics) => GivenExperiment.With(metrics) with { Unit = UnitKind.Cluster };

    /// <summary>Clusters of 1 to 12 requests, each with a level of its own.</summary>
    private static (List<AssayEvent> Events, List<double> Values, List<bool> Treated, List<long> Ids) Draw(int control, int treatment, int seed)
    {
        var random = new Random(seed);
        var (events, values, treated, ids) = (new List<AssayEvent>(), new List<double>(), new List<bool>(), new List<long>());
        for (var g = 0; g < control + treatment; g++)
        {
            var unit = $"team-{g}";
            events.Add(GivenEvents.Exposure(unit, g < control ? "control" : "treatment"));
            var level = 5 + GivenEvents.Normal(random);
            for (var i = 0; i < 1 + random.Next(12); i++)
            {
                var cost = level + GivenEvents.Normal(random);
                events.Add(GivenEvents.Generation($"{unit}-{i}", unit, cost));
                events.Add(GivenEvents.Outcome(unit, "csat", cost, 1));
                values.Add(cost);
                treated.Add(g >= control);
                ids.Add(g);
            }
        }
        return (events, values, treated, ids);
    }

    [Fact]
    public async Task Report_RatioOfUnequalClusters_IsClusterRobustOverTheRequests()
    {
        var (events, values, treated, ids) = Draw(7, 9, seed: 4);
        var row = (await GivenEvents.ReportAsync(Clusters(new ExperimentMetric(CostPerRequest, MetricRole.Primary)), events)).Metrics[0];

        var robust = ClusterRobust.Compare([.. values], [.. treated], [.. ids], 0.05).Value;
        Assert.Equal(("cluster-t", "per request"), (row.Method, row.Estimand));
        Assert.Equal(robust.Difference, row.Difference!.Value, 1e-9);
        Assert.Equal(robust.Interval.Low, row.Interval!.Value.Low!.Value, 1e-9);
        Assert.Equal(robust.Interval.High, row.Interval!.Value.High!.Value, 1e-9);
        Assert.Equal(robust.PValue, row.PValue!.Value, 1e-9);
        Assert.Equal(robust.Cr2StandardError, row.MethodArguments["cr2StandardError"]!.GetValue<double>(), 1e-9);
        Assert.Equal(robust.DegreesOfFreedom, row.MethodArguments["degreesOfFreedom"]!.GetValue<double>(), 1e-9);
        var permuted = PermutationTest.Clusters([.. values], [.. treated], [.. ids], new ResamplingOptions(1, 100_000)).Value;
        Assert.True(permuted.Exact);
        Assert.Equal(permuted.PValue, row.PermutationPValue!.Value, 1e-12);
        Assert.Equal(permuted.Arrangements, row.MethodArguments["permutation"]!["arrangements"]!.GetValue<long>());
    }

    [Fact]
    public async Task Report_MeanOfClusters_CountsEachOnceAndStandsBesideItsPermutation()
    {
        var (events, values, treated, ids) = Draw(8, 8, seed: 9);
        var report = await GivenEvents.ReportAsync(Clusters(new ExperimentMetric(GivenExperiment.Mean("csat"), MetricRole.Primary)), events);
        var row = report.Metrics[0];

        var robust = ClusterRobust.Compare([.. values], [.. treated], [.. ids], 0.05, ClusterEstimand.PerCluster).Value;
        Assert.Equal("per cluster", row.Estimand);
        Assert.Equal(robust.Difference, row.Difference!.Value, 1e-9);
        Assert.Equal(robust.PValue, row.PValue!.Value, 1e-9);
        double[] Means(bool arm) => [.. ids.Zip(values, treated).Where(x => x.Third == arm).GroupBy(x => x.First).Select(g => g.Average(x => x.Second))];
        Assert.Equal(PermutationTest.Means(Means(false), Means(true), new ResamplingOptions(1, 100_000)).Value.PValue, row.PermutationPValue!.Value, 1e-12);
        Assert.Contains(report.Warnings, w => w.Code == "few-clusters");
        Assert.Contains("(permuted 0.", ReportText.Table(report), StringComparison.Ordinal);
        Assert.Contains("per cluster", ReportText.Table(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_SegmentOfClustersAndCrossedOnes_KnowTheirLeverageToo()
    {
        var (events, values, treated, ids) = Draw(12, 12, seed: 5);
        var region = events.Select(e => e is ExposureEvent x ? GivenEvents.Exposure(x.Unit, x.Variant, attributes: int.Parse(x.Unit[5..], System.Globalization.CultureInfo.InvariantCulture) % 2 == 0 ? """{"region":"eu"}""" : """{"region":"us"}""") : e).ToList();
        // One cluster meets the other arm later: the main analysis leaves it out, intention to treat does not.
        region.Add(GivenEvents.Exposure("team-0", "treatment", days: 1));
        var experiment = Clusters(new ExperimentMetric(CostPerRequest, MetricRole.Primary)) with { Segments = [new Segment("region", System.Collections.Immutable.ImmutableSortedDictionary<string, double>.Empty)] };
        var report = await GivenEvents.ReportAsync(experiment, region);

        ClusterComparison Of(Func<long, bool> isIn)
        {
            int[] rows = [.. Enumerable.Range(0, ids.Count).Where(i => isIn(ids[i]))];
            return ClusterRobust.Compare([.. rows.Select(i => values[i])], [.. rows.Select(i => treated[i])], [.. rows.Select(i => ids[i])], 0.05).Value;
        }
        Assert.Equal(Of(g => g != 0).Interval.Low, report.Metrics[0].Interval!.Value.Low!.Value, 1e-9);
        Assert.Equal(Of(_ => true).Interval.Low, report.Metrics[0].IntentionToTreat!.Interval!.Value.Low!.Value, 1e-9);
        var european = report.Segments.Single(s => s.Value == "eu").Metrics[0];
        Assert.Equal(Of(g => g != 0 && g % 2 == 0).Interval.Low, european.Interval!.Value.Low!.Value, 1e-9);
        Assert.Equal(("cluster-t", "per request"), (european.Method, european.Estimand));
        Assert.NotNull(european.PermutationPValue);
    }

    [Fact]
    public async Task Report_TenClustersAnArmOrBetweenLooks_HasNoPermutation()
    {
        var experiment = Clusters(new ExperimentMetric(GivenExperiment.Mean("csat"), MetricRole.Primary));
        Assert.Null((await GivenEvents.ReportAsync(experiment, Draw(10, 10, seed: 2).Events)).Metrics[0].PermutationPValue);
        var between = await GivenEvents.ReportAsync(experiment, Draw(8, 8, seed: 2).Events, new ReportOptions { IsLive = true });
        Assert.Equal(IntervalKind.AlwaysValid, between.Metrics[0].IntervalKind);
        Assert.Null(between.Metrics[0].PermutationPValue);
    }

    [Fact]
    public async Task Report_AtALook_HoldsThePermutationAgainstTheBoundary()
    {
        var experiment = Clusters(new ExperimentMetric(GivenExperiment.Mean("csat"), MetricRole.Primary)) with { Plan = GivenExperiment.Planned(1, null, 1, 0.5, 1) };
        Assert.InRange(SequentialPlan.Of(experiment).UnitsAt(1)!.Value, 10, 18);
        var events = Draw(9, 9, seed: 6).Events;
        var row = (await GivenEvents.ReportAsync(experiment, events, new ReportOptions { RemembersLooks = true })).Metrics[0];
        var once = (await GivenEvents.ReportAsync(experiment with { Plan = new AnalysisPlan() }, events)).Metrics[0];
        Assert.Equal((IntervalKind.Repeated, IntervalKind.Fixed), (row.IntervalKind, once.IntervalKind));
        // What is spent at half of the information is little: the alpha that this look would need is far above its p-value by itself.
        Assert.True(row.PermutationPValue > once.PermutationPValue);
    }
}
