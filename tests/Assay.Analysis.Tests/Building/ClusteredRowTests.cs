using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis.Tests;

/// <summary>The sensitivity row, from events in a real store.</summary>
public sealed class ClusteredRowTests
{
    private static Experiment Requests(ExperimentMetric? metric = null) =>
        GivenExperiment.With([metric ?? new(GivenExperiment.Mean("csat"), MetricRole.Primary)]) with { Unit = UnitKind.Request };

    /// <summary>Users with 1 to 15 requests, randomised one by one; the treatment does to each user something else.</summary>
    private static (List<AssayEvent> Events, List<double> Values, List<bool> Treated, List<long> Users) Draw(int users, int seed, double withoutId = 0)
    {
        var random = new Random(seed);
        var (events, values, treated, ids) = (new List<AssayEvent>(), new List<double>(), new List<bool>(), new List<long>());
        for (var user = 0; user < users; user++)
        {
            double level = GivenEvents.Normal(random), effect = 1 + GivenEvents.Normal(random);
            for (var i = 0; i < 1 + random.Next(15); i++)
            {
                var (unit, isTreated, isKnown) = ($"{user}-{i}", random.Next(2) == 1, random.NextDouble() >= withoutId);
                var value = 3 + level + (isTreated ? effect : 0) + GivenEvents.Normal(random);
                events.Add(GivenEvents.Exposure(unit, isTreated ? "treatment" : "control") with { Ids = new UnitIds(Request: unit, User: isKnown ? $"user-{user}" : null) });
                events.Add(GivenEvents.Outcome(unit, "csat", value, 1));
                values.Add(value);
                treated.Add(isTreated);
                ids.Add(isKnown ? user : 1000 + values.Count);
            }
        }
        return (events, values, treated, ids);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.03)]
    public async Task Report_UsersInBothArms_IsClusterRobustOverTheRequests(double withoutId)
    {
        var (events, values, treated, users) = Draw(30, seed: 8, withoutId);
        var row = (await GivenEvents.ReportAsync(Requests(), events)).Metrics[0];
        var clustered = row.Clustered!;

        var robust = ClusterRobust.Compare([.. values], [.. treated], [.. users], 0.05).Value;
        Assert.Equal(("user", RowStatus.Estimated, "cluster-robust"), (clustered.By, clustered.Status, clustered.Method));
        Assert.Equal(row.Difference!.Value, clustered.Difference!.Value, 1e-9);
        Assert.Equal(robust.Difference, clustered.Difference.Value, 1e-9);
        Assert.Equal(robust.Cr2StandardError, clustered.StandardError!.Value, 1e-9);
        Assert.Equal(robust.DegreesOfFreedom, clustered.DegreesOfFreedom!.Value, 1e-7);
        Assert.Equal(robust.PValue, clustered.PValue!.Value, 1e-9);
        Assert.Equal(robust.Interval.Low, clustered.Interval!.Value.Low!.Value, 1e-9);
        Assert.Equal((robust.ControlClusters, robust.TreatmentClusters), ((int)clustered.ControlClusters, (int)clustered.TreatmentClusters));
        Assert.Equal(users.Zip(treated).GroupBy(x => x.First).Count(g => g.Select(x => x.Second).Distinct().Count() == 2), clustered.SharedClusters);

        double[] Of(bool arm) => [.. values.Where((_, i) => treated[i] == arm)];
        SampleMoments c = SampleMoments.FromValues(Of(false)), t = SampleMoments.FromValues(Of(true));
        Assert.Equal(robust.Cr2StandardError * robust.Cr2StandardError / (c.Variance / c.N + t.Variance / t.N), clustered.DesignEffect!.Value, 1e-9);
        var likeness = DesignEffect.Estimate([.. values.Select((v, i) => v - (treated[i] ? t.Mean : c.Mean))], [.. users], 0.05).Value;
        Assert.Equal(likeness.IntraclassCorrelation, clustered.IntraclassCorrelation!.Value, 1e-9);
        Assert.Equal(likeness.Interval.High, clustered.IntraclassInterval!.Value.High!.Value, 1e-9);
        Assert.Equal(withoutId == 0 ? 1 : 1 - users.Count(u => u >= 1000) / (double)users.Count, clustered.UnitsWithId!.Value, 1e-12);
    }

    [Fact]
    public async Task Report_Ratio_WeighsUsersByTheirDenominator()
    {
        var random = new Random(5);
        var (events, values, treated, users) = (new List<AssayEvent>(), new List<double>(), new List<bool>(), new List<long>());
        for (var conversation = 0; conversation < 120; conversation++)
        {
            var (unit, user, isTreated) = ($"c{conversation}", conversation / 4, random.Next(2) == 1);
            events.Add(GivenEvents.Exposure(unit, isTreated ? "treatment" : "control") with { Ids = new UnitIds(Conversation: unit, User: $"u{user}") });
            for (var i = 0; i < 1 + random.Next(5); i++)
            {
                var cost = 2 + user % 3 + random.NextDouble();
                events.Add(GivenEvents.Generation($"{unit}-{i}", unit, cost));
                values.Add(cost);
                treated.Add(isTreated);
                users.Add(user);
            }
        }
        var metric = GivenExperiment.Ratio("cost") with { Denominator = new MetricSource("generation", "value", AggregateKind.Count) };
        var row = (await GivenEvents.ReportAsync(GivenExperiment.With([new(metric, MetricRole.Primary)]), events)).Metrics[0];
        var robust = ClusterRobust.Compare([.. values], [.. treated], [.. users], 0.05).Value;
        Assert.Equal("per request", row.Estimand);
        Assert.Equal(robust.Difference, row.Clustered!.Difference!.Value, 1e-9);
        Assert.Equal(robust.Cr2StandardError, row.Clustered.StandardError!.Value, 1e-9);
        Assert.Equal(robust.DegreesOfFreedom, row.Clustered.DegreesOfFreedom!.Value, 1e-7);
    }

    [Fact]
    public async Task Report_IdOnTooFewOrGatheringNothing_HasNoRow()
    {
        Assert.Null((await GivenEvents.ReportAsync(Requests(), Draw(30, seed: 8, withoutId: 0.2).Events)).Metrics[0].Clustered);
        var single = Draw(30, seed: 8).Events.Select(e => e is ExposureEvent x ? x with { Ids = new UnitIds(User: x.Unit) } : e).ToList();
        Assert.Null((await GivenEvents.ReportAsync(Requests(), single)).Metrics[0].Clustered);
        var users = Draw(30, seed: 8).Events;
        Assert.Null((await GivenEvents.ReportAsync(Requests() with { Unit = UnitKind.User }, users)).Metrics[0].Clustered);
    }

    [Fact]
    public async Task Report_ClusterIdOfTwoTeams_GathersByUserInstead()
    {
        var events = Draw(30, seed: 8).Events.Select(e => e is ExposureEvent x ? x with { Ids = x.Ids with { Cluster = x.Ids.User!.EndsWith('1') ? "a" : "b" } } : e).ToList();
        Assert.Equal("user", (await GivenEvents.ReportAsync(Requests(), events)).Metrics[0].Clustered!.By);
        var teams = events.Select(e => e is ExposureEvent x ? x with { Ids = x.Ids with { User = null } } : e).ToList();
        var row = (await GivenEvents.ReportAsync(Requests(), teams)).Metrics[0].Clustered!;
        Assert.Equal(("cluster", RowStatus.NotEstimable), (row.By, row.Status));
        Assert.Contains("at least 4 clusters; there are 2 and 2", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_DisagreeingConclusion_IsWarnedAboutAndTheRowDecides()
    {
        // Eight users with forty requests each; three of them love it, and the effect lies between: the requests are sure, the users are not.
        var random = new Random(1);
        var events = new List<AssayEvent>();
        for (var i = 0; i < 320; i++)
        {
            var (unit, user, isTreated) = ($"r{i}", i % 8, i / 8 % 2 == 1);
            events.Add(GivenEvents.Exposure(unit, isTreated ? "treatment" : "control") with { Ids = new UnitIds(User: $"u{user}") });
            events.Add(GivenEvents.Outcome(unit, "csat", (isTreated && user < 3 ? 2 : 0) + GivenEvents.Normal(random), 1));
        }
        var report = await GivenEvents.ReportAsync(Requests(), events);
        var row = report.Metrics[0];
        Assert.True(row.Interval!.Value.Low > 0);
        Assert.True(row.Clustered!.Interval!.Value.Low < 0);
        Assert.False(row.Clustered.Agrees);
        Assert.True(row.Clustered.DesignEffect > 2);
        Assert.Equal(Decision.Ship, report.Verdict.Decision);
        Assert.Contains(report.Warnings, w => w.Code == "cluster-sensitivity" && w.Text.Contains("requests were randomised", StringComparison.Ordinal));
        Assert.Contains("gathered by user", ReportText.Table(report), StringComparison.Ordinal);
        Assert.Contains("DISAGREES, design effect", ReportText.Table(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_BetweenLooks_HasTheAlwaysValidInterval()
    {
        var (events, _, _, _) = Draw(40, seed: 3);
        var fixedRow = (await GivenEvents.ReportAsync(Requests(), events)).Metrics[0].Clustered!;
        var row = (await GivenEvents.ReportAsync(Requests(), events, new ReportOptions { IsLive = true })).Metrics[0].Clustered!;
        Assert.Null(row.PValue);
        Assert.True(row.Interval!.Value.Low < fixedRow.Interval!.Value.Low);
        Assert.Equal(fixedRow.StandardError!.Value, row.StandardError!.Value, 1e-12);
    }
}
