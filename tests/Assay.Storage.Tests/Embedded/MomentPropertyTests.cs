using Assay.Events;
using Assay.Experiments;
using static Assay.Storage.Tests.Given;

namespace Assay.Storage.Tests.Embedded;

/// <summary>Random events, in random batches, against the plain loops of <see cref="SlowMoments"/>.</summary>
[Trait("Kind", "property")]
public sealed class MomentPropertyTests
{
    private static readonly MetricWindow Window = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(60), MetricWindow.DefaultIdle);
    private static readonly MetricWindow UntilClosed = new(TimeSpan.Zero, null, TimeSpan.FromMinutes(20));

    private static readonly Metric[] Metrics =
    [
        Proportion("resolved"),
        Proportion("resolved", Window),
        Proportion("resolved", UntilClosed, missing: MissingRule.Exclude),
        Mean("csat"),
        Metric("csat", MetricType.Mean, "csat", AggregateKind.Last, window: Window),
        Metric("csat", MetricType.Mean, "csat", AggregateKind.Max),
        Metric("csat", MetricType.Mean, "csat", AggregateKind.Min, missing: MissingRule.Zero),
        Metric("resolved", MetricType.Mean, "resolved", AggregateKind.Sum, window: UntilClosed),
        Metric("resolved", MetricType.Count, "resolved", AggregateKind.Count),
        Metric("p90", MetricType.Quantile, "generation", AggregateKind.Last, "latencyMs", quantile: 0.9),
        Metric("p50", MetricType.Quantile, "generation", AggregateKind.Last, "latencyMs", quantile: 0.5, window: Window),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task ReadMoments_RandomEvents_AreThoseOfPlainLoops(int seed)
    {
        var random = new Random(seed);
        var events = RandomEvents(random);
        using var store = DuckDbEventStore.Open(DuckDbEventStore.InMemory, new DuckDbStoreOptions(Threads: 2));
        long offset = 0;
        for (var i = 0; i < events.Count;)
        {
            var size = random.Next(1, 120);
            await store.WriteAsync([.. events.Skip(i).Take(size)], new SpoolPosition(1, ++offset));
            i += size;
        }
        // The same metric name in several shapes is no experiment a person would write, and fine here.
        var experiment = Experiment(Metrics);
        var asOf = At(random.Next(120, 260));

        var moments = await store.ReadMomentsAsync(new MomentsQuery(experiment, 1, asOf));

        for (var m = 0; m < Metrics.Length; m++)
        {
            Compare(SlowMoments.Read(experiment, events, Metrics[m], asOf, withCrossed: false), moments.Metrics[m].Arms, $"seed {seed}, metric {m}");
            Compare(SlowMoments.Read(experiment, events, Metrics[m], asOf, withCrossed: true), moments.Metrics[m].IntentionToTreat, $"seed {seed}, metric {m}, all");
        }
    }

    private static void Compare(
        List<(long Units, long Matured, long Immature, long Answered, double Mean, double Variance, QuantileArmMoments? Quantile)> expected,
        IReadOnlyList<MetricArmMoments> found, string where)
    {
        for (var v = 0; v < expected.Count; v++)
        {
            var (e, f) = (expected[v], found[v]);
            Assert.True(
                (e.Units, e.Matured, e.Immature, e.Answered) == (f.Units, f.Matured, f.Immature, f.Answered)
                && Math.Abs(e.Mean - f.Mean) < 1e-12 && Math.Abs(e.Variance - f.Variance) < 1e-9 && Same(e.Quantile, f.Quantile),
                $"{where}, arm {v}: expected {e}, found {f}");
        }
    }

    private static bool Same(QuantileArmMoments? a, QuantileArmMoments? b) =>
        a is null || b is null
            ? a is null && b is null
            : (a.Events, a.Units, a.Value, a.Low, a.High) == (b.Events, b.Units, b.Value, b.Low, b.High)
                && Math.Abs(a.StandardErrorOfProbability - b.StandardErrorOfProbability) < 1e-12;

    private static List<AssayEvent> RandomEvents(Random random)
    {
        var events = new List<AssayEvent>();
        // Whole minutes, so that events of one instant and windows that close on the minute are common.
        string Unit() => "c" + random.Next(40);
        string? Other() => random.Next(8) == 0 ? "elsewhere" : null;
        for (var i = 0; i < 60; i++)
        {
            var unit = Unit();
            var variant = random.Next(12) == 0 ? "treatment" : unit[^1] % 2 == 0 ? "control" : "treatment";
            events.Add(Exposure(unit, variant, random.Next(0, 120), ids: unit[^1] % 3 != 0 ? new UnitIds(User: "u" + unit.Length + unit[^1]) : null));
        }
        // One user's conversations that begin in the same minute could be told apart by nothing: each minute has one.
        var ambiguous = events.Cast<ExposureEvent>().GroupBy(e => e.Unit).Select(g => (g.First().Unit, First: g.Min(e => e.Timestamp)))
            .GroupBy(u => u.First).Where(g => g.Count() > 1).SelectMany(g => g.Select(u => u.Unit)).ToHashSet();
        events = [.. events.Cast<ExposureEvent>().Select(e => ambiguous.Contains(e.Unit) ? e with { Ids = UnitIds.None } : e)];
        for (var i = 0; i < 250; i++)
        {
            var unit = Unit();
            events.Add(Generation(
                random.Next(10) == 0 ? null : unit, random.Next(0, 240), random.Next(5) == 0 ? null : random.Next(1, 40),
                status: (GenerationStatus)Math.Max(0, random.Next(-6, 5)), id: "g" + i,
                assignments: random.Next(3) switch
                {
                    0 => [Assigned(unit, "control")],
                    1 => [Assigned(unit, "control", experiment: "elsewhere"), Assigned(Unit(), "control")],
                    _ => [],
                }));
        }
        for (var i = 0; i < 250; i++)
        {
            EventTarget target = random.Next(6) switch
            {
                0 => new EventTarget(GenerationId: "g" + random.Next(260)),
                1 => new EventTarget(Unit(), ExposureId.For(Key, 1, Unit())),
                2 => new EventTarget("u2" + random.Next(10)),
                _ => new EventTarget(Unit()),
            };
            var metric = random.Next(2) == 0 ? "resolved" : "csat";
            events.Add(Outcome(null, metric, random.Next(4) == 0 ? null : random.Next(0, 4), random.Next(0, 240), experiment: Other(), target: target));
        }
        return [.. events.OrderBy(_ => random.Next())];
    }
}
