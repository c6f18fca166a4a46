using Assay.Events;
using Assay.Experiments;

namespace Assay.Gateway.Tests;

/// <summary>Experiment code never fails a user's request: control is served, and the reason is recorded.</summary>
public sealed class FallbackTests
{
    private const string Body = """{"model":"support-bot","messages":[{"role":"user","content":"?"}]}""";
    private static readonly Variant Named = Sample.Treatment with { System = new SystemPrompt("Hello {{name}}, on {{plan}}.", SystemPromptMode.Replace) };

    [Fact]
    public async Task Post_VariablesGiven_FillTheTemplateBeforeAttributes()
    {
        await using var gateway = await GatewayHost.StartAsync([Sample.Running(Sample.OnlyTreatment(Named))]);
        using var response = await gateway.PostAsync(Body, ("x-assay-conversation", "c-1"),
            ("x-assay-variables", """{"name":"Ada \"A\""}"""), ("x-assay-attributes", """{"name":"no","plan":"pro"}"""));
        Assert.Equal("Hello Ada \"A\", on pro.", gateway.Upstream.Requests.Single().System);
        Assert.Equal("pro", gateway.Sink.Exposures.Single().Attributes!.Value.GetProperty("plan").GetString());
    }

    [Fact]
    public async Task Post_MissingVariable_ServesTheControlsTextAndCountsTheAssignedArm()
    {
        await using var gateway = await GatewayHost.StartAsync([Sample.Running(Sample.OnlyTreatment(Named))]);
        using var response = await gateway.PostAsync(Body, ("x-assay-conversation", "c-1"), ("x-assay-variables", """{"name":"Ada"}"""));
        Assert.Equal("Be helpful.", gateway.Upstream.Requests.Single().System);
        Assert.Equal("treatment", response.Headers.GetValues("x-assay-variant").Single());
        Assert.Equal("missing-variable", response.Headers.GetValues("x-assay-fallback-reason").Single());
        var exposure = Assert.Single(gateway.Sink.Exposures);
        Assert.Equal(("treatment", "missing-variable"), (exposure.Variant, exposure.Reason));
        var generation = Assert.Single(await gateway.GenerationsAsync());
        Assert.Equal(("treatment", "missing-variable", "missing-variable"), (generation.Assignments[0].Variant, generation.Assignments[0].Reason, generation.FallbackReason));
    }

    [Fact]
    public async Task Post_AssignerThrows_ServesTheControlWithoutExposure()
    {
        await using var gateway = await GatewayHost.StartAsync([Sample.Running(Sample.OnlyTreatment())],
            compile: state => new ServedExperiment(state, (_, _) => throw new InvalidOperationException("poisoned")));
        using var response = await gateway.PostAsync(Body, ("x-assay-conversation", "c-1"));
        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal("Be helpful.", gateway.Upstream.Requests.Single().System);
        Assert.False(response.Headers.Contains("x-assay-variant"));
        Assert.Empty(gateway.Sink.Exposures);
        Assert.Equal("error: assignment failed", Assert.Single(await gateway.GenerationsAsync()).FallbackReason);
        Assert.Contains(gateway.Logs.Lines, l => l.Contains("poisoned", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_VariantIndexOutOfRange_ServesTheControl()
    {
        await using var gateway = await GatewayHost.StartAsync([Sample.Running(Sample.OnlyTreatment())],
            compile: state => new ServedExperiment(state, (_, _) => new AssignmentDecision(9, 0.5, 0.5, AssignmentReason.Assigned)));
        using var response = await gateway.PostAsync(Body, ("x-assay-conversation", "c-1"));
        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal("Be helpful.", gateway.Upstream.Requests.Single().System);
    }

    [Fact]
    public async Task Post_VariantCannotBeWritten_ServesTheControlAndCountsTheAssignedArm()
    {
        await using var gateway = await GatewayHost.StartAsync([Sample.Running(Sample.OnlyTreatment())],
            compile: state => new ServedExperiment(state, overlay: v => v.Key == "treatment" ? new VariantOverlay(v, [null!]) : new VariantOverlay(v)));
        using var response = await gateway.PostAsync(Body, ("x-assay-conversation", "c-1"));
        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal("Be helpful.", gateway.Upstream.Requests.Single().System);
        var generation = Assert.Single(await gateway.GenerationsAsync());
        Assert.Equal(("treatment", "error"), (generation.Assignments[0].Variant, generation.Assignments[0].Reason));
        Assert.Equal("error: the variant could not be applied", generation.FallbackReason);
    }

    [Fact]
    public async Task Post_VariantsUpstreamIsUnknown_ServesTheControl()
    {
        await using var gateway = await GatewayHost.StartAsync([Sample.Running(Sample.OnlyTreatment(Sample.Treatment with { Upstream = "nowhere" }))]);
        using var response = await gateway.PostAsync(Body, ("x-assay-conversation", "c-1"));
        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal("Be helpful.", gateway.Upstream.Requests.Single().System);
        Assert.Equal("treatment", Assert.Single(await gateway.GenerationsAsync()).Assignments[0].Variant);
        Assert.Contains(gateway.State.Current.Problems, p => p.Contains("nowhere", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_SpoolUnavailable_ServesTheRequestWithoutCountingIt()
    {
        await using var gateway = await GatewayHost.StartAsync([Sample.Running(Sample.OnlyTreatment())], options: new GatewayOptions { SpoolRetryAfter = TimeSpan.FromMilliseconds(20) });
        var isDown = true;
        gateway.Sink.BeforeAppend = _ => isDown ? Task.FromException(new SpoolUnavailableException("disk full")) : Task.CompletedTask;
        using (var response = await gateway.PostAsync(Body, ("x-assay-conversation", "c-1")))
        {
            Assert.True(response.IsSuccessStatusCode);
            Assert.Equal("treatment", response.Headers.GetValues("x-assay-variant").Single());
            Assert.False(response.Headers.Contains("x-assay-exposure-id"));
            Assert.Equal("error: exposure-not-recorded", response.Headers.GetValues("x-assay-fallback-reason").Single());
        }
        isDown = false;
        // What waited is recorded once the disk is back, without an arm.
        var generation = Assert.Single(await gateway.GenerationsAsync());
        Assert.Equal(("error: exposure-not-recorded", 0), (generation.FallbackReason, generation.Assignments.Length));
        Assert.Empty(gateway.Sink.Exposures);
    }

    [Fact]
    public async Task Post_SpoolKnownToBeDown_ServesTheControlToNewUnits()
    {
        await using var gateway = await GatewayHost.StartAsync([Sample.Running(Sample.OnlyTreatment())], options: new GatewayOptions { SpoolRetryAfter = TimeSpan.FromHours(1) });
        using (await gateway.PostAsync(Body, ("x-assay-conversation", "known"))) { }
        gateway.Sink.BeforeAppend = _ => Task.FromException(new SpoolUnavailableException("disk full"));
        using (await gateway.PostAsync(Body, ("x-assay-conversation", "first"))) { }
        using (await gateway.PostAsync(Body, ("x-assay-conversation", "second"))) { }
        using (await gateway.PostAsync(Body, ("x-assay-conversation", "known"))) { }
        Assert.Equal(["Cite the policy.", "Cite the policy.", "Be helpful.", "Cite the policy."], gateway.Upstream.Requests.Select(r => r.System));
    }

    [Fact]
    public async Task Post_BrokenAttributesHeader_ServesTheRequestAndSaysSo()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var response = await gateway.PostAsync(Body, ("x-assay-conversation", "c-1"), ("x-assay-attributes", "{plan"));
        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal("error: x-assay-attributes is not a JSON object", response.Headers.GetValues("x-assay-fallback-reason").Single());
        Assert.Single(gateway.Sink.Exposures);
    }
}
