using Assay.Events;
using Assay.Experiments;
using static Assay.Storage.Tests.Given;

namespace Assay.Storage.Tests.Embedded;

/// <summary>The rules of the contract's "From events to metrics", one by one.</summary>
public sealed class MomentRuleTests
{
    private static readonly MetricWindow Hour = new(TimeSpan.Zero, TimeSpan.FromHours(1), MetricWindow.DefaultIdle);
    private static readonly MetricWindow UntilClosed = new(TimeSpan.Zero, null, TimeSpan.FromMinutes(30));

    [Fact]
    public async Task Any_AbsentTrueAndNonZero_Count()
    {
        var arm = (await MomentsAsync([Proportion("m")],
        [
            Exposure("absent", "control"), Exposure("one", "control"), Exposure("zero", "control"), Exposure("none", "control"),
            Outcome("absent", "m"), Outcome("one", "m", 0.5), Outcome("zero", "m", 0),
        ])).Metrics[0].Arms[0];

        Assert.Equal((4, 2, 3), (arm.Units, arm.Successes, arm.Answered));
    }

    [Fact]
    public async Task Missing_Exclude_LeavesOutUnitsWithoutARow()
    {
        var arm = (await MomentsAsync([Proportion("m", missing: MissingRule.Exclude)],
            [Exposure("a", "control"), Exposure("b", "control"), Outcome("a", "m")])).Metrics[0].Arms[0];

        Assert.Equal((1, 2, 1), (arm.Units, arm.Matured, arm.Successes));
    }

    [Fact]
    public async Task Window_RowsOutside_DoNotCount_AndOpenUnitsAreImmature()
    {
        var arm = (await MomentsAsync([Proportion("m", Hour)],
        [
            Exposure("in", "control"), Outcome("in", "m", 1, 59.9),
            Exposure("late", "control"), Outcome("late", "m", 1, 60),
            Exposure("open", "control", 30), Outcome("open", "m", 1, 31),
        ], At(89))).Metrics[0].Arms[0];

        Assert.Equal((2, 2, 1, 1, 1), (arm.Units, arm.Matured, arm.Immature, arm.Successes, arm.Answered));
    }

    [Theory]
    [InlineData(59.999, 0)]
    [InlineData(60, 1)]
    public async Task Window_AsOf_DecidesMaturity(double asOf, long matured)
    {
        var arm = (await MomentsAsync([Proportion("m", Hour)], [Exposure("a", "control")], At(asOf))).Metrics[0].Arms[0];

        Assert.Equal((matured, 1 - matured), (arm.Matured, arm.Immature));
    }

    [Fact]
    public async Task Window_Conversation_ClosesAtTheFirstIdleStretch()
    {
        var arm = (await MomentsAsync([Proportion("m", UntilClosed)],
        [
            // Closed at 40 + 30; comes back later, which changes nothing.
            Exposure("closed", "control"), Generation("closed", 20), Generation("closed", 40), Outcome("closed", "m", 1, 69), Generation("closed", 100),
            Exposure("back", "control"), Generation("back", 10), Outcome("back", "m", 1, 41), Generation("back", 41),
            Exposure("open", "control", 80), Generation("open", 85), Outcome("open", "m", 1, 86),
            Exposure("silent", "control"),
        ], At(110))).Metrics[0].Arms[0];

        Assert.Equal((3, 1, 1), (arm.Matured, arm.Immature, arm.Successes));
    }

    [Fact]
    public async Task Rows_BeforeTheFirstExposureOrAfterAsOf_NeverCount()
    {
        var arm = (await MomentsAsync([Metric("m", MetricType.Mean, "m", AggregateKind.Sum)],
            [Exposure("a", "control", 10), Outcome("a", "m", 1, 9), Outcome("a", "m", 2, 10), Outcome("a", "m", 4, 20), Outcome("a", "m", 8, 21)], At(20))).Metrics[0].Arms[0];

        Assert.Equal(6, arm.Mean);
    }

    [Fact]
    public async Task Rows_OfAnotherExperiment_CountOnlyThere()
    {
        var arm = (await MomentsAsync([Metric("m", MetricType.Mean, "m", AggregateKind.Sum)],
            [Exposure("a", "control"), Outcome("a", "m", 1), Outcome("a", "m", 2, experiment: Key), Outcome("a", "m", 4, experiment: "other")])).Metrics[0].Arms[0];

        Assert.Equal(3, arm.Mean);
    }

    [Fact]
    public async Task Versions_AreNeverPooled()
    {
        var moments = await MomentsAsync([Proportion("m")], [Exposure("a", "control"), Exposure("b", "control", version: 2), Outcome("b", "m")]);

        Assert.Equal(1, moments.Arms[0].Exposed);
        Assert.Equal(0, moments.Metrics[0].Arms[0].Successes);
    }

    [Fact]
    public async Task Crossed_AreSetAside_AndCountedByFirstArmForIntentionToTreat()
    {
        var moments = await MomentsAsync([Proportion("m")],
        [
            Exposure("a", "control"), Exposure("b", "treatment"),
            Exposure("x", "treatment", 5), Exposure("x", "control", 1), Outcome("x", "m", 1, 6),
        ]);

        Assert.Equal([new ArmUnits("control", 2, 1), new ArmUnits("treatment", 1, 0)], moments.Arms);
        Assert.Equal((1, 0), (moments.Metrics[0].Arms[0].Units, moments.Metrics[0].Arms[0].Successes));
        Assert.Equal((2, 1), (moments.Metrics[0].IntentionToTreat[0].Units, moments.Metrics[0].IntentionToTreat[0].Successes));
        Assert.Equal(moments.Metrics[0].Arms[1], moments.Metrics[0].IntentionToTreat[1]);
    }

    [Fact]
    public async Task Targets_ExposureGenerationAndResponse_FindTheirUnit()
    {
        var arms = (await MomentsAsync([Metric("m", MetricType.Mean, "m", AggregateKind.Sum)],
        [
            Exposure("a", "control"), Exposure("b", "treatment"),
            Generation("a", id: "g1", responseId: "r1"), Generation("b", id: "g2", responseId: "r2"),
            Outcome(null, "m", 1, target: new EventTarget(ExposureId: ExposureId.For(Key, 1, "a"))),
            Outcome(null, "m", 2, target: new EventTarget(GenerationId: "g1")),
            Outcome(null, "m", 4, target: new EventTarget(ResponseId: "r1")),
            // The generation is b's: it wins over the unit beside it.
            Outcome(null, "m", 8, target: new EventTarget(Unit: "a", GenerationId: "g2")),
            Outcome(null, "m", 16, target: new EventTarget(GenerationId: "unknown")),
        ])).Metrics[0].Arms;

        Assert.Equal((7, 8), (arms[0].Mean, arms[1].Mean));
    }

    [Fact]
    public async Task Targets_OtherIdsOfAUnit_MeanItsLatestExposureBefore()
    {
        var ids = new UnitIds(User: "u1");
        var arms = (await MomentsAsync([Metric("m", MetricType.Mean, "m", AggregateKind.Sum)],
        [
            Exposure("c1", "control", 0, ids: ids), Exposure("c2", "treatment", 60, ids: ids),
            Outcome("u1", "m", 1, 30), Outcome("u1", "m", 2, 60), Outcome("u1", "m", 4, 90), Outcome("c1", "m", 8, 90),
            Outcome("u1", "m", 16, -1), Outcome("u2", "m", 32, 90),
        ])).Metrics[0].Arms;

        Assert.Equal((9, 6), (arms[0].Mean, arms[1].Mean));
    }

    [Fact]
    public async Task Targets_IdThatIsAUnitItself_IsNeverAnAlias()
    {
        var arms = (await MomentsAsync([Metric("m", MetricType.Mean, "m", AggregateKind.Sum)],
        [
            Exposure("x", "control"), Exposure("y", "treatment", ids: new UnitIds(User: "x")), Outcome("x", "m", 1, 5),
        ])).Metrics[0].Arms;

        Assert.Equal((1, 1, 0), (arms[0].Mean, arms[0].Units, arms[1].Units));
    }

    [Fact]
    public async Task Generations_AssignedHere_BelongToTheirExposure_OthersToTheIdTheyName()
    {
        var arms = (await MomentsAsync([Metric("n", MetricType.Count, "generation", AggregateKind.Count)],
        [
            Exposure("a", "control"), Exposure("b", "treatment"),
            Generation("somebody", assignments: [Assigned("a", "control")]),
            Generation("b", assignments: [Assigned("q", "x", experiment: "other"), Assigned("a", "control")]),
            Generation("b", assignments: [Assigned("q", "x", experiment: "other")]),
            Generation("b", assignments: [Assigned("b", "treatment", version: 2)]),
            Generation("b"), Generation(null, unit: "b"), Generation(null),
        ])).Metrics[0].Arms;

        Assert.Equal((2, 3), (arms[0].Mean, arms[1].Mean));
    }

    [Fact]
    public async Task Where_OverFieldsAndAttributes_IsThreeValued()
    {
        AssayEvent[] events =
        [
            Exposure("a", "control"),
            Outcome("a", "m", 1, attributes: """{"plan":"pro","n":3,"ok":true,"a.b":"dot"}"""),
            Outcome("a", "m", 2, attributes: """{"plan":"free","n":"3","a":{"b":"path"}}"""),
            Outcome("a", "m", 4, attributes: """{"plan":null}"""),
            Outcome("a", "m", 8),
            Outcome("a", "m", text: "billing"),
        ];
        async Task<double> Sum(string where) =>
            (await MomentsAsync([Metric("x", MetricType.Count, "m", AggregateKind.Count, where: where)], events)).Metrics[0].Arms[0].Mean;

        Assert.Equal(1, await Sum("plan == 'pro'"));
        Assert.Equal(1, await Sum("plan != 'pro'"));
        Assert.Equal(1, await Sum("not (plan == 'pro')"));
        Assert.Equal(2, await Sum("plan in ['pro', 'free', 7]"));
        Assert.Equal(1, await Sum("plan not in ['pro', 7]"));
        Assert.Equal(1, await Sum("n >= 3"));
        Assert.Equal(1, await Sum("ok"));
        Assert.Equal(3, await Sum("plan == null"));
        Assert.Equal(1, await Sum("a.b == 'dot'"));
        Assert.Equal(1, await Sum("a.b == 'path'"));
        Assert.Equal(3, await Sum("value >= 2 and not exists(n)  or value == true"));
        Assert.Equal(1, await Sum("value == 'billing'"));
        Assert.Equal(0, await Sum("plan == 'x'' or 1=1 --'".Replace("''", "\\'", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task InvalidRows_AreRefusedAndCounted()
    {
        var count = Metric("c", MetricType.Count, "m", AggregateKind.Sum);
        var moments = await MomentsAsync([count, Metric("t", MetricType.Mean, "generation", AggregateKind.Sum, "outputTokens"), Mean("m")],
        [
            Exposure("a", "control"), Exposure("b", "treatment"),
            Outcome("a", "m", 3), Outcome("a", "m", -2), Outcome("a", "m", text: "three"), Outcome("b", "m", 1),
            Generation("a", outputTokens: 7), Generation("a", outputTokens: -1),
        ]);

        Assert.Equal((3, 2), (moments.Metrics[0].Arms[0].Mean, moments.Metrics[0].Arms[0].InvalidRows));
        Assert.Equal((7, 1), (moments.Metrics[1].Arms[0].Mean, moments.Metrics[1].Arms[0].InvalidRows));
        Assert.Equal((0.5, 1), (moments.Metrics[2].Arms[0].Mean, moments.Metrics[2].Arms[0].InvalidRows));
        Assert.Equal(0, moments.Metrics[0].Arms[1].InvalidRows);
    }

    [Fact]
    public async Task Cost_OfSuccessfulCallsWithoutAPrice_IsUnknown_OfFailedOnesNothing()
    {
        var arms = (await MomentsAsync([Metric("cost", MetricType.Mean, "generation", AggregateKind.Sum, "costUsd")],
        [
            Exposure("priced", "control"), Generation("priced", costUsd: 2), Generation("priced", status: GenerationStatus.Error),
            Exposure("unpriced", "control"), Generation("unpriced", costUsd: 4), Generation("unpriced"),
            Exposure("none", "treatment"), Generation("none"),
        ])).Metrics[0].Arms;

        Assert.Equal((1, 2, 1), (arms[0].Units, arms[0].Mean, arms[0].Unknown));
        Assert.Equal((0, 1), (arms[1].Units, arms[1].Unknown));
    }

    [Fact]
    public async Task Cap_IsThePooledPercentileOfUnitValues_AndSparesBinaries()
    {
        var events = Enumerable.Range(1, 10).SelectMany(i => new AssayEvent[]
        {
            Exposure("u" + i, i % 2 == 0 ? "control" : "treatment"), Outcome("u" + i, "m", i == 10 ? 1000 : i), Outcome("u" + i, "b", i == 10 ? 1 : 0),
        }).ToArray();

        var moments = await MomentsAsync([Mean("m", cap: 0.9), Mean("b", cap: 0.5)], events);

        Assert.Equal(9, moments.Metrics[0].CapValue);
        Assert.Equal((2 + 4 + 6 + 8 + 9) / 5.0, moments.Metrics[0].Arms[0].Mean);
        Assert.Null(moments.Metrics[1].CapValue);
        Assert.Equal(0.2, moments.Metrics[1].Arms[0].Mean, 12);
    }

    [Fact]
    public async Task Segments_AreThoseOfTheFirstExposure()
    {
        using var store = await StoreAsync(
            Exposure("a", "control", attributes: """{"plan":"pro"}"""), Exposure("b", "treatment", attributes: """{"plan":"free"}"""),
            Exposure("c", "treatment"), Exposure("x", "treatment", 1, attributes: """{"plan":"pro"}"""), Exposure("x", "control", 2, attributes: """{"plan":"free"}"""),
            Outcome("a", "m"), Outcome("x", "m", 1, 3));
        var experiment = Experiment(Proportion("m"), Mean("other")) with { Segments = [new Segment("plan", System.Collections.Immutable.ImmutableSortedDictionary<string, double>.Empty)] };

        var segments = (await store.ReadMomentsAsync(new MomentsQuery(experiment, 1))).Segments;

        Assert.Equal(["free", "pro", null], segments.Select(s => s.Value));
        Assert.Equal([new ArmUnits("control", 1, 0), new ArmUnits("treatment", 1, 1)], segments[1].Arms);
        Assert.Equal("m", Assert.Single(segments[1].Metrics).Metric);
        Assert.Equal((1, 0), (segments[1].Metrics[0].Arms[0].Successes, segments[1].Metrics[0].Arms[1].Units));
        Assert.Equal(1, segments[1].Metrics[0].IntentionToTreat[1].Successes);
    }

    [Fact]
    public async Task Quantile_FailuresAreInfinite_AndRowsWithoutALatencyAreNone()
    {
        var arm = (await MomentsAsync([Quantile("p50", 0.5), Quantile("p90", 0.9)],
        [
            Exposure("a", "control"), Exposure("b", "control"),
            Generation("a", latencyMs: 100), Generation("a", latencyMs: 5, status: GenerationStatus.Error), Generation("b", status: GenerationStatus.Timeout),
            Generation("b", latencyMs: 300), Generation("b", latencyMs: 200), Generation("b"), Generation("b", latencyMs: -3),
        ])).Metrics;

        Assert.Equal((5, 2, 300), (arm[0].Arms[0].Quantile!.Events, arm[0].Arms[0].Quantile!.Units, arm[0].Arms[0].Quantile!.Value));
        Assert.Equal(1, arm[0].Arms[0].InvalidRows);
        Assert.Equal(double.PositiveInfinity, arm[1].Arms[0].Quantile!.Value);
        Assert.Equal(double.PositiveInfinity, arm[1].Arms[0].Quantile!.High);
    }
}
