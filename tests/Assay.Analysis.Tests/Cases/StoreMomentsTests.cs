using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;
using Assay.Storage;

namespace Assay.Analysis.Tests;

/// <summary>What a plan asks of the event store besides means: the past of a unit, burn-in, frozen caps, the third moment, events beyond a limit.</summary>
public sealed class StoreMomentsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 20, 8, 0, 0, TimeSpan.Zero);

    private static async Task<ExperimentMoments> ReadAsync(string plan, IEnumerable<AssayEvent> events, Func<MomentsQuery, MomentsQuery>? change = null, string guardrails = "")
    {
        var read = DefinitionReader.ReadText($$"""
            key: exp
            unit: user
            variants: [{ key: control }, { key: treatment }]
            metrics: { primary: spend }
            plan: {{plan}}
            {{guardrails}}
            ---
            metrics:
              spend: { type: mean, event: spend, aggregate: sum, better: higher, cap: { percentile: 0.9 } }
              slow: { type: quantile, quantile: 0.95, event: generation, value: latencyMs, better: lower }
            """);
        Assert.True(read.Definitions is not null, string.Join('\n', read.Errors));
        using var store = DuckDbEventStore.Open(DuckDbEventStore.InMemory);
        await store.WriteAsync([.. events], new SpoolPosition(1, 1), TestContext.Current.CancellationToken);
        var query = new MomentsQuery(read.Definitions.Experiments[0], 1, AsOf: Start.AddDays(30));
        return await store.ReadMomentsAsync(change?.Invoke(query) ?? query, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Read_MetricBeforeTheExposure_CountsOnlyWhatCameBeforeAndNotTooLongBefore()
    {
        List<AssayEvent> events = [];
        double[] past = [3, 5, 8, 2];
        for (var i = 0; i < 4; i++)
        {
            events.Add(Exposure("u" + i, i < 2 ? "control" : "treatment"));
            events.Add(Spend("u" + i, past[i], Start.AddDays(-3)));
            events.Add(Spend("u" + i, 1, Start.AddMinutes(-1)));
            events.Add(Spend("u" + i, 500, Start.AddDays(-15)));
            events.Add(Spend("u" + i, 100 + 7 * i, Start));
        }
        events.Add(Exposure("new", "control"));
        events.Add(Spend("new", 50, Start.AddDays(1)));
        var control = (await ReadAsync("{ covariate: { metric: spend, before: 14d } }", events, q => q with { Caps = [new FrozenCap("spend", null, null)] })).Metrics[0].Arms[0];
        // 4 and 6 are known of two units; the third has the mean of all four: (4 + 6 + 9 + 3) / 4.
        Assert.Equal((3, 1), (control.Units, control.Covariate!.Missing[0]));
        Assert.Equal((4 + 6 + 5.5) / 3, control.Covariate.Means[0], 1e-12);
        var expected = JointMoments.FromColumns([100, 107, 50], [4, 6, 5.5], [0, 0, 1]);
        Assert.Equal(expected.Covariance(0, 1), control.Covariate.WithValue[0], 1e-9);
        Assert.Equal(expected.Covariance(0, 2), control.Covariate.WithValue[1], 1e-9);
        Assert.Equal(expected.Covariance(1, 2), control.Covariate.Covariance(1, 0), 1e-9);
    }

    [Fact]
    public async Task Read_AttributeOfTheFirstExposure_IsTheCovariate()
    {
        var events = new List<AssayEvent>();
        for (var i = 0; i < 6; i++)
        {
            events.Add(Exposure("u" + i, i < 3 ? "control" : "treatment", attributes: new() { ["past"] = i }));
            events.Add(Spend("u" + i, i * 2, Start.AddMinutes(1)));
        }
        var arms = (await ReadAsync("{ covariate: { attribute: past } }", events, q => q with { Caps = [new FrozenCap("spend", null, null)] })).Metrics[0].Arms;
        Assert.Equal(4, arms[1].Covariate!.Means[0], 1e-12);
        Assert.Equal(2, arms[1].Covariate!.WithValue[0], 1e-12);
    }

    [Fact]
    public async Task Read_BurnIn_KeepsItsUnitsOutOfMetricsAndInTheSampleRatio()
    {
        List<AssayEvent> events = [];
        for (var i = 0; i < 10; i++)
        {
            events.Add(Exposure("u" + i, i % 2 == 0 ? "control" : "treatment", Start.AddDays(i)));
            events.Add(Spend("u" + i, 1, Start.AddDays(i).AddMinutes(1)));
        }
        var moments = await ReadAsync("{ burnIn: 2d }", events);
        Assert.Equal((10, 8, 2), (moments.Arms.Sum(a => a.Exposed), moments.Metrics[0].Arms.Sum(a => a.Units), moments.BurnInUnits));
        var all = await ReadAsync("{}", events);
        Assert.Equal((10, 0), (all.Metrics[0].Arms.Sum(a => a.Units), all.BurnInUnits));
    }

    [Fact]
    public async Task Read_FrozenCap_HoldsWhateverTheUnitsAre()
    {
        List<AssayEvent> events = [];
        for (var i = 0; i < 20; i++)
        {
            events.Add(Exposure("u" + i, i % 2 == 0 ? "control" : "treatment"));
            events.Add(Spend("u" + i, i + 1, Start.AddMinutes(1)));
        }
        var frozen = (await ReadAsync("{}", events, q => q with { Caps = [new FrozenCap("spend", 5, null)] })).Metrics[0];
        Assert.Equal(5, frozen.CapValue);
        Assert.Equal((1 + 3 + 5 * 8) / 10.0, frozen.Arms[0].Mean, 1e-12);
        Assert.NotEqual(5, (await ReadAsync("{}", events)).Metrics[0].CapValue);
    }

    [Fact]
    public async Task Read_Skewness_IsThatOfTheValuesAlsoFarFromZero()
    {
        double[] values = [1, 1, 1, 2, 2, 3, 9, 1, 2, 30];
        foreach (var offset in (double[])[0, 1e6])
        {
            List<AssayEvent> events = [];
            for (var i = 0; i < values.Length; i++)
            {
                events.Add(Exposure("u" + i, "control"));
                events.Add(Spend("u" + i, values[i] + offset, Start.AddMinutes(1)));
            }
            var arm = (await ReadAsync("{}", events, q => q with { Caps = [new FrozenCap("spend", null, null)] })).Metrics[0].Arms[0];
            var moments = SampleMoments.FromValues(values);
            var expected = values.Average(v => Math.Pow((v - moments.Mean) / Math.Sqrt(moments.Variance), 3));
            Assert.Equal(expected, arm.Skewness!.Value, 1e-6);
        }
    }

    [Fact]
    public async Task Read_SequentialLimitOfAQuantile_CountsEventsBeyondItPerUnit()
    {
        var random = new Random(5);
        List<AssayEvent> events = [];
        List<double> above = [], all = [];
        for (var i = 0; i < 60; i++)
        {
            events.Add(Exposure("u" + i, "control"));
            var count = 1 + random.Next(4);
            all.Add(count);
            above.Add(0);
            for (var k = 0; k < count; k++)
            {
                var latency = random.Next(1000, 4000);
                if (latency > 3000) above[^1]++;
                events.Add(new GenerationEvent { Id = Guid.CreateVersion7().ToString(), Timestamp = Start.AddMinutes(1), Ids = new UnitIds(User: "u" + i), LatencyMs = latency, Status = GenerationStatus.Ok });
            }
        }
        var moments = await ReadAsync("{}", events, guardrails: "guardrails: [{ metric: slow, max: 3000, method: sequential, action: rollback }]");
        var found = Assert.Single(moments.Metrics.Single(m => m.Metric == "slow").Arms[0].Quantile!.Above);
        var joint = JointMoments.FromColumns([.. above], [.. all]);
        var ratio = RatioMetric.Estimate(new RatioMoments(60, joint.Mean(0), joint.Mean(1), joint.Covariance(0, 0), joint.Covariance(1, 1), joint.Covariance(0, 1)), 0.05).Value;
        Assert.Equal((3000.0, (long)above.Sum()), (found.Limit, found.Events));
        Assert.Equal(ratio.StandardError, found.StandardError, 1e-12);

        // What lies below just above the limit is what does not lie above it.
        moments = await ReadAsync("{}", events, guardrails: "guardrails: [{ metric: slow, min: 3000.5, method: sequential, action: rollback }, { metric: slow, min: 1000, method: sequential, action: rollback }]");
        var quantile = moments.Metrics.Single(m => m.Metric == "slow").Arms[0].Quantile!;
        Assert.Empty(quantile.Above);
        Assert.Equal((3000.5, (long)(all.Sum() - above.Sum())), (quantile.Below[0].Limit, quantile.Below[0].Events));
        Assert.Equal(ratio.StandardError, quantile.Below[0].StandardError, 1e-12);
        // An event at the limit is not below it.
        Assert.Equal(0, quantile.Below[1].Events);
    }

    private static ExposureEvent Exposure(string unit, string variant, DateTimeOffset? at = null, Dictionary<string, object>? attributes = null) => new()
    {
        Id = ExposureId.For("exp", 1, unit),
        Timestamp = at ?? Start,
        Experiment = "exp",
        Version = 1,
        Unit = unit,
        Variant = variant,
        Bucket = 0.1,
        Propensity = 0.5,
        Reason = "assigned",
        Attributes = attributes is null ? null : System.Text.Json.JsonSerializer.SerializeToElement(attributes),
    };

    private static OutcomeEvent Spend(string unit, double value, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7().ToString(),
        Timestamp = at,
        Metric = "spend",
        Value = value,
        Target = new EventTarget(Unit: unit),
    };
}
