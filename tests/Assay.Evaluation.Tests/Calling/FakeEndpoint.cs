using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Assay.Evaluation.Tests;

/// <summary>A real HTTP server on loopback that answers chat completions as a test tells it to.</summary>
internal sealed class FakeEndpoint : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<JsonElement, int, Reply> _answer;
    private int _count;

    public FakeEndpoint(Func<JsonElement, int, Reply> answer)
    {
        _answer = answer;
        using (var port = new TcpListener(IPAddress.Loopback, 0))
        {
            port.Start();
            Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)port.LocalEndpoint).Port}/v1"));
        }
        _listener.Prefixes.Add(Address.GetLeftPart(UriPartial.Authority) + "/");
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public Uri Address { get; }
    public ConcurrentQueue<JsonElement> Asked { get; } = new();
    public int Count => _count;

    /// <summary>Answers every question with a text.</summary>
    public static FakeEndpoint Saying(Func<string, string> text) => new((body, _) => new Reply(text(body.GetProperty("messages")[body.GetProperty("messages").GetArrayLength() - 1].GetProperty("content").GetString()!)));

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true) _ = AnswerAsync(await _listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed: the test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.InputStream);
            var body = document.RootElement.Clone();
            Asked.Enqueue(body);
            var reply = _answer(body, Interlocked.Increment(ref _count));
            if (reply.Gate is { } gate) await gate;
            context.Response.StatusCode = reply.Status;
            foreach (var (name, value) in reply.Headers) context.Response.Headers[name] = value;
            context.Response.ContentType = reply.Raw is null && reply.Status == 200 ? "text/event-stream" : "application/json";
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(reply.Raw ?? (reply.Status == 200 ? Stream(reply.Text) : """{"error":{"message":"told to fail"}}""")));
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The caller went away.
        }
    }

    private static string Stream(string text)
    {
        var half = text.Length / 2;
        string Chunk(object delta, string? finish) => "data: " + JsonSerializer.Serialize(new { id = "c", model = "served", system_fingerprint = "fp", choices = new[] { new { index = 0, delta, finish_reason = finish } } }) + "\n\n";
        return Chunk(new { role = "assistant" }, null) + Chunk(new { content = text[..half] }, null) + Chunk(new { content = text[half..] }, null) + Chunk(new { }, "stop")
            + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"prompt_tokens_details\":{\"cached_tokens\":2}}}\n\ndata: [DONE]\n\n";
    }

    internal sealed record Reply(string Text = "", int Status = 200, string? Raw = null, Task? Gate = null)
    {
        public Dictionary<string, string> Headers { get; init; } = [];
    }
}
