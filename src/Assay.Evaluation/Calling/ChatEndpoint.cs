using System.Text;
using System.Text.Json;

namespace Assay.Evaluation;

/// <summary>One try at an OpenAI-compatible <c>/chat/completions</c>: streamed, so that the first token can be stamped; whole answers are read too.</summary>
internal sealed class ChatEndpoint(HttpAttempt http, TimeProvider clock)
{
    public Task<Attempt> TryAsync(Uri baseUrl, string? key, ModelCall call, CancellationToken cancellationToken)
    {
        var address = new Uri(baseUrl.ToString().TrimEnd('/') + "/chat/completions");
        var started = clock.GetTimestamp();
        return http.SendAsync(address, ChatRequestWriter.Write(call, stream: true), key, (response, stop) => ReadAsync(response, call.Model, started, stop), cancellationToken);
    }

    private async Task<Attempt> ReadAsync(HttpResponseMessage response, string model, long started, CancellationToken cancellationToken)
    {
        var builder = new ChatAnswerBuilder();
        double? first = null;
        try
        {
            if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
            {
                using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken), Encoding.UTF8);
                while (await reader.ReadLineAsync(cancellationToken) is { } line)
                {
                    if (!line.StartsWith("data:", StringComparison.Ordinal)) continue;
                    var data = line.AsSpan(5).Trim();
                    if (data is "[DONE]") break;
                    builder.Add(Encoding.UTF8.GetBytes(data.ToString()));
                    // Chunks that only name a role are not the first token.
                    if (first is null && builder.HasContent) first = Elapsed(started);
                }
                if (builder.Error is null && !builder.IsFinished && builder.HasChoice)
                    return new Attempt(CallOutcome.Failed(CallFailure.NotUnderstood, "the stream ended before the answer did"), MayRetry: true, MayHaveCost: true);
            }
            else builder.Add(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (JsonException e)
        {
            return new Attempt(CallOutcome.Failed(CallFailure.NotUnderstood, $"the answer is not a chat completion: {e.Message}"), MayHaveCost: true);
        }
        if (builder.Error is { } error) return new Attempt(CallOutcome.Failed(CallFailure.UpstreamError, error), MayRetry: true, MayHaveCost: true);
        if (!builder.HasChoice) return new Attempt(CallOutcome.Failed(CallFailure.NotUnderstood, "the answer has no choice"), MayHaveCost: true);
        return new Attempt(CallOutcome.Of(builder.ToAnswer(model, Elapsed(started), first)));
    }

    private double Elapsed(long started) => clock.GetElapsedTime(started).TotalMilliseconds;
}
