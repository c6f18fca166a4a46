using System.Net;
using System.Text.Json;
using Assay.Events;

namespace Assay.Gateway.Tests;

public sealed class AssignTests
{
    [Fact]
    public async Task Assign_Running_ExposesBeforeAnswering()
    {
        var treatment = Sample.Treatment with { Config = Sample.Json("""{"k":5}""") };
        await using var gateway = await GatewayHost.StartAsync([Sample.Running(Sample.OnlyTreatment(treatment), 2)]);
        var row = Assert.Single(await AssignAsync(gateway, """{"units":{"conversation":"c-1"},"attributes":{"plan":"pro"}}"""));
        Assert.Equal(("support-prompt", 2, "treatment", "assigned"), (Text(row, "experiment"), row.GetProperty("version").GetInt32(), Text(row, "variant"), Text(row, "reason")));
        Assert.Equal((ExposureId.For("support-prompt", 2, "c-1"), 1.0, 5), (Text(row, "exposureId"), row.GetProperty("propensity").GetDouble(), row.GetProperty("config").GetProperty("k").GetInt32()));
        Assert.InRange(row.GetProperty("bucket").GetDouble(), 0, 1);
        Assert.Equal(Text(row, "exposureId"), Assert.Single(gateway.Sink.Exposures).Id);
    }

    [Fact]
    public async Task Assign_WithoutExpose_RecordsNothing()
    {
        await using var gateway = await GatewayHost.StartAsync([Sample.Running(Sample.OnlyTreatment())]);
        var row = Assert.Single(await AssignAsync(gateway, """{"units":{"unit":"u"},"expose":false}"""));
        Assert.Equal(("treatment", null), (Text(row, "variant"), Text(row, "exposureId")));
        Assert.Empty(gateway.Sink.Events);
    }

    [Fact]
    public async Task Assign_SameUnitAsTheDataPlane_IsTheSameExposure()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var row = Assert.Single(await AssignAsync(gateway, """{"units":{"conversation":"c-1"}}"""));
        using var response = await gateway.PostAsync("""{"model":"support-bot","messages":[]}""", ("x-assay-conversation", "c-1"));
        Assert.Equal(Text(row, "variant"), response.Headers.GetValues("x-assay-variant").Single());
        Assert.Equal(Text(row, "exposureId"), response.Headers.GetValues("x-assay-exposure-id").Single());
        Assert.Single(gateway.Sink.Exposures);
    }

    [Fact]
    public async Task Assign_NoUnitUnknownOrConcluded_SaysWhy()
    {
        await using var gateway = await GatewayHost.StartAsync([Sample.Running(Sample.Experiment()), Sample.State(Sample.Experiment("old"), ExperimentStatus.Concluded, chosen: "treatment")]);
        var rows = await AssignAsync(gateway, """{"units":{},"experiments":["support-prompt","nobody","old"]}""");
        Assert.Equal(["no-unit", "not-running", "not-running"], rows.Select(r => Text(r, "reason")));
        Assert.Equal([null, null, "treatment"], rows.Select(r => Text(r, "variant")));
        Assert.Equal(JsonValueKind.Null, rows[1].GetProperty("version").ValueKind);
        Assert.Empty(gateway.Sink.Events);
    }

    [Fact]
    public async Task Assign_SpoolUnavailable_GivesNoVariant()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Sink.BeforeAppend = _ => Task.FromException(new SpoolUnavailableException("disk full"));
        var row = Assert.Single(await AssignAsync(gateway, """{"units":{"conversation":"c-1"}}"""));
        Assert.Equal((null, null, "error"), (Text(row, "variant"), Text(row, "exposureId"), Text(row, "reason")));
    }

    [Theory]
    [InlineData("{", "not valid JSON")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("{}", "'units' is missing")]
    [InlineData("""{"units":{"person":"p"},"expos":true}""", "unknown unit 'person'")]
    public async Task Assign_Malformed_IsAProblem(string body, string detail)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var response = await gateway.PostToAsync("/api/v1/assign", body);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Contains(detail, JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static async Task<List<JsonElement>> AssignAsync(GatewayHost gateway, string body)
    {
        using var response = await gateway.PostToAsync("/api/v1/assign", body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return [.. JsonElement.Parse(await response.Content.ReadAsStringAsync()).EnumerateArray()];
    }

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();
}
