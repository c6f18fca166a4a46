using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Evaluation;

/// <summary>Asks applications, over HTTP or as programs; with the same log, budget, limits and retries as models.</summary>
internal sealed class ApplicationCaller(Suite suite, ModelCaller caller, CallerOptions options)
{
    private readonly CommandAnswers commands = new(suite, options);

    public Task<CallOutcome> AnswerAsync(ArenaCell cell, CancellationToken cancellationToken)
    {
        var (variant, golden) = (cell.Variant, cell.Golden);
        return caller.LoggedAsync(CallKey.Of(variant, suite, golden, cell.Repeat), $"{variant.Key}/{golden.Id}", variant.Http?.Url.Authority ?? variant.Key, 0,
            stop => variant.Http is { } http ? HttpAsync(http, cell, stop) : commands.AskAsync(variant.Command!, cell, stop), cancellationToken);
    }

    private Task<Attempt> HttpAsync(HttpApplication http, ArenaCell cell, CancellationToken cancellationToken)
    {
        var whole = ApplicationBody.Whole(cell.Variant, cell.Golden);
        var body = http.Body is { } template ? ApplicationBody.Filled(template, whole) : whole;
        var started = options.Clock.GetTimestamp();
        return caller.Http.SendAsync(http.Url, Encoding.UTF8.GetBytes(body?.ToJsonString() ?? "null"), http.KeyEnv is { } variable ? options.Environment(variable) : null, async (response, stop) =>
        {
            var text = await response.Content.ReadAsStringAsync(stop);
            var latency = options.Clock.GetElapsedTime(started).TotalMilliseconds;
            if (http.AnswerPath is null && http.ContextPath is null) return new Attempt(CallOutcome.Of(new Answer { Text = text, LatencyMs = latency }));
            JsonNode? json;
            try
            {
                json = JsonNode.Parse(text);
            }
            catch (JsonException)
            {
                return new Attempt(CallOutcome.Failed(CallFailure.NotUnderstood, "the response is not JSON"));
            }
            var answer = http.AnswerPath is { } path ? ApplicationBody.At(json, path) : json;
            if (answer is null) return new Attempt(CallOutcome.Failed(CallFailure.NotUnderstood, $"the response has nothing at answerPath '{http.AnswerPath}'"));
            var context = http.ContextPath is { } where ? ApplicationBody.At(json, where) : null;
            return new Attempt(CallOutcome.Of(new Answer
            {
                Text = ApplicationBody.Text(answer),
                Context = context is JsonArray list ? [.. list.OfType<JsonNode>().Select(ApplicationBody.Text)] : context is null ? [] : [ApplicationBody.Text(context)],
                LatencyMs = latency,
            }));
        }, cancellationToken);
    }
}
