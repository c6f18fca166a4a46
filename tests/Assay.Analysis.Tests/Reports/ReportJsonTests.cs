using System.Text.Json;
using Assay.Experiments;

namespace Assay.Analysis.Tests;

[Trait("Kind", "contract")]
public sealed class ReportJsonTests
{
    private static Report Sample => ReportBuilder.Build(
        GivenExperiment.With([GivenExperiment.Primary(), GivenExperiment.Secondary(GivenExperiment.Mean("csat"))], GivenExperiment.Planned(0.05, 0.6, null, 0.5, 1),
            [new Guardrail { Metric = "csat", MinChange = -0.2 }], [GivenExperiment.Critical("plan", "enterprise", 0.02)]),
        GivenMoments.Of(GivenMoments.Proportion("resolution", (600, 1000), (650, 1000)), GivenMoments.Mean("csat", (3.8, 1, 1000), (3.9, 1, 1000))) with
        {
            DataUntil = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Segments = [new("plan", "enterprise", [new("control", 10, 0), new("treatment", 10, 0)], [GivenMoments.Proportion("resolution", (6, 10), (7, 10))])],
        }, new ReportOptions { RemembersLooks = true });

    [Fact]
    public void Write_HasEveryKeyOfTheContract()
    {
        using var json = JsonDocument.Parse(ReportJson.Write(Sample));
        var root = json.RootElement;
        Has(root, "experiment", "version", "definitionHash", "verdict", "srm", "units", "plannedUnits", "look", "dataUntil", "metrics", "segments", "warnings");
        Has(root.GetProperty("verdict"), "decision", "variant", "headline", "reasons", "nextStep");
        Has(root.GetProperty("verdict").GetProperty("reasons")[0], "code", "metric", "text");
        Has(root.GetProperty("srm"), "pValue", "ok");
        var row = root.GetProperty("metrics")[0];
        Has(row, "metric", "role", "unit", "better", "control", "treatment", "difference", "interval", "relativeDifference", "relativeInterval", "intervalLevel",
            "intervalKind", "observedDifference", "pValue", "adjustedPValue", "practical", "method", "methodArguments", "answered", "immature", "crossed", "status", "reason");
        Has(row.GetProperty("control"), "value", "n");
        Has(row.GetProperty("treatment"), "variant", "value", "n");
        Has(root.GetProperty("warnings")[0], "code", "text");
        Assert.Equal("keep-running", root.GetProperty("verdict").GetProperty("decision").GetString());
        Assert.Equal("repeated", row.GetProperty("intervalKind").GetString());
        Assert.Equal("estimated", row.GetProperty("status").GetString());
        Assert.Equal("undecided", row.GetProperty("practical").GetString());
        Assert.Equal(2, row.GetProperty("interval").GetArrayLength());
        Assert.Equal(["control", "treatment"], root.GetProperty("units").EnumerateObject().Select(p => p.Name));
        Assert.Equal(JsonValueKind.Null, row.GetProperty("reason").ValueKind);
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var json = ReportJson.Write(Sample);
        var read = ReportJson.Read(json);
        Assert.Equal(json, ReportJson.Write(read));
        Assert.Equal(ReportText.Write(Sample), ReportText.Write(read));
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("[1,2,3]")]
    [InlineData("3")]
    public void Read_BrokenInterval_Throws(string interval) =>
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<ReportInterval>(interval));

    [Theory]
    [InlineData(double.NaN, 1, "[null,1]")]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity, "[null,null]")]
    [InlineData(-1.5, 2, "[-1.5,2]")]
    public void Write_UnboundedEnd_IsNull(double low, double high, string expected) =>
        Assert.Equal(expected, JsonSerializer.Serialize(ReportInterval.Of(low, high)));

    [Theory]
    [InlineData(Decision.Ship, 0)]
    [InlineData(Decision.DoNotShip, 1)]
    [InlineData(Decision.Hold, 1)]
    [InlineData(Decision.RolledBack, 1)]
    [InlineData(Decision.NoDifference, 1)]
    [InlineData(Decision.KeepRunning, 3)]
    [InlineData(Decision.Inconclusive, 3)]
    [InlineData(Decision.Invalid, 4)]
    public void GateExitCode_FollowsTheContract(Decision decision, int code)
    {
        Assert.Equal(code, DecisionNames.GateExitCode(decision));
        Assert.Equal($"\"{DecisionNames.Of(decision)}\"", JsonSerializer.Serialize(decision));
    }

    private static void Has(JsonElement element, params string[] keys)
    {
        foreach (var key in keys) Assert.True(element.TryGetProperty(key, out _), $"missing key {key}");
    }
}
