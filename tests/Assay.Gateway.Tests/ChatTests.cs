using Assay.Events;
using OpenAI.Chat;

namespace Assay.Gateway.Tests;

/// <summary>The plain path, through the official SDK.</summary>
public sealed class ChatTests
{
    [Fact]
    public async Task CompleteChat_RunningExperiment_ServesTheVariantAndRecordsIt()
    {
        await using var gateway = await GatewayHost.StartAsync([Sample.Running(Sample.OnlyTreatment(), version: 3)]);
        var result = await gateway.Client().CompleteChatAsync([new SystemChatMessage("mine"), new UserChatMessage("Where is my parcel?")]);

        Assert.Equal("Hello.", result.Value.Content[0].Text);
        Assert.Equal(120, result.Value.Usage.TotalTokenCount);
        var headers = result.GetRawResponse().Headers;
        Assert.True(headers.TryGetValue("x-assay-experiment", out var experiment));
        Assert.True(headers.TryGetValue("x-assay-variant", out var variant));
        Assert.True(headers.TryGetValue("x-assay-exposure-id", out var exposureId));
        Assert.True(headers.TryGetValue("x-assay-generation-id", out var generationId));
        Assert.Equal(("support-prompt", "treatment", ExposureId.For("support-prompt", 3, "c-1")), (experiment, variant, exposureId));

        Assert.True(gateway.Upstream.Requests.TryDequeue(out var sent));
        Assert.Equal(("/v1/chat/completions", "gpt-4o-mini", "Cite the policy."), (sent.Path, sent.Model, sent.System));
        Assert.Equal("Bearer " + GatewayHost.Key, sent.Headers["Authorization"]);

        var exposure = Assert.Single(gateway.Sink.Exposures);
        Assert.Equal((exposureId, "c-1", "treatment", 3, "assigned"), (exposure.Id, exposure.Unit, exposure.Variant, exposure.Version, exposure.Reason));
        Assert.InRange(exposure.Bucket!.Value, 0, 1);
        var generation = Assert.Single(await gateway.GenerationsAsync());
        Assert.Equal(generationId, generation.Id);
        Assert.Equal(new GenerationAssignment("support-prompt", 3, "treatment", exposureId!, "assigned"), Assert.Single(generation.Assignments));
        Assert.Equal((GenerationStatus.Ok, "chatcmpl-1", 1, "stop"), (generation.Status, generation.ResponseId, generation.Turn, generation.FinishReason));
        Assert.Equal((100L, 40L, 20L, 0), (generation.InputTokens, generation.CachedInputTokens, generation.OutputTokens, generation.ToolCalls));
        Assert.Equal(((60 * 0.15) + (40 * 0.075) + (20 * 0.6)) / 1e6, generation.CostUsd!.Value, 12);
        Assert.Equal(("support-bot", "gpt-4o-mini", "gpt-4o-mini-2024-07-18", "mock"), (generation.Route, generation.Model, generation.ServedModel, generation.Upstream));
        Assert.Equal(("warm", false, false), (generation.Cache, generation.Empty, generation.Refusal));
        Assert.True(generation.LatencyMs > 0);
        Assert.Null(generation.TtftMs);
        Assert.Null(generation.FallbackReason);
    }

    [Fact]
    public async Task CompleteChatStreaming_UsageNotAskedFor_IsMeasuredButHiddenFromTheClient()
    {
        await using var gateway = await GatewayHost.StartAsync([Sample.Running(Sample.OnlyTreatment())]);
        gateway.Upstream.Answer = (context, request) => MockUpstream.StreamAsync(context, request, "Your ", "parcel ", "is here.");
        using var response = await gateway.PostAsync("""{"model":"support-bot","stream":true,"messages":[{"role":"user","content":"?"}]}""", ("x-assay-conversation", "c-1"));
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("prompt_tokens", text, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", text, StringComparison.Ordinal);
        var generation = Assert.Single(await gateway.GenerationsAsync());
        Assert.Equal((50L, 0L, 3L, "cold"), (generation.InputTokens, generation.CachedInputTokens, generation.OutputTokens, generation.Cache));
        Assert.True(generation.TtftMs > 0 && generation.TtftMs <= generation.LatencyMs);
        Assert.NotNull(generation.TpotMs);
        Assert.NotNull(generation.ItlP95Ms);
        Assert.Equal("chatcmpl-s", generation.ResponseId);
    }

    [Fact]
    public async Task CompleteChatStreaming_Sdk_GetsTextAndUsage()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Upstream.Answer = (context, request) => MockUpstream.StreamAsync(context, request, "Your ", "parcel.");
        var (text, tokens) = ("", 0);
        await foreach (var update in gateway.Client().CompleteChatStreamingAsync([new UserChatMessage("?")]))
        {
            text += string.Concat(update.ContentUpdate.Select(p => p.Text));
            tokens = update.Usage?.TotalTokenCount ?? tokens;
        }
        // This SDK asks for usage itself, so it gets the chunk.
        Assert.Equal(("Your parcel.", 53), (text, tokens));
    }

    [Theory]
    [InlineData("""{"a":[1]}""", true, true)]
    [InlineData("""{"a":[1}""", true, false)]
    [InlineData("""{"a":[1}""", false, null)]
    public async Task Post_JsonAskedFor_IsCheckedInBothForms(string answer, bool asks, bool? valid)
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Upstream.Answer = (context, request) => request.Json.TryGetProperty("stream", out _)
            ? MockUpstream.StreamAsync(context, request, answer[..3], answer[3..])
            : MockUpstream.JsonAsync(context, MockUpstream.Completion(answer));
        var format = asks ? ""","response_format":{"type":"json_object"}""" : "";
        foreach (var stream in new[] { "", ",\"stream\":true" })
        {
            using var response = await gateway.PostAsync($$"""{"model":"support-bot","messages":[]{{format}}{{stream}}}""");
            await response.Content.ReadAsStringAsync();
        }
        Assert.All(await gateway.GenerationsAsync(2), g => Assert.Equal((valid, (int?)null), (g.JsonValid, g.Turn)));
    }

    [Theory]
    [InlineData("""{"role":"assistant","content":null,"refusal":"I cannot."}""", "stop", true, false)]
    [InlineData("""{"role":"assistant","content":""}""", "content_filter", true, true)]
    [InlineData("""{"role":"assistant","content":""}""", "stop", false, true)]
    public async Task Post_RefusalOrNothing_IsTold(string message, string finish, bool refusal, bool empty)
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Upstream.Answer = (context, _) => MockUpstream.JsonAsync(context, $$"""{"id":"x","model":"m","choices":[{"index":0,"message":{{message}},"finish_reason":"{{finish}}"}]}""");
        using var response = await gateway.PostAsync("""{"model":"support-bot","messages":[]}""");
        var generation = Assert.Single(await gateway.GenerationsAsync());
        Assert.Equal((refusal, empty, (long?)null, (double?)null), (generation.Refusal, generation.Empty, generation.InputTokens, generation.CostUsd));
    }

    [Fact]
    public async Task StopAsync_EventsStillWaiting_AreRecorded()
    {
        var gateway = await GatewayHost.StartAsync();
        var open = new TaskCompletionSource();
        gateway.Sink.BeforeAppend = events => events[0] is GenerationEvent ? open.Task : Task.CompletedTask;
        for (var i = 0; i < 5; i++) using (await gateway.PostAsync("""{"model":"support-bot","messages":[]}""")) { }
        var stopping = gateway.DisposeAsync().AsTask();
        open.SetResult();
        await stopping;
        Assert.Equal(5, gateway.Sink.Generations.Count());
    }
}
