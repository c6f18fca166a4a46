using System.Text;
using System.Text.Json;

namespace Assay.Server.Tests;

/// <summary>The verdict of the planned end stands, whatever arrives later.</summary>
[Trait("Kind", "contract")]
public sealed class JudgedOnceTests
{
    [Fact]
    public async Task Report_AfterThePlannedEnd_DoesNotLookAgain()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync("/api/v1/experiments", Definitions.Experiment());
        await server.PostAsync("/api/v1/experiments/greeting/start");
        await ExposeAsync(server, 0, 60, resolvedOf: variant => variant == "treatment");
        var (_, first) = await server.GetAsync("/api/v1/experiments/greeting/report");
        Assert.Equal("keep-running", first.GetProperty("verdict").GetProperty("decision").GetString());
        await ExposeAsync(server, 60, 140, resolvedOf: variant => variant == "treatment");
        var (_, final) = await server.GetAsync("/api/v1/experiments/greeting/report");
        Assert.Equal("ship", final.GetProperty("verdict").GetProperty("decision").GetString());
        await ExposeAsync(server, 200, 400, resolvedOf: variant => variant == "control");
        var (_, later) = await server.GetAsync("/api/v1/experiments/greeting/report");
        Assert.Equal(final.GetRawText(), later.GetRawText());
    }

    private static async Task ExposeAsync(TestServer server, int from, int count, Func<string, bool> resolvedOf)
    {
        var outcomes = new List<object>();
        for (var i = from; i < from + count; i++)
        {
            var unit = $"c-{i}";
            var (status, assigned) = await server.PostAsync("/api/v1/assign", JsonSerializer.Serialize(new { units = new { conversation = unit }, experiments = new[] { "greeting" } }));
            Assert.Equal(200, status);
            var decision = assigned.ValueKind == JsonValueKind.Array ? assigned[0] : assigned;
            outcomes.Add(new { type = "outcome", unit, metric = "resolved", value = resolvedOf(decision.GetProperty("variant").GetString()!) });
        }
        using var response = await server.Http.PostAsync("/api/v1/events", new StringContent(JsonSerializer.Serialize(outcomes), Encoding.UTF8, "application/json"));
        Assert.Equal(202, (int)response.StatusCode);
    }
}
