
namespace Assay.Server.Tests;

[Trait("Kind", "contract")]
public sealed class ControlTests
{
    [Fact]
    public async Task Create_NewDefinition_IsADraftOfVersion1()
    {
        await using var server = await TestServer.StartAsync();
        var (status, body) = await server.PostAsync("/api/v1/experiments", Definitions.Experiment());
        Assert.Equal(201, status);
        var experiment = body.GetProperty("experiments")[0];
        Assert.Equal("greeting", experiment.GetProperty("key").GetString());
        Assert.Equal("draft", experiment.GetProperty("status").GetString());
        Assert.Equal(1, experiment.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Create_SeveralErrors_ListsAllWithTheirLines()
    {
        await using var server = await TestServer.StartAsync();
        var (status, body) = await server.PostAsync("/api/v1/experiments", Definitions.Experiment()
            .Replace("weight: 0.5, upstream: local, model: m, system: \"Be brief", "weigth: 0.5, upstream: nowhere, model: m, system: \"Be brief", StringComparison.Ordinal));
        Assert.Equal(400, status);
        Assert.Equal("invalid-definition", body.GetProperty("title").GetString());
        var problems = body.GetProperty("problems").EnumerateArray().Select(p => p.GetString()!).ToList();
        Assert.Contains(problems, p => p.Contains("weigth", StringComparison.Ordinal) && p.Contains(":6", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Contains("nowhere", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\"experiment\": {")]
    [InlineData("key: [unclosed")]
    [InlineData("")]
    public async Task Create_Malformed_Is400AndNothingIsRegistered(string body)
    {
        await using var server = await TestServer.StartAsync();
        var (status, problem) = await server.PostAsync("/api/v1/experiments", body);
        Assert.Equal(400, status);
        Assert.NotEmpty(problem.GetProperty("problems").EnumerateArray());
        Assert.Equal(0, (await server.GetAsync("/api/v1/experiments")).Body.GetArrayLength());
    }

    [Fact]
    public async Task Create_ChangeAfterStart_IsANewVersionAndTheOldOneRunsOn()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync("/api/v1/experiments", Definitions.Experiment());
        Assert.Equal(200, (await server.PostAsync("/api/v1/experiments/greeting/start")).Status);
        var (_, created) = await server.PostAsync("/api/v1/experiments", Definitions.Experiment(treatment: "Be terse."));
        Assert.Equal(2, created.GetProperty("experiments")[0].GetProperty("version").GetInt32());
        Assert.Equal("draft", created.GetProperty("experiments")[0].GetProperty("status").GetString());
        var (_, report) = await server.GetAsync("/api/v1/experiments/greeting/report");
        Assert.Equal(1, report.GetProperty("version").GetInt32());
        Assert.Equal(200, (await server.PostAsync("/api/v1/experiments/greeting/start")).Status);
        var (_, audit) = await server.GetAsync("/api/v1/audit?experiment=greeting");
        Assert.Equal(["start", "stop", "create", "start", "create"], audit.EnumerateArray().Select(a => a.GetProperty("action").GetString()));
    }

    [Fact]
    public async Task Create_SameDefinitionAgain_ChangesNothing()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync("/api/v1/experiments", Definitions.Experiment());
        await server.PostAsync("/api/v1/experiments/greeting/start");
        var (_, again) = await server.PostAsync("/api/v1/experiments", Definitions.Experiment());
        Assert.Equal("running", again.GetProperty("experiments")[0].GetProperty("status").GetString());
        Assert.Equal(1, again.GetProperty("experiments")[0].GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Start_UnsetKey_Is422AndNamesTheVariable_OnceSetItStarts()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync("/api/v1/experiments", Definitions.Experiment(keyEnv: "LOCAL_KEY"));
        var (status, body) = await server.PostAsync("/api/v1/experiments/greeting/start");
        Assert.Equal(422, status);
        Assert.Contains("LOCAL_KEY", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        server.Environment["LOCAL_KEY"] = "secret";
        Assert.Equal(200, (await server.PostAsync("/api/v1/experiments/greeting/start")).Status);
    }

    [Fact]
    public async Task Start_SameFieldOnOneRoute_Is409AndNamesBoth_DisjointSlicesOfALayerMayRun()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync("/api/v1/experiments", Definitions.Experiment("one", audience: "audience: { layer: l, layerRange: [0, 0.5] }"));
        await server.PostAsync("/api/v1/experiments", Definitions.Experiment("two"));
        await server.PostAsync("/api/v1/experiments", Definitions.Experiment("three", audience: "audience: { layer: l, layerRange: [0.5, 1] }"));
        Assert.Equal(200, (await server.PostAsync("/api/v1/experiments/one/start")).Status);
        var (status, body) = await server.PostAsync("/api/v1/experiments/two/start");
        Assert.Equal(409, status);
        Assert.Contains("'one'", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("'two'", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(200, (await server.PostAsync("/api/v1/experiments/three/start")).Status);
    }

    [Fact]
    public async Task Steps_InTheWrongOrder_Are409WithAHint()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync("/api/v1/experiments", Definitions.Experiment());
        foreach (var step in new[] { "pause", "resume", "stop", "conclude" })
        {
            var (status, body) = await server.PostAsync($"/api/v1/experiments/greeting/{step}", "{\"outcome\":\"ship\"}");
            Assert.Equal(409, status);
            Assert.NotEmpty(body.GetProperty("hint").GetString()!);
        }
        Assert.Equal(404, (await server.PostAsync("/api/v1/experiments/nobody/start")).Status);
    }

    [Fact]
    public async Task Rollback_NeedsAReason_AndTheVerdictSaysSo()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync("/api/v1/experiments", Definitions.Experiment());
        await server.PostAsync("/api/v1/experiments/greeting/start");
        Assert.Equal(422, (await server.PostAsync("/api/v1/experiments/greeting/rollback")).Status);
        var (status, state) = await server.PostAsync("/api/v1/experiments/greeting/rollback", "{\"reason\":\"cites the wrong policy\"}");
        Assert.Equal(200, status);
        Assert.Equal("rolled-back", state.GetProperty("status").GetString());
        var (_, report) = await server.GetAsync("/api/v1/experiments/greeting/report");
        Assert.Equal("rolled-back", report.GetProperty("verdict").GetProperty("decision").GetString());
    }

    [Fact]
    public async Task Conclude_AgainstTheVerdict_NeedsAReasonAndIsMarked()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync("/api/v1/experiments", Definitions.Experiment());
        await server.PostAsync("/api/v1/experiments/greeting/start");
        var (refused, problem) = await server.PostAsync("/api/v1/experiments/greeting/conclude", "{\"outcome\":\"ship\"}");
        Assert.Equal(422, refused);
        Assert.Equal("reason-required", problem.GetProperty("title").GetString());
        var (status, state) = await server.PostAsync("/api/v1/experiments/greeting/conclude", "{\"outcome\":\"ship\",\"reason\":\"the board wants it\"}");
        Assert.Equal(200, status);
        Assert.True(state.GetProperty("conclusion").GetProperty("againstVerdict").GetBoolean());
        Assert.Equal("treatment", state.GetProperty("conclusion").GetProperty("variant").GetString());
    }

    [Fact]
    public async Task Restart_KeepsStatesRoutingAndAudit()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync("/api/v1/experiments", Definitions.Experiment());
        await server.PostAsync("/api/v1/experiments/greeting/start");
        await server.RestartAsync();
        var (_, state) = await server.GetAsync("/api/v1/experiments/greeting");
        Assert.Equal("running", state.GetProperty("status").GetString());
        var (_, models) = await server.GetAsync("/v1/models");
        Assert.Contains(models.GetProperty("data").EnumerateArray(), m => m.GetProperty("id").GetString() == "bot");
        Assert.Equal(2, (await server.GetAsync("/api/v1/audit")).Body.GetArrayLength());
    }

    [Fact]
    public async Task Start_RolloutStageThatIsNotWalkedYet_IsRefusedInsteadOfExposingEverybody()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync("/api/v1/experiments", Definitions.Experiment(audience: "rollout: [ { stage: canary, exposure: 0.05, for: 24h } ]"));
        var (status, body) = await server.PostAsync("/api/v1/experiments/greeting/start");
        Assert.Equal(422, status);
        Assert.Contains("canary", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenApi_NamesEveryControlPath()
    {
        await using var server = await TestServer.StartAsync();
        var (status, document) = await server.GetAsync("/openapi/v1.json");
        Assert.Equal(200, status);
        var paths = document.GetProperty("paths").EnumerateObject().Select(p => p.Name).ToList();
        foreach (var path in new[] { "/api/v1/experiments", "/api/v1/experiments/{key}", "/api/v1/experiments/{key}/start", "/api/v1/experiments/{key}/report", "/api/v1/events", "/api/v1/feedback", "/api/v1/audit", "/readyz" })
            Assert.Contains(path, paths);
    }

    [Fact]
    public async Task Step_BodyWithoutAContentType_IsReadAllTheSame()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync("/api/v1/experiments", Definitions.Experiment());
        using var body = new ByteArrayContent("{\"reason\":\"by hand\"}"u8.ToArray());
        using var response = await server.Http.PostAsync("/api/v1/experiments/greeting/start", body);
        Assert.Equal(200, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404)]
    [InlineData("DELETE", "/api/v1/events", 405)]
    public async Task Api_UnknownPathOrMethod_IsAProblem(string method, string path, int expected)
    {
        await using var server = await TestServer.StartAsync();
        var (status, problem) = await server.SendAsync(new HttpMethod(method), path);
        Assert.Equal(expected, status);
        Assert.Equal(expected, problem.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Conclude_BesideANewerDraft_ConcludesTheVersionThatRan()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync("/api/v1/experiments", Definitions.Experiment());
        await server.PostAsync("/api/v1/experiments/greeting/start");
        await server.PostAsync("/api/v1/experiments", Definitions.Experiment(treatment: "Be terse."));
        var (status, state) = await server.PostAsync("/api/v1/experiments/greeting/conclude", "{\"outcome\":\"keep-control\"}");
        Assert.Equal(200, status);
        Assert.Equal((1, "concluded"), (state.GetProperty("version").GetInt32(), state.GetProperty("status").GetString()));
    }

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(-0.1, 1)]
    public async Task Report_Windows_CloseByTheServersTimeAndNotByEvents(double exposedHours, int immature)
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync("/api/v1/experiments", Definitions.Experiment().Replace("baseline:", "looks: 2, baseline:", StringComparison.Ordinal));
        await server.PostAsync("/api/v1/experiments/greeting/start");
        var now = TimeProvider.System.GetUtcNow();
        var (status, _) = await server.PostAsync("/api/v1/events", $$"""
            [{"type":"exposure","experiment":"greeting","unit":"c-1","variant":"control","timestamp":"{{now.AddHours(exposedHours):O}}"},
             {"type":"outcome","unit":"another","metric":"other","value":1,"timestamp":"{{now.AddHours(20):O}}"}]
            """);
        Assert.Equal(202, status);
        var (_, report) = await server.GetAsync("/api/v1/experiments/greeting/report");
        Assert.Equal(immature, report.GetProperty("metrics")[0].GetProperty("immature").GetInt32());
    }

    [Fact]
    public async Task Ready_UnsetKey_SaysWhatCannotBeServed()
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal(200, (await server.GetAsync("/readyz")).Status);
        await server.PostAsync("/api/v1/experiments", Definitions.Experiment(keyEnv: "LOCAL_KEY"));
        var (status, health) = await server.GetAsync("/readyz");
        Assert.Equal(200, status);
        Assert.Equal("degraded", health.GetProperty("status").GetString());
        Assert.Contains(health.GetProperty("problems").EnumerateArray(), p => p.GetString()!.Contains("LOCAL_KEY", StringComparison.Ordinal));
    }
}
