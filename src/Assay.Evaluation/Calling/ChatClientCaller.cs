using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Assay.Evaluation;

/// <summary>Asks through an <see cref="IChatClient"/>: any provider, middleware or fake that .NET code already has. Streams, so that the first token is stamped.</summary>
/// <param name="client">Not disposed here. Its own retries and caches are its own.</param>
/// <param name="clock">Stamps latencies.</param>
/// <remarks>A parameter without a property in <see cref="ChatOptions"/> goes into its additional properties. Log probabilities are not part of this abstraction and stay empty.</remarks>
public sealed class ChatClientCaller(IChatClient client, TimeProvider clock) : IModelCaller
{
    public async Task<CallOutcome> CallAsync(ModelCall call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        var started = clock.GetTimestamp();
        double? first = null;
        var updates = new List<ChatResponseUpdate>();
        try
        {
            await foreach (var update in client.GetStreamingResponseAsync(call.Messages.Select(m => new ChatMessage(new ChatRole(m.Role), m.Content)), Options(call), cancellationToken))
            {
                updates.Add(update);
                if (first is null && (update.Text.Length > 0 || update.Contents.Any(c => c is FunctionCallContent))) first = clock.GetElapsedTime(started).TotalMilliseconds;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Providers throw what they like; for a run each of it is a failed call, with its message.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return CallOutcome.Failed(e is OperationCanceledException or TimeoutException ? CallFailure.TimedOut : CallFailure.UpstreamError, $"{e.GetType().Name}: {e.Message}");
        }
        if (updates.Count == 0) return CallOutcome.Failed(CallFailure.NotUnderstood, "the client gave no answer");
        var response = updates.ToChatResponse();
        return CallOutcome.Of(new Answer
        {
            Text = response.Text,
            ToolCalls = [.. response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().Select(f => new ToolCall(f.Name, f.Arguments is null ? "{}" : JsonSerializer.Serialize(f.Arguments, AIJsonUtilities.DefaultOptions)))],
            LatencyMs = clock.GetElapsedTime(started).TotalMilliseconds,
            TimeToFirstTokenMs = first,
            InputTokens = response.Usage?.InputTokenCount,
            OutputTokens = response.Usage?.OutputTokenCount,
            CachedInputTokens = response.Usage?.CachedInputTokenCount,
            FinishReason = response.FinishReason?.Value,
            RequestedModel = call.Model,
            ServedModel = response.ModelId,
        });
    }

    private static ChatOptions Options(ModelCall call)
    {
        var options = new ChatOptions { ModelId = call.Model };
        foreach (var (name, value) in call.Parameters)
        {
            if (value.ValueKind == JsonValueKind.Null) continue;
            if (name == "temperature" && value.TryGetSingle(out var temperature)) options.Temperature = temperature;
            else if (name == "top_p" && value.TryGetSingle(out var share)) options.TopP = share;
            else if (name == "seed" && value.TryGetInt64(out var seed)) options.Seed = seed;
            else if (name is "max_tokens" or "max_completion_tokens" && value.TryGetInt32(out var most)) options.MaxOutputTokens = most;
            else (options.AdditionalProperties ??= [])[name] = value;
        }
        if (call.Tools is { } tools) (options.AdditionalProperties ??= [])["tools"] = tools;
        return options;
    }
}
