using System.Text.Json;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Gateway.Tests;

/// <summary>What is served in each state of an experiment, and how several share a route.</summary>
public sealed class SnapshotTests
{
    private const string Body = """{"model":"support-bot","messages":[{"role":"user","content":"?"}]}""";

    [Theory]
    [InlineData(ExperimentStatus.Draft, true, null, null)]
    [InlineData(ExperimentStatus.Draft, false, null, "Be helpful.")]
    [InlineData(ExperimentStatus.Stopped, true, null, null)]
    [InlineData(ExperimentStatus.Stopped, false, null, "Be helpful.")]
    [InlineData(ExperimentStatus.Paused, false, null, "Be helpful.")]
    [InlineData(ExperimentStatus.RolledBack, true, null, null)]
    [InlineData(ExperimentStatus.Concluded, true, "treatment", "Cite the policy.")]
    [InlineData(ExperimentStatus.Concluded, false, "control", "Be helpful.")]
    public async Task Post_NotRunning_ServesRouteElseControlOrTheChosenVariantWithoutExposure(ExperimentStatus status, bool withRoute, string? chosen, string? system)
    {
        var experiment = Sample.OnlyTreatment(control: Sample.Control with { Upstream = "mock", Model = "gpt-4o-mini" });
        await using var gateway = await GatewayHost.StartAsync([Sample.State(experiment, status, chosen: chosen)], withRoute);
        using var response = await gateway.PostAsync(Body, ("x-assay-conversation", "c-1"));
        Assert.True(response.IsSuccessStatusCode);
        var sent = gateway.Upstream.Requests.Single();
        Assert.Equal((system, "gpt-4o-mini"), (sent.System, sent.Model));
        Assert.False(response.Headers.Contains("x-assay-variant"));
        Assert.Empty(Assert.Single(await gateway.GenerationsAsync()).Assignments);
        Assert.Empty(gateway.Sink.Exposures);
    }

    [Fact]
    public async Task Post_RouteWithoutChanges_PassesTheBodyByteForByte()
    {
        await using var gateway = await GatewayHost.StartAsync([]);
        const string body = "{ \"messages\" : [ ] ,\t\"model\":\"support-bot\", \"x\": 1.50 , \"u\":\"\\u00e9\" }\n";
        using var response = await gateway.PostAsync(body);
        Assert.Equal(body.Replace("support-bot", "gpt-4o-mini", StringComparison.Ordinal), gateway.Upstream.Requests.Single().Body);
    }

    [Fact]
    public async Task Post_NoUnitOrOutsideTheAudience_TakesTheRouteWithoutExposure()
    {
        var experiment = Sample.OnlyTreatment() with { Audience = new Audience("plan == 'pro'", null, new BucketRange(0, 1)) };
        await using var gateway = await GatewayHost.StartAsync([Sample.Running(experiment)]);
        using (await gateway.PostAsync(Body, ("x-assay-attributes", """{"plan":"pro"}"""))) { }
        using (await gateway.PostAsync(Body, ("x-assay-conversation", "c-1"), ("x-assay-attributes", """{"plan":"free"}"""))) { }
        Assert.Empty(gateway.Sink.Exposures);
        using (await gateway.PostAsync(Body, ("x-assay-conversation", "c-1"), ("x-assay-attributes", """{"plan":"pro"}"""))) { }
        Assert.Single(gateway.Sink.Exposures);
        Assert.Equal([null, null, "Cite the policy."], gateway.Upstream.Requests.Select(r => r.System));
    }

    [Fact]
    public async Task Post_SeveralExperiments_ApplyTogetherAndAreNamedInOneOrder()
    {
        var prompt = Sample.OnlyTreatment();
        var decoding = Sample.OnlyTreatment(Sample.Treatment with { Key = "cool", System = null, Parameters = Sample.Treatment.Parameters.Add("temperature", Sample.Json("0.3")), Config = Sample.Json("""{ "k" : 5 }""") },
            "decoding", Sample.Control with { System = null });
        await using var gateway = await GatewayHost.StartAsync([Sample.Running(prompt, 2), Sample.Running(decoding)]);
        using var response = await gateway.PostAsync(Body, ("x-assay-conversation", "c-1"));
        Assert.Equal("decoding,support-prompt", response.Headers.GetValues("x-assay-experiment").Single());
        Assert.Equal("cool,treatment", response.Headers.GetValues("x-assay-variant").Single());
        Assert.Equal(ExposureId.For("decoding", 1, "c-1") + "," + ExposureId.For("support-prompt", 2, "c-1"), response.Headers.GetValues("x-assay-exposure-id").Single());
        Assert.Equal("""[{"k":5},null]""", response.Headers.GetValues("x-assay-config").Single());
        var sent = gateway.Upstream.Requests.Single();
        Assert.Equal(("Cite the policy.", 0.3), (sent.System, sent.Json.GetProperty("temperature").GetDouble()));
        Assert.Equal(2, gateway.Sink.Exposures.Count());
        Assert.Equal(2, Assert.Single(await gateway.GenerationsAsync()).Assignments.Length);
    }

    [Fact]
    public async Task Post_SnapshotReplaced_ServesTheNewOne()
    {
        await using var gateway = await GatewayHost.StartAsync([Sample.Running(Sample.OnlyTreatment())]);
        using (await gateway.PostAsync(Body, ("x-assay-conversation", "c-1"))) { }
        gateway.State.Replace(GatewaySnapshot.Build(Sample.Definitions(gateway.Upstream.BaseUrl), [Sample.State(Sample.OnlyTreatment(), ExperimentStatus.Stopped)], _ => GatewayHost.Key));
        using (await gateway.PostAsync(Body, ("x-assay-conversation", "c-1"))) { }
        Assert.Equal(["Cite the policy.", null], gateway.Upstream.Requests.Select(r => r.System));
    }

    [Fact]
    public void Build_SeveralVersions_ServesTheRunningThenTheConcludedThenTheNewest()
    {
        var experiment = Sample.Experiment();
        Assert.Equal(1, VersionServed((ExperimentStatus.Running, 1), (ExperimentStatus.Draft, 2)));
        Assert.Equal(1, VersionServed((ExperimentStatus.Concluded, 1), (ExperimentStatus.Draft, 2)));
        Assert.Equal(2, VersionServed((ExperimentStatus.Stopped, 1), (ExperimentStatus.Stopped, 2)));

        int VersionServed(params (ExperimentStatus Status, int Version)[] states) => Assert.Single(GatewaySnapshot.Build(DefinitionSet.Empty,
            states.Select(s => Sample.State(experiment, s.Status, s.Version, s.Status == ExperimentStatus.Concluded ? "control" : null)), _ => null).Experiments).Version;
    }

    [Fact]
    public void Build_OneExperimentDoesNotCompile_LeavesTheOthers()
    {
        var broken = Sample.Experiment("broken") with { Audience = new Audience("plan ==", null, new BucketRange(0, 1)) };
        var snapshot = GatewaySnapshot.Build(DefinitionSet.Empty, [Sample.Running(broken), Sample.Running(Sample.Experiment())], _ => null);
        Assert.Equal("support-prompt", Assert.Single(snapshot.Experiments).Key);
        Assert.Contains(snapshot.Problems, p => p.StartsWith("experiment 'broken' cannot be served", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Models_RoutesAndExperimentRoutes_AreListed()
    {
        await using var gateway = await GatewayHost.StartAsync([Sample.Running(Sample.Experiment()), Sample.Running(Sample.Experiment("other") with { Route = "another-bot" })]);
        var list = JsonElement.Parse(await gateway.Http.GetStringAsync("/v1/models"));
        Assert.Equal("list", list.GetProperty("object").GetString());
        Assert.Equal(["another-bot", "support-bot"], list.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString()));
        Assert.Equal("model", JsonElement.Parse(await gateway.Http.GetStringAsync("/v1/models/support-bot")).GetProperty("object").GetString());
    }
}
