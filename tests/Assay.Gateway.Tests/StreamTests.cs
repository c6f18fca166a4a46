using System.Text;
using Assay.Events;
using Microsoft.AspNetCore.Http;

namespace Assay.Gateway.Tests;

/// <summary>Streams pass frame by frame, and every way in which they can end is told.</summary>
public sealed class StreamTests
{
    private const string Body = """{"model":"support-bot","stream":true,"messages":[{"role":"user","content":"?"}]}""";

    [Fact]
    public async Task Stream_UpstreamStillWorking_DeliversEachFrameAtOnce()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        gateway.Upstream.Answer = async (context, _) =>
        {
            await MockUpstream.StartStreamAsync(context);
            await MockUpstream.FrameAsync(context, MockUpstream.Chunk("""{"role":"assistant","content":""}"""));
            await first.Task;
            await MockUpstream.FrameAsync(context, MockUpstream.Chunk("""{"content":"one"}"""));
            await second.Task;
            await MockUpstream.FrameAsync(context, MockUpstream.Chunk("""{"content":"two"}""", "stop"));
            await MockUpstream.FrameAsync(context, "[DONE]");
        };
        using var response = await gateway.PostAsync(Body, ("x-assay-conversation", "c-1"));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        // Each read can only end because the frame came while the upstream was still held back.
        Assert.Contains("assistant", await FrameAsync(reader), StringComparison.Ordinal);
        first.SetResult();
        Assert.Contains("one", await FrameAsync(reader), StringComparison.Ordinal);
        second.SetResult();
        Assert.Contains("two", await FrameAsync(reader), StringComparison.Ordinal);
        Assert.Equal("data: [DONE]", await FrameAsync(reader));
        Assert.Equal("", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task Stream_FrameCutAnywhere_ArrivesWhole()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var frames = "data: " + MockUpstream.Chunk("""{"content":"Grüße"}""") + "\r\n\r\n: keep-alive\n\ndata: " + MockUpstream.Chunk("{}", "stop") + "\n\ndata: [DONE]\n\n";
        gateway.Upstream.Answer = async (context, _) =>
        {
            await MockUpstream.StartStreamAsync(context);
            foreach (var b in Encoding.UTF8.GetBytes(frames))
            {
                await context.Response.Body.WriteAsync(new[] { b });
                await context.Response.Body.FlushAsync();
            }
        };
        using var response = await gateway.PostAsync(Body);
        Assert.Equal(frames, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Stream_ExposureNotDurableYet_DeliversNothing()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var (asked, durable) = (new TaskCompletionSource(), new TaskCompletionSource());
        gateway.Sink.BeforeAppend = events => events[0] is ExposureEvent ? durable.Task : Task.CompletedTask;
        gateway.Upstream.Answer = async (context, request) =>
        {
            asked.SetResult();
            await MockUpstream.StreamAsync(context, request, "now");
        };
        var sending = gateway.PostAsync(Body, ("x-assay-conversation", "c-1"));
        // The upstream is called while the exposure is still on its way to the disk; the response waits for it.
        await asked.Task;
        Assert.False(sending.IsCompleted);
        Assert.Empty(gateway.Sink.Exposures);
        durable.SetResult();
        using var response = await sending;
        Assert.Single(gateway.Sink.Exposures);
        Assert.True(response.Headers.Contains("x-assay-exposure-id"));
    }

    [Fact]
    public async Task Stream_BreaksMidway_EndsWithAnErrorFrame()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var received = new TaskCompletionSource();
        gateway.Upstream.Answer = async (context, _) =>
        {
            await MockUpstream.StartStreamAsync(context);
            await MockUpstream.FrameAsync(context, MockUpstream.Chunk("""{"content":"half"}"""));
            await context.Response.WriteAsync("data: {\"id\":\"chat");
            await context.Response.Body.FlushAsync();
            await received.Task;
            context.Abort();
        };
        using var response = await gateway.PostAsync(Body, ("x-assay-conversation", "c-1"));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Contains("half", await FrameAsync(reader), StringComparison.Ordinal);
        received.SetResult();
        var text = await reader.ReadToEndAsync();
        Assert.Contains("\"code\":\"upstream_broke_off\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("{\"id\":\"chat\n", text, StringComparison.Ordinal);
        var generation = Assert.Single(await gateway.GenerationsAsync());
        Assert.Equal((GenerationStatus.Error, "upstream_broke_off"), (generation.Status, generation.ErrorCode));
        Assert.Single(generation.Assignments);
        Assert.NotNull(generation.TtftMs);
        Assert.Null(generation.CostUsd);
    }

    [Fact]
    public async Task Stream_EndsWithoutDoneOrFinishReason_IsNoSuccess()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Upstream.Answer = async (context, _) =>
        {
            await MockUpstream.StartStreamAsync(context);
            await MockUpstream.FrameAsync(context, MockUpstream.Chunk("""{"content":"half"}"""));
        };
        using var response = await gateway.PostAsync(Body);
        Assert.Contains("upstream_broke_off", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(GenerationStatus.Error, Assert.Single(await gateway.GenerationsAsync()).Status);
    }

    [Fact]
    public async Task Stream_FallsSilent_EndsWithATimeoutFrame()
    {
        await using var gateway = await GatewayHost.StartAsync(options: new GatewayOptions { IdleTimeout = TimeSpan.FromMilliseconds(300) });
        var held = new TaskCompletionSource();
        gateway.Upstream.Answer = async (context, _) =>
        {
            await MockUpstream.StartStreamAsync(context);
            await MockUpstream.FrameAsync(context, MockUpstream.Chunk("""{"content":"half"}"""));
            await held.Task;
        };
        using var response = await gateway.PostAsync(Body);
        Assert.Contains("\"code\":\"upstream_timeout\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(GenerationStatus.Timeout, Assert.Single(await gateway.GenerationsAsync()).Status);
        held.SetResult();
    }

    [Fact]
    public async Task Stream_ClientHangsUp_CancelsTheUpstream()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var cancelled = new TaskCompletionSource();
        gateway.Upstream.Answer = async (context, _) =>
        {
            context.RequestAborted.Register(cancelled.SetResult);
            await MockUpstream.StartStreamAsync(context);
            await MockUpstream.FrameAsync(context, MockUpstream.Chunk("""{"content":"half"}"""));
            await cancelled.Task;
        };
        using (var response = await gateway.PostAsync(Body, ("x-assay-conversation", "c-1")))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            await FrameAsync(reader);
        }
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var generation = Assert.Single(await gateway.GenerationsAsync());
        Assert.Equal((GenerationStatus.Cancelled, "client_disconnected"), (generation.Status, generation.ErrorCode));
        Assert.Single(gateway.Sink.Exposures);
    }

    [Fact]
    public async Task Stream_UpstreamRefusesStreamOptions_IsAskedAgainWithoutAndRemembered()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Upstream.Answer = (context, request) => request.Body.Contains("stream_options", StringComparison.Ordinal)
            ? MockUpstream.JsonAsync(context, """{"error":{"message":"unknown field stream_options","type":"invalid_request_error"}}""", 400)
            : MockUpstream.StreamAsync(context, request, "fine");
        for (var i = 0; i < 2; i++)
        {
            using var response = await gateway.PostAsync(Body, ("x-assay-conversation", "c-1"));
            Assert.Contains("fine", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.Equal(3, gateway.Upstream.Requests.Count);
        Assert.Single(gateway.Sink.Exposures);
        Assert.All(await gateway.GenerationsAsync(2), g => Assert.Equal((GenerationStatus.Ok, (long?)null, (double?)null), (g.Status, g.OutputTokens, g.CostUsd)));
    }

    [Fact]
    public async Task Stream_ToolCallDeltas_AreContentAndCountedOncePerCall()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Upstream.Answer = async (context, _) =>
        {
            await MockUpstream.StartStreamAsync(context);
            await MockUpstream.FrameAsync(context, MockUpstream.Chunk("""{"role":"assistant","content":null}"""));
            await MockUpstream.FrameAsync(context, MockUpstream.Chunk("""{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}]}"""));
            await MockUpstream.FrameAsync(context, MockUpstream.Chunk("""{"tool_calls":[{"index":0,"function":{"arguments":"{}"}},{"index":1,"id":"b","type":"function","function":{"name":"g","arguments":"{}"}}]}"""));
            await MockUpstream.FrameAsync(context, MockUpstream.Chunk("{}", "tool_calls"));
            await MockUpstream.FrameAsync(context, "[DONE]");
        };
        using var response = await gateway.PostAsync(Body);
        await response.Content.ReadAsStringAsync();
        var generation = Assert.Single(await gateway.GenerationsAsync());
        Assert.Equal((2, "tool_calls", false), (generation.ToolCalls, generation.FinishReason, generation.Empty));
        Assert.NotNull(generation.TtftMs);
    }

    [Fact]
    public async Task Stream_RoleAndFinishOnly_HasNoTimeToFirstToken()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Upstream.Answer = (context, request) => MockUpstream.StreamAsync(context, request);
        using var response = await gateway.PostAsync(Body);
        await response.Content.ReadAsStringAsync();
        var generation = Assert.Single(await gateway.GenerationsAsync());
        Assert.Null(generation.TtftMs);
        Assert.True(generation.Empty);
    }

    [Fact]
    public async Task Stream_UpstreamSendsAnErrorFrame_IsPassedOnAndCountsAsError()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Upstream.Answer = async (context, _) =>
        {
            await MockUpstream.StartStreamAsync(context);
            await MockUpstream.FrameAsync(context, """{"error":{"message":"overloaded","type":"server_error","code":"overloaded"}}""");
        };
        using var response = await gateway.PostAsync(Body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal("data: {\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\",\"code\":\"overloaded\"}}\n\n", text);
        var generation = Assert.Single(await gateway.GenerationsAsync());
        Assert.Equal((GenerationStatus.Error, "overloaded"), (generation.Status, generation.ErrorCode));
    }

    private static async Task<string> FrameAsync(StreamReader reader)
    {
        var line = await reader.ReadLineAsync();
        Assert.Equal("", await reader.ReadLineAsync());
        return line!;
    }
}
