using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assay.Cli.Arena;

/// <summary>A support model and a judge that only pretend, over real HTTP: they answer the five questions of <c>assay init</c> with texts and scores written beforehand.</summary>
internal sealed class SimulatedSupport : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SimulatedSupport(WebApplication app) => _app = app;

    public Uri BaseUrl => new(_app.Urls.First() + "/v1");

    public static async Task<SimulatedSupport> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync(cancellationToken);
        return new SimulatedSupport(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var messages = body.RootElement.GetProperty("messages").EnumerateArray().ToList();
        var system = string.Join('\n', messages.Where(m => m.GetProperty("role").GetString() == "system").Select(Text));
        var last = Text(messages[^1]);
        var isJudge = system.StartsWith("You are an impartial judge", StringComparison.Ordinal);
        var answer = isJudge ? SimulatedJudge.Reply(system, last) : SimulatedScript.Answer(last, system.Contains("cite", StringComparison.OrdinalIgnoreCase));
        await Task.Delay(20 + answer.Length / 8, context.RequestAborted);

        var model = isJudge ? "simulated-judge" : "simulated-support";
        context.Response.ContentType = "text/event-stream";
        async Task SendAsync(object chunk) => await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(chunk)}\n\n", context.RequestAborted);
        object Chunk(object delta, string? finish) => new { id = "chatcmpl-simulated", @object = "chat.completion.chunk", created = 0, model, system_fingerprint = "simulated", choices = new[] { new { index = 0, delta, finish_reason = finish } } };
        await SendAsync(Chunk(new { role = "assistant" }, null));
        foreach (var part in answer.Chunk(60))
        {
            await SendAsync(Chunk(new { content = new string(part) }, null));
            await Task.Delay(2, context.RequestAborted);
        }
        await SendAsync(Chunk(new { }, "stop"));
        var input = messages.Sum(m => Text(m).Length) / 4 + 8;
        await SendAsync(new { id = "chatcmpl-simulated", @object = "chat.completion.chunk", created = 0, model, choices = Array.Empty<object>(), usage = new { prompt_tokens = input, completion_tokens = answer.Length / 4, total_tokens = input + answer.Length / 4 } });
        await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
    }

    private static string Text(JsonElement message) => message.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String ? content.GetString()! : "";
}
