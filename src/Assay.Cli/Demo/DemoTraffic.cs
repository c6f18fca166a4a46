using System.Net.Http.Headers;
using System.Text.Json;

namespace Assay.Cli.Demo;

/// <summary>Plays the customers against the gateway over HTTP: chat turns first, then what came of them as events.</summary>
internal sealed class DemoTraffic(Uri server, int seed) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256, UseProxy = false }) { BaseAddress = server };

    /// <summary>Holds all conversations, a bounded number at a time.</summary>
    /// <param name="conversations">How many.</param>
    /// <param name="parallel">How many at once.</param>
    /// <param name="progress">Called once per finished conversation, from any thread.</param>
    public Task RunAsync(int conversations, int parallel, Action progress, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(Enumerable.Range(0, conversations), new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken },
            async (number, stop) =>
            {
                await HoldAsync(new DemoConversation(seed, number), stop);
                progress();
            });

    public void Dispose() => _http.Dispose();

    private async Task HoldAsync(DemoConversation conversation, CancellationToken cancellationToken)
    {
        var messages = new List<(string Role, string Text)>();
        for (var turn = 0; turn < conversation.Turns; turn++)
        {
            messages.Add(("user", conversation.Message(turn)));
            messages.Add(("assistant", await AskAsync(conversation, messages, cancellationToken)));
        }
        var outcome = conversation.Judge(messages[^1].Text);
        using var events = new MemoryStream();
        await using (var json = new Utf8JsonWriter(events))
        {
            json.WriteStartArray();
            Write(json, conversation.Id, "resolved", outcome.Resolved ? 1 : 0);
            Write(json, conversation.Id, "escalated", outcome.Escalated ? 1 : 0);
            if (outcome.Csat is { } csat) Write(json, conversation.Id, "csat", csat);
            json.WriteEndArray();
        }
        using var content = new ByteArrayContent(events.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await _http.PostAsync("api/v1/events", content, cancellationToken);
        await EnsureAsync(response, cancellationToken);
    }

    private async Task<string> AskAsync(DemoConversation conversation, List<(string Role, string Text)> messages, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("model", "support-bot");
            json.WriteStartArray("messages");
            foreach (var (role, text) in messages)
            {
                json.WriteStartObject();
                json.WriteString("role", role);
                json.WriteString("content", text);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions") { Content = new ByteArrayContent(body.ToArray()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("x-assay-conversation", conversation.Id);
        request.Headers.Add("x-assay-attributes", $$"""{"plan":"{{conversation.Plan}}"}""");
        using var response = await _http.SendAsync(request, cancellationToken);
        await EnsureAsync(response, cancellationToken);
        using var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
        return answer.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
    }

    private static void Write(Utf8JsonWriter json, string unit, string metric, double value)
    {
        json.WriteStartObject();
        json.WriteString("type", "outcome");
        json.WriteString("unit", unit);
        json.WriteString("metric", metric);
        json.WriteNumber("value", value);
        json.WriteEndObject();
    }

    private static async Task EnsureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode) return;
        throw new InvalidOperationException($"{(int)response.StatusCode} from {response.RequestMessage!.RequestUri}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }
}
