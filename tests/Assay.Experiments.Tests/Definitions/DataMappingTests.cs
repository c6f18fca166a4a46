namespace Assay.Experiments.Tests.Definitions;

public sealed class DataMappingTests
{
    [Fact]
    public void Read_WideFile_MapsColumnsAndDefinesTheMetrics()
    {
        var result = DefinitionReader.ReadText("""
            key: gates
            unit: user
            variants: [ { key: control }, { key: treatment } ]
            metrics: { primary: retention_7, secondary: [retention_1] }
            ---
            data: { unit: userid, variant: version, variants: { control: gate_30, treatment: gate_40 }, metrics: { retention_7: { type: proportion, column: retention_7 }, retention_1: { type: proportion, column: r1 } }, attributes: [plan], covariates: [pre] }
            """);

        Assert.Empty(result.Errors);
        var data = result.Definitions!.Data!;
        Assert.Equal(("userid", "version", "gate_40"), (data.Unit, data.Variant, data.Variants["treatment"]));
        Assert.Equal(["plan"], data.Attributes);
        Assert.Equal(["pre"], data.Covariates);
        Assert.Null(data.Columns);
        Assert.Equal(["retention_7", "r1"], data.Metrics.Select(m => m.Source.Column));
        var experiment = result.Definitions.Experiments[0];
        Assert.Equal(["retention_7", "r1"], experiment.Metrics.Select(m => m.Metric.Source.Column));
        Assert.Equal(MissingRule.Zero, experiment.Metrics[0].Metric.Missing);
    }

    [Fact]
    public void Read_LongFile_MapsColumns()
    {
        var data = DefinitionReader.ReadText("data: { variant: arm, columns: { unit: conversation_id, timestamp: ts, metric: name, value: v } }").Definitions!.Data!;
        Assert.Equal(new LongColumns("conversation_id", "ts", "name", "v", "arm"), data.Columns);
        Assert.Equal(("conversation_id", "arm"), (data.Unit, data.Variant));
    }

    [Fact]
    public void Read_CoarserIds_AreColumnsByKind()
    {
        var data = DefinitionReader.ReadText("data: { unit: c, variant: arm, ids: { user: person, cluster: team } }").Definitions!.Data!;
        Assert.Equal([(UnitKind.User, "person"), (UnitKind.Cluster, "team")], data.Ids.Select(i => (i.Key, i.Value)));
        var error = Assert.Single(DefinitionReader.ReadText("data: { unit: c, variant: arm, ids: { users: person } }").Errors);
        Assert.Contains("user", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ColumnForADefinedMetric_KeepsItsDefinition()
    {
        var data = DefinitionReader.ReadText("""
            metrics: { speed: { type: mean, event: speed, better: lower, cap: { percentile: 0.9 } } }
            data: { variant: arm, metrics: { speed: { column: ms } } }
            """).Definitions!.Data!;
        var metric = Assert.Single(data.Metrics);
        Assert.Equal((MetricType.Mean, Direction.Lower, 0.9, "ms", "speed"), (metric.Type, metric.Better, metric.CapPercentile, metric.Source.Column, metric.Source.Event));
    }

    [Theory]
    [InlineData("7d", 7 * 86400.0)]
    [InlineData("24h", 86400.0)]
    [InlineData("30m", 1800.0)]
    [InlineData("10s", 10.0)]
    [InlineData("1h30m", 5400.0)]
    [InlineData("1.5h", 5400.0)]
    [InlineData("500ms", 0.5)]
    [InlineData("0d", 0.0)]
    [InlineData("0", 0.0)]
    public void Read_Durations_AreUnderstood(string text, double seconds)
    {
        var result = DefinitionReader.ReadText($"metrics: {{ m: {{ type: mean, event: e, better: lower, window: {{ idle: {text} }} }} }}");
        Assert.Equal(TimeSpan.FromSeconds(seconds), result.Definitions!.Metrics["m"].Window!.Idle);
    }

    [Fact]
    public void Read_OutcomesOfConversations_AreCompleteWhenIdle_CallsAtOnceUnlessThereAreLooks()
    {
        const string text = "key: e\nunit: UNIT\nvariants: [ { key: a }, { key: b, model: x } ]\nmetrics: { primary: METRIC }\nplan: { looks: LOOKS }";
        MetricWindow? Window(string metric, string looks) => DefinitionReader.ReadText(text.Replace("UNIT", "conversation", StringComparison.Ordinal).Replace("LOOKS", looks, StringComparison.Ordinal).Replace("METRIC", metric, StringComparison.Ordinal)).Definitions!.Experiments[0].Metrics[0].Metric.Window;
        var idle = new MetricWindow(TimeSpan.Zero, null, TimeSpan.FromMinutes(30));
        Assert.Equal(idle, Window("csat", "4"));
        Assert.Equal(idle, Window("csat", "1"));
        Assert.Equal(idle, Window("cost_per_resolved", "1"));
        Assert.Equal(idle, Window("output_tokens", "4"));
        Assert.Null(Window("output_tokens", "1"));
    }
}
