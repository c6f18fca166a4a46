using Assay.Events;
using Assay.Experiments;
using static Assay.Storage.Tests.Given;

namespace Assay.Storage.Tests.Embedded;

/// <summary>A report is of one state of the store, however much is written while it is read.</summary>
public sealed class ConsistentReadTests
{
    [Fact]
    public async Task ReadMoments_WhileEventsAreWritten_EveryPartIsOfOneState()
    {
        using var store = await StoreAsync([.. Batch(0)]);
        Metric[] metrics = [Proportion("resolved"), Mean("csat"), Metric("pro", MetricType.Mean, "csat", AggregateKind.Mean, where: "plan == 'pro'")];
        var experiment = Experiment(metrics) with { Metrics = [.. metrics.Select(m => new ExperimentMetric(m, MetricRole.Primary))] };
        var query = new MomentsQuery(experiment, 1) { WithDiagnostics = true };
        using var written = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var batch = 1; batch <= 150; batch++) await store.WriteAsync([.. Batch(batch)], new SpoolPosition(2, batch), TestContext.Current.CancellationToken);
            await written.CancelAsync();
        }, TestContext.Current.CancellationToken);
        var states = new HashSet<long>();
        while (!written.IsCancellationRequested || states.Count == 0)
        {
            var read = await store.ReadMomentsAsync(query, TestContext.Current.CancellationToken);
            var diagnostics = read.Diagnostics!;
            var units = read.Arms.Sum(a => a.Exposed);
            states.Add(units);
            // A unit, its outcomes and its exposure to another experiment come in one batch: each part must count the same units.
            Assert.Equal(0, units % BatchSize);
            long[] found =
            [
                .. read.Metrics.Take(2).Select(m => m.Arms.Sum(a => a.Units)),
                diagnostics.Arrivals[^1].Units.Sum(),
                diagnostics.Days[0].EntryDays.Sum(d => d.Arms.Sum(a => a.Units)),
                diagnostics.Days[1].Cohort.Sum(a => a.Days[0].Active),
                diagnostics.Tails[0].Winsorised.Sum(a => a.Units),
                diagnostics.Tails[0].Without[0].Arms.Sum(a => a.Units) + 1,
                diagnostics.Filters[0].Arms.Sum(a => a.Units),
                diagnostics.Overlaps[0].Units.Sum(u => u.Sum()),
            ];
            Assert.All(found, n => Assert.Equal(units, n));
        }
        await writing;
        Assert.True(states.Count > 1, "nothing was written while it was read");
        Assert.Empty(store.WithConnection(c => { using var left = c.Query("SELECT table_name FROM duckdb_tables() WHERE temporary"); return left.Rows().Select(r => r.GetString(0)).ToList(); }));
    }

    private const int BatchSize = 20;

    private static IEnumerable<AssayEvent> Batch(int batch)
    {
        for (var i = 0; i < BatchSize; i++)
        {
            var unit = $"c{batch}-{i}";
            // None was observed for four whole days: the cohort is all units.
            yield return Exposure(unit, i % 2 == 0 ? "control" : "treatment", (batch + 1) / 1000.0);
            yield return Exposure(unit, "a", experiment: "other");
            yield return Outcome(unit, "resolved", i % 3, 1);
            yield return Outcome(unit, "csat", i % 5, 1, attributes: i % 2 == 0 ? """{"plan":"pro"}""" : null);
            // Days later, so that there is a cohort to follow.
            yield return Outcome(unit, "csat", i % 4, 2 * 24 * 60);
            yield return Outcome(unit, "csat", i % 4, 4 * 24 * 60);
        }
    }
}
