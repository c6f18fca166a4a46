using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assay.Gateway.Tests;

/// <summary>A model endpoint on loopback that does what a test tells it, and remembers what it was asked.</summary>
internal sealed class MockUpstream : IAsyncDisposable
{
    private readonly WebApplication app;

    private MockUpstream(WebApplication app) => this.app = app;

    public ConcurrentQueue<UpstreamRequest> Requests { get; } = new();

    /// <summary>Answers a request; by default with a whole completion.</summary>
    public Func<HttpContext, UpstreamRequest, Task> Answer { get; set; } = (context, _) => JsonAsync(context, Completion("Hello."));

    public Uri BaseUrl => new(app.Urls.First() + "/v1");

    public static async Task<MockUpstream> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var upstream = new MockUpstream(builder.Build());
        upstream.app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var text = await reader.ReadToEndAsync();
            var request = new UpstreamRequest(context.Request.Path, text, context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase));
            upstream.Requests.Enqueue(request);
            await upstream.Answer(context, request);
        });
        await upstream.app.StartAsync();
        return upstream;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    public static Task JsonAsync(HttpContext context, string json, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }

    public static string Completion(string content, string model = "gpt-4o-mini-2024-07-18", string id = "chatcmpl-1") => $$"""
        {"id":"{{id}}","object":"chat.completion","created":1,"model":"{{model}}",
        "choices":[{"index":0,"message":{"role":"assistant","content":{{JsonSerializer.Serialize(content)}},"refusal":null},"logprobs":null,"finish_reason":"stop"}],
        "usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120,"prompt_tokens_details":{"cached_tokens":40} } }
        """;

    public static async Task StartStreamAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.StartAsync();
    }

    public static async Task FrameAsync(HttpContext context, string data)
    {
        await context.Response.WriteAsync("data: " + data + "\n\n");
        await context.Response.Body.FlushAsync();
    }

    public static string Chunk(string delta, string? finish = null) =>
        $$$"""{"id":"chatcmpl-s","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"delta":{{{delta}}},"finish_reason":{{{(finish is null ? "null" : $"\"{finish}\"")}}}}]}""";

    public const string UsageChunk = """{"id":"chatcmpl-s","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18","choices":[],"usage":{"prompt_tokens":50,"completion_tokens":3,"total_tokens":53,"prompt_tokens_details":{"cached_tokens":0}}}""";

    /// <summary>A whole stream: role, words, finish, usage where it was asked for, [DONE].</summary>
    public static async Task StreamAsync(HttpContext context, UpstreamRequest request, params string[] words)
    {
        await StartStreamAsync(context);
        await FrameAsync(context, Chunk("""{"role":"assistant","content":""}"""));
        foreach (var word in words) await FrameAsync(context, Chunk($$"""{"content":{{JsonSerializer.Serialize(word)}}}"""));
        await FrameAsync(context, Chunk("{}", "stop"));
        if (request.Body.Contains("\"include_usage\":true", StringComparison.Ordinal)) await FrameAsync(context, UsageChunk);
        await FrameAsync(context, "[DONE]");
    }
}
