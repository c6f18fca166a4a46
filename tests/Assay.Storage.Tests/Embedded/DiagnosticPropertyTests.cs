using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;
using static Assay.Storage.Tests.Given;

namespace Assay.Storage.Tests.Embedded;

/// <summary>Every diagnostic that the store reads, over random events of two weeks, against the plain loops of <see cref="SlowDiagnostics"/>.</summary>
[Trait("Kind", "property")]
public sealed class DiagnosticPropertyTests
{
    private static readonly MetricWindow Short = new(TimeSpan.Zero, TimeSpan.FromDays(2), MetricWindow.DefaultIdle);
    private static readonly MetricWindow Window = new(TimeSpan.FromHours(5), TimeSpan.FromDays(6.5), MetricWindow.DefaultIdle);
    private static readonly MetricWindow UntilClosed = new(TimeSpan.Zero, null, TimeSpan.FromDays(3));
    private static readonly MetricSource Resolved = new("resolved", "value", AggregateKind.Count);

    private static readonly Metric[] Metrics = [.. new[]
    {
        Proportion("resolved"),
        Proportion("resolved", Window, missing: MissingRule.Exclude),
        Proportion("resolved", UntilClosed),
        Proportion("resolved", Short),
        Metric("failed", MetricType.Proportion, "generation", AggregateKind.Any, where: "status == 'error'"),
        Metric("kept", MetricType.Proportion, "resolved", AggregateKind.Last),
        Mean("csat"),
        Metric("csat", MetricType.Mean, "csat", AggregateKind.Sum, window: Window, missing: MissingRule.Zero),
        Metric("csat", MetricType.Mean, "csat", AggregateKind.Last),
        Metric("csat", MetricType.Mean, "csat", AggregateKind.Max, missing: MissingRule.Zero),
        Metric("csat", MetricType.Mean, "csat", AggregateKind.Min, window: UntilClosed),
        Metric("csat", MetricType.Mean, "csat", AggregateKind.Mean, cap: 0.8),
        Metric("csat", MetricType.Mean, "csat", AggregateKind.Mean, where: "plan == 'pro'"),
        Metric("rated", MetricType.Mean, "label", AggregateKind.Mean),
        Metric("solved", MetricType.Count, "resolved", AggregateKind.Count),
        Metric("cost", MetricType.Ratio, "generation", AggregateKind.Sum, "costUsd", missing: MissingRule.Zero, denominator: Resolved),
        Metric("rate", MetricType.Ratio, "csat", AggregateKind.Sum, window: Window, denominator: Resolved),
    }.Select((m, i) => m with { Name = $"m{i}" })];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task ReadMoments_RandomEvents_DiagnosticsAreThoseOfPlainLoops(int seed)
    {
        var random = new Random(seed);
        var events = RandomEvents(random);
        using var store = await StoreAsync([.. events]);
        var experiment = Experiment(Metrics) with { Metrics = [.. Metrics.Select(m => new ExperimentMetric(m, MetricRole.Primary))] };
        var asOf = At(24 * 60 * random.Next(11, 16));
        var slow = new SlowDiagnostics(experiment, events, asOf);

        var read = (await store.ReadMomentsAsync(new MomentsQuery(experiment, 1, asOf) { WithDiagnostics = true })).Diagnostics!;

        Assert.Equal(slow.Arrivals(), read.Arrivals.Select(a => (a.Until, a.Units.ToArray())), (a, b) => a.Item1 == b.Item1 && a.Item2.SequenceEqual(b.Item2));
        Assert.Equal(slow.Reasons(), read.Sources.Select(s => (s.Value, s.Units.ToArray())), (a, b) => a.Item1 == b.Item1 && a.Item2.SequenceEqual(b.Item2));
        Assert.Equal(Metrics.Select(m => m.Name), read.Days.Select(d => d.Metric));
        foreach (var (metric, days) in Metrics.Zip(read.Days)) CompareDays(slow, metric, days, $"seed {seed}, {metric.Name}");
        Assert.Equal(Metrics.Where(m => m.Type != MetricType.Proportion).Select(m => m.Name), read.Tails.Select(t => t.Metric));
        foreach (var tail in read.Tails) CompareTail(slow, Metrics.Single(m => m.Name == tail.Metric), tail, $"seed {seed}, {tail.Metric}");
        Assert.Equal(["m12", "m13"], read.Filters.Select(f => f.Metric));
        foreach (var filter in read.Filters)
            foreach (var ((passing, expected), found) in slow.Filter(Metrics.Single(m => m.Name == filter.Metric)).Zip(filter.Arms))
            {
                Assert.Equal(passing, found.Successes);
                Compare(expected, found, $"seed {seed}, filter of {filter.Metric}", isRatio: true);
            }
        var overlaps = slow.Overlaps();
        Assert.Equal(overlaps.Keys.Select(k => k.Experiment).Distinct().Order(), read.Overlaps.Select(o => o.Experiment).Order());
        foreach (var overlap in read.Overlaps)
            for (var arm = 0; arm < 2; arm++)
                Assert.Equal(overlap.Variants.Select(variant => overlaps[(overlap.Experiment, variant)][arm]), overlap.Units[arm]);
    }

    private static void CompareDays(SlowDiagnostics slow, Metric metric, MetricDays days, string where)
    {
        var entries = slow.EntryDays(metric);
        Assert.Equal(entries.Select(e => e.Day), days.EntryDays.Select(e => e.Day));
        foreach (var (expected, found) in entries.Zip(days.EntryDays)) CompareArms(expected.Arms, found.Arms, $"{where}, entry {expected.Day}", metric);
        if (metric.Window == Short)
        {
            Assert.Contains("no days to compare", days.WhyNoCohort, StringComparison.Ordinal);
            return;
        }
        Assert.Null(days.WhyNoCohort);
        var length = slow.Days(metric);
        foreach (var (expected, found) in slow.Cohort(metric, length).Zip(days.Cohort))
        {
            Assert.Equal(expected.Units, found.Units);
            Assert.Equal(length, found.Days.Length);
            for (var d = 0; d < length; d++)
            {
                var at = $"{where}, {found.Variant}, day {d}";
                Assert.True(expected.Days[d].Active == found.Days[d].Active, $"{at}: active {expected.Days[d].Active} and {found.Days[d].Active}");
                Assert.True(expected.Days[d].Value is null == found.Days[d].Value is null, at);
                Near(expected.Days[d].Value ?? 0, found.Days[d].Value ?? 0, at);
                Near(expected.Days[d].Error, found.Days[d].StandardError, at + ", error");
            }
            Near(expected.SlopeError, found.SlopeStandardError, $"{where}, {found.Variant}, slope");
        }
    }

    private static void CompareTail(SlowDiagnostics slow, Metric metric, MetricTail tail, string where)
    {
        foreach (var (expected, found) in slow.Skewness(metric).Zip(tail.Skewness))
        {
            Assert.True(expected is null == found is null, where);
            Near(expected ?? 0, found ?? 0, where + ", skewness");
        }
        Assert.Equal([1, 10], tail.Without.Select(w => w.LeftOut));
        foreach (var rest in tail.Without) CompareArms(slow.Without(metric, rest.LeftOut), rest.Arms, $"{where}, without {rest.LeftOut}", metric);
        CompareArms(slow.Winsorised(metric), tail.Winsorised, where + ", winsorised", metric);
    }

    private static void CompareArms(SlowDiagnostics.Numbers[] expected, ImmutableArray<MetricArmMoments> found, string where, Metric metric)
    {
        foreach (var (e, f) in expected.Zip(found)) Compare(e, f, where, metric.Denominator is not null);
    }

    private static void Compare(SlowDiagnostics.Numbers expected, MetricArmMoments found, string where, bool isRatio)
    {
        Assert.True(expected.Units == found.Units, $"{where}: {expected.Units} units and {found.Units}");
        Near(expected.Mean, found.Mean, where);
        Near(expected.Variance, found.Variance, where);
        if (!isRatio) return;
        Near(expected.DenominatorMean, found.DenominatorMean, where);
        Near(expected.DenominatorVariance, found.DenominatorVariance, where);
        Near(expected.Covariance, found.Covariance, where);
    }

    private static void Near(double expected, double found, string where) =>
        Assert.True(Math.Abs(expected - found) <= 1e-10 * Math.Max(1, Math.Abs(expected)), $"{where}: expected {expected}, found {found}");

    private static List<AssayEvent> RandomEvents(Random random)
    {
        var events = new List<AssayEvent>();
        // Whole hours, so that events of one instant and days that end on the hour are common.
        const int hours = 60;
        int Late() => hours * random.Next(0, 24 * 14);
        string Unit() => "c" + random.Next(80);
        string Arm(string unit) => unit[^1] % 2 == 0 ? "control" : "treatment";
        for (var i = 0; i < 160; i++)
        {
            var unit = Unit();
            var variant = random.Next(30) == 0 ? "treatment" : Arm(unit);
            events.Add(Exposure(unit, variant, hours * random.Next(0, 24 * 6)) with { Reason = unit[^1] % 3 == 0 ? "sticky" : "assigned" });
            if (random.Next(2) == 0)
                events.Add(Exposure(unit, random.Next(3) == 0 ? "a" : "b", Late() + i, experiment: random.Next(2) == 0 ? "other" : "third"));
        }
        for (var i = 0; i < 400; i++)
            events.Add(Generation(Unit(), Late(), random.Next(1, 40), costUsd: random.Next(0, 8), status: (GenerationStatus)random.Next(3), id: "g" + i));
        for (var i = 0; i < 1600; i++)
        {
            EventTarget target = random.Next(8) == 0 ? new EventTarget(GenerationId: "g" + random.Next(400)) : new EventTarget(Unit());
            var isText = random.Next(20) == 0;
            events.Add(Outcome(
                null, random.Next(2) == 0 ? "resolved" : "csat", isText || random.Next(4) == 0 ? null : random.Next(0, 4) + (random.Next(90) == 0 ? 500 : 0), Late(),
                text: isText ? "yes" : null, target: target, attributes: random.Next(2) == 0 ? """{"plan":"pro"}""" : null));
        }
        for (var i = 0; i < 60; i++)
            events.Add(new LabelEvent { Id = Guid.CreateVersion7().ToString(), Timestamp = At(Late()), Target = new EventTarget(Unit()), Metric = "quality", Value = random.Next(5) });
        return [.. events.OrderBy(_ => random.Next())];
    }
}
