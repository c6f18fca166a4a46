using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assay.Cli.Demo;

/// <summary>A model endpoint that only pretends: it speaks OpenAI's protocol over real HTTP, and says in every answer that it is simulated.</summary>
/// <remarks>
/// What it answers depends on the system prompt alone: told to cite the policy it cites one and greets by name, which makes the answer longer and slower.
/// Delays and wording are drawn from the seed and the request's own text, so a run can be repeated.
/// </remarks>
public sealed class SimulatedUpstream : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly int _seed;

    private SimulatedUpstream(WebApplication app, int seed)
    {
        _app = app;
        _seed = seed;
    }

    /// <summary>Base address up to and including <c>/v1</c>.</summary>
    public Uri BaseUrl => new(_app.Urls.First() + "/v1");

    public static async Task<SimulatedUpstream> StartAsync(int seed, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var upstream = new SimulatedUpstream(app, seed);
        app.Run(upstream.AnswerAsync);
        await app.StartAsync(cancellationToken);
        return upstream;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var messages = body.RootElement.GetProperty("messages").EnumerateArray().ToList();
        var system = string.Join('\n', messages.Where(m => m.GetProperty("role").GetString() == "system").Select(Text));
        var question = Text(messages[^1]);
        var random = new Random(StableHash(_seed, question, messages.Count));
        var cites = system.Contains("cite", StringComparison.Ordinal);
        var answer = SimulatedAnswer.Write(question, cites, random);
        await Task.Delay(DelayMs(cites, random), context.RequestAborted);

        var outputTokens = answer.Length / 4;
        var inputTokens = messages.Sum(m => Text(m).Length) / 4 + 8;
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("id", $"chatcmpl-sim-{(uint)StableHash(_seed + 1, question, messages.Count):x8}");
        json.WriteString("object", "chat.completion");
        json.WriteNumber("created", 0);
        json.WriteString("model", "sim-mini");
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteString("content", answer);
        json.WriteEndObject();
        json.WriteString("finish_reason", "stop");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", inputTokens);
        json.WriteNumber("completion_tokens", outputTokens);
        json.WriteNumber("total_tokens", inputTokens + outputTokens);
        json.WriteEndObject();
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    /// <summary>Log-normal around 120 ms; a longer answer takes about a sixth longer.</summary>
    private static int DelayMs(bool cites, Random random)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return (int)Math.Clamp((cites ? 140 : 120) * Math.Exp(0.35 * normal), 20, 1500);
    }

    private static string Text(JsonElement message) =>
        message.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String ? content.GetString()! : "";

    private static int StableHash(int seed, string text, int turn)
    {
        var hash = 2166136261u ^ (uint)seed ^ ((uint)turn * 16777619u);
        foreach (var b in Encoding.UTF8.GetBytes(text)) hash = (hash ^ b) * 16777619u;
        return (int)hash;
    }
}
