// A model endpoint that replays recorded solutions: ReplayUpstream SOLUTIONS.jsonl MODEL URL
// It answers the last user message with what MODEL wrote for that question, plain or streamed, and says so in the model's name.
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

if (args.Length != 3)
{
    await Console.Error.WriteLineAsync("usage: ReplayUpstream SOLUTIONS.jsonl MODEL URL");
    return 2;
}
var model = args[1];
var answers = new Dictionary<string, string>(StringComparer.Ordinal);
await foreach (var line in File.ReadLinesAsync(args[0]))
{
    using var row = JsonDocument.Parse(line);
    answers[row.RootElement.GetProperty("question").GetString()!] = row.RootElement.GetProperty(model).GetProperty("solution").GetString()!;
}

var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseUrls(args[2]);
builder.Logging.ClearProviders();
var app = builder.Build();
app.MapPost("/v1/chat/completions", async context =>
{
    using var body = await JsonDocument.ParseAsync(context.Request.Body);
    var messages = body.RootElement.GetProperty("messages").EnumerateArray().ToList();
    var question = Text(messages.Last(m => m.GetProperty("role").GetString() == "user").GetProperty("content"));
    if (!answers.TryGetValue(question, out var answer))
    {
        context.Response.StatusCode = 404;
        await context.Response.WriteAsJsonAsync(new { error = new { message = "no recorded solution for this question", type = "invalid_request_error", code = "unknown_question" } });
        return;
    }
    var id = "chatcmpl-" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(model + question)))[..16];
    var usage = new { prompt_tokens = question.Length / 4, completion_tokens = answer.Length / 4, total_tokens = (question.Length + answer.Length) / 4 };
    var stream = body.RootElement.TryGetProperty("stream", out var asked) && asked.ValueKind == JsonValueKind.True;
    if (!stream)
    {
        await context.Response.WriteAsJsonAsync(new
        {
            id,
            @object = "chat.completion",
            created = 0,
            model = "replayed-" + model,
            choices = new[] { new { index = 0, message = new { role = "assistant", content = answer }, finish_reason = "stop" } },
            usage,
        });
        return;
    }
    context.Response.ContentType = "text/event-stream";
    async Task SendAsync(object chunk) => await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(chunk)}\n\n");
    object Chunk(object delta, string? finish) => new { id, @object = "chat.completion.chunk", created = 0, model = "replayed-" + model, choices = new[] { new { index = 0, delta, finish_reason = finish } } };
    await SendAsync(Chunk(new { role = "assistant", content = "" }, null));
    foreach (var part in answer.Chunk(40)) await SendAsync(Chunk(new { content = new string(part) }, null));
    await SendAsync(Chunk(new { }, "stop"));
    await SendAsync(new { id, @object = "chat.completion.chunk", created = 0, model = "replayed-" + model, choices = Array.Empty<object>(), usage });
    await context.Response.WriteAsync("data: [DONE]\n\n");
});
await app.RunAsync();
return 0;

static string Text(JsonElement content) => content.ValueKind == JsonValueKind.String
    ? content.GetString()!
    : string.Concat(content.EnumerateArray().Where(p => p.TryGetProperty("text", out _)).Select(p => p.GetProperty("text").GetString()));
