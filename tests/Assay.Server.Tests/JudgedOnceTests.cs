using System.Text;
using System.Text.Json;

namespace Assay.Server.Tests;

/// <summary>The verdict of the planned end stands, whatever arrives later.</summary>
[Trait("Kind", "contract")]
public sealed class JudgedOnceTests
{
    /// <summary>Longer than a conversation may be idle before it is closed.</summary>
    private static readonly TimeSpan Closing = TimeSpan.FromMinutes(31);

    [Fact]
    public async Task Report_AfterThePlannedEnd_DoesNotLookAgain()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync("/api/v1/experiments", Definitions.Experiment());
        await server.PostAsync("/api/v1/experiments/greeting/start");
        await ExposeAsync(server, 0, 60, resolvedOf: variant => variant == "treatment");
        server.Time.Advance(Closing);
        var (_, first) = await server.GetAsync("/api/v1/experiments/greeting/report");
        Assert.Equal("keep-running", first.GetProperty("verdict").GetProperty("decision").GetString());
        await ExposeAsync(server, 60, 140, resolvedOf: variant => variant == "treatment");
        server.Time.Advance(Closing);
        var (_, final) = await server.GetAsync("/api/v1/experiments/greeting/report");
        Assert.Equal("ship", final.GetProperty("verdict").GetProperty("decision").GetString());
        await ExposeAsync(server, 200, 400, resolvedOf: variant => variant == "control");
        server.Time.Advance(Closing);
        var (_, later) = await server.GetAsync("/api/v1/experiments/greeting/report");
        Assert.Equal(final.GetRawText(), later.GetRawText());
    }

    [Fact]
    public async Task Report_RegisteredLook_IsEvaluatedOnceAndSurvivesARestart()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync("/api/v1/experiments", Definitions.Experiment(looks: ", looks: [0.5, 1]"));
        await server.PostAsync("/api/v1/experiments/greeting/start");
        var everyOther = 0;
        await ExposeAsync(server, 0, 44, resolvedOf: _ => everyOther++ % 2 == 0);
        server.Time.Advance(Closing);
        var (_, first) = await server.GetAsync("/api/v1/experiments/greeting/report");
        Assert.Equal(1, first.GetProperty("look").GetInt32());
        Assert.Equal("keep-running", first.GetProperty("verdict").GetProperty("decision").GetString());

        await server.RestartAsync();
        var (_, restarted) = await server.GetAsync("/api/v1/experiments/greeting/report");
        Assert.Equal(first.GetRawText(), restarted.GetRawText());

        // More units, and an overwhelming difference: but the look is over and the next one not due.
        await ExposeAsync(server, 44, 10, resolvedOf: variant => variant == "treatment");
        server.Time.Advance(Closing);
        var (_, between) = await server.GetAsync("/api/v1/experiments/greeting/report");
        Assert.Equal(JsonValueKind.Null, between.GetProperty("look").ValueKind);
        Assert.Equal("always-valid", between.GetProperty("metrics")[0].GetProperty("intervalKind").GetString());
        Assert.Equal(first.GetProperty("looks").GetRawText(), between.GetProperty("looks").GetRawText());

        await ExposeAsync(server, 54, 60, resolvedOf: variant => variant == "treatment");
        server.Time.Advance(Closing);
        var (_, last) = await server.GetAsync("/api/v1/experiments/greeting/report");
        Assert.Equal(2, last.GetProperty("look").GetInt32());
        Assert.Equal("ship", last.GetProperty("verdict").GetProperty("decision").GetString());
        Assert.Equal(44, last.GetProperty("looks")[0].GetProperty("maturedUnits").GetInt64());
        await server.RestartAsync();
        Assert.Equal(last.GetRawText(), (await server.GetAsync("/api/v1/experiments/greeting/report")).Item2.GetRawText());
    }

    [Fact]
    public async Task Report_BoundaryReachedEarly_SettlesTheVersion()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync("/api/v1/experiments", Definitions.Experiment(looks: ", looks: [0.5, 1]"));
        await server.PostAsync("/api/v1/experiments/greeting/start");
        await ExposeAsync(server, 0, 44, resolvedOf: variant => variant == "treatment");
        server.Time.Advance(Closing);
        var (_, stopped) = await server.GetAsync("/api/v1/experiments/greeting/report");
        Assert.Equal("ship", stopped.GetProperty("verdict").GetProperty("decision").GetString());
        Assert.Equal("stage-wise", stopped.GetProperty("metrics")[0].GetProperty("intervalKind").GetString());
        await ExposeAsync(server, 44, 100, resolvedOf: variant => variant == "control");
        server.Time.Advance(Closing);
        Assert.Equal(stopped.GetRawText(), (await server.GetAsync("/api/v1/experiments/greeting/report")).Item2.GetRawText());
    }

    [Fact]
    public async Task Report_HybridPlan_EndsForHarmAtAnyReportAndNeverForBenefit()
    {
        foreach (var (better, decision) in new[] { ("control", "do-not-ship"), ("treatment", "keep-running") })
        {
            await using var server = await TestServer.StartAsync();
            await server.PostAsync("/api/v1/experiments", Definitions.Experiment(looks: ", method: hybrid").Replace("minimumEffect: 0.3", "minimumEffect: 0.1", StringComparison.Ordinal));
            await server.PostAsync("/api/v1/experiments/greeting/start");
            await ExposeAsync(server, 0, 260, resolvedOf: variant => variant == better);
            server.Time.Advance(Closing);
            var (_, report) = await server.GetAsync("/api/v1/experiments/greeting/report");
            Assert.Equal((decision, decision == "do-not-ship", "hybrid"), (report.GetProperty("verdict").GetProperty("decision").GetString(), report.GetProperty("ends").GetBoolean(), report.GetProperty("planMethod").GetString()));
            Assert.Equal("always-valid", report.GetProperty("metrics")[0].GetProperty("intervalKind").GetString());
            await ExposeAsync(server, 260, 60, resolvedOf: variant => variant != better);
            server.Time.Advance(Closing);
            await server.RestartAsync();
            var (_, later) = await server.GetAsync("/api/v1/experiments/greeting/report");
            if (decision == "do-not-ship") Assert.Equal(report.GetRawText(), later.GetRawText());
            else Assert.Equal(320, later.GetProperty("maturedUnits").GetInt64());
        }
    }

    [Fact]
    public async Task Report_OutcomesStillToCome_IsNotJudgedBeforeTheConversationsAreClosed()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync("/api/v1/experiments", Definitions.Experiment());
        await server.PostAsync("/api/v1/experiments/greeting/start");
        var late = await AssignAsync(server, 0, 200);
        var (_, silent) = await server.GetAsync("/api/v1/experiments/greeting/report");
        Assert.Equal("keep-running", silent.GetProperty("verdict").GetProperty("decision").GetString());
        Assert.Equal(0, silent.GetProperty("maturedUnits").GetInt64());
        await PostAsync(server, late, variant => variant == "treatment");
        server.Time.Advance(Closing);
        var (_, final) = await server.GetAsync("/api/v1/experiments/greeting/report");
        Assert.Equal("ship", final.GetProperty("verdict").GetProperty("decision").GetString());
    }

    [Fact]
    public async Task Report_StoppedShortOfThePlan_IsInconclusiveAndSaysWhy()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync("/api/v1/experiments", Definitions.Experiment());
        await server.PostAsync("/api/v1/experiments/greeting/start");
        await ExposeAsync(server, 0, 40, resolvedOf: variant => variant == "treatment");
        server.Time.Advance(Closing);
        await server.PostAsync("/api/v1/experiments/greeting/stop");
        var (_, report) = await server.GetAsync("/api/v1/experiments/greeting/report");
        Assert.Equal("inconclusive", report.GetProperty("verdict").GetProperty("decision").GetString());
        Assert.Contains("before its planned end", report.GetProperty("verdict").GetProperty("headline").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_OutcomeAfterClosing_DoesNotCountAndIsSaid()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync("/api/v1/experiments", Definitions.Experiment());
        await server.PostAsync("/api/v1/experiments/greeting/start");
        var assigned = await AssignAsync(server, 0, 10);
        server.Time.Advance(Closing);
        await PostAsync(server, assigned, _ => true);
        var (_, report) = await server.GetAsync("/api/v1/experiments/greeting/report");
        Assert.Contains(report.GetProperty("warnings").EnumerateArray(),
            w => w.GetProperty("code").GetString() == "late-rows" && w.GetProperty("text").GetString()!.Contains("10 outcomes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Report_ExposureToAVariantThatIsNotThere_IsSaid()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync("/api/v1/experiments", Definitions.Experiment());
        await server.PostAsync("/api/v1/experiments/greeting/start");
        await server.PostAsync("/api/v1/feedback", """{"type":"exposure","experiment":"greeting","version":1,"unit":"u-1","variant":"Treatment"}""");
        var (_, report) = await server.GetAsync("/api/v1/experiments/greeting/report");
        Assert.Contains(report.GetProperty("warnings").EnumerateArray(),
            w => w.GetProperty("code").GetString() == "unknown-variants" && w.GetProperty("text").GetString()!.Contains("'Treatment' (1)", StringComparison.Ordinal));
    }

    private static async Task ExposeAsync(TestServer server, int from, int count, Func<string, bool> resolvedOf) =>
        await PostAsync(server, await AssignAsync(server, from, count), resolvedOf);

    private static async Task<List<(string Unit, string Variant)>> AssignAsync(TestServer server, int from, int count)
    {
        var assigned = new List<(string, string)>();
        for (var i = from; i < from + count; i++)
        {
            var (status, decisions) = await server.PostAsync("/api/v1/assign", JsonSerializer.Serialize(new { units = new { conversation = $"c-{i}" }, experiments = new[] { "greeting" } }));
            Assert.Equal(200, status);
            assigned.Add(($"c-{i}", decisions[0].GetProperty("variant").GetString()!));
        }
        return assigned;
    }

    private static async Task PostAsync(TestServer server, List<(string Unit, string Variant)> assigned, Func<string, bool> resolvedOf)
    {
        var outcomes = assigned.Select(a => new { type = "outcome", unit = a.Unit, metric = "resolved", value = resolvedOf(a.Variant) });
        using var response = await server.Http.PostAsync("/api/v1/events", new StringContent(JsonSerializer.Serialize(outcomes), Encoding.UTF8, "application/json"));
        Assert.Equal(202, (int)response.StatusCode);
    }
}
