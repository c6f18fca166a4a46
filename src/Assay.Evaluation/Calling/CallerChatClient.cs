using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Assay.Evaluation;

/// <summary>An <see cref="IChatClient"/> over a caller: code that speaks the abstraction gets the arena's log, limits, retries and budget.</summary>
/// <param name="caller">Who asks.</param>
/// <param name="upstream">Name of a declared upstream.</param>
/// <param name="model">Where the options name none.</param>
public sealed class CallerChatClient(IModelCaller caller, string upstream, string model) : IChatClient
{
    /// <exception cref="InvalidOperationException">The call failed after all its tries; the message says how.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var outcome = await caller.CallAsync(new ModelCall
        {
            Upstream = upstream,
            Model = options?.ModelId ?? model,
            Messages = [.. messages.Select(m => new ChatTurn(m.Role.Value, m.Text))],
            Parameters = Parameters(options),
        }, cancellationToken);
        if (outcome.Answer is not { } answer) throw new InvalidOperationException($"{outcome.Failure}: {outcome.Detail}");
        var contents = new List<AIContent> { new TextContent(answer.Text) };
        foreach (var (call, index) in answer.ToolCalls.Select((c, i) => (c, i)))
            contents.Add(FunctionCallContent.CreateFromParsedArguments(call.Arguments, $"call_{index}", call.Name, text => JsonSerializer.Deserialize<Dictionary<string, object?>>(text, AIJsonUtilities.DefaultOptions)!));
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ModelId = answer.ServedModel,
            FinishReason = answer.FinishReason is { } reason ? new ChatFinishReason(reason) : null,
            Usage = new UsageDetails { InputTokenCount = answer.InputTokens, OutputTokenCount = answer.OutputTokens, CachedInputTokenCount = answer.CachedInputTokens },
        };
    }

    /// <summary>The whole answer as its updates: it is on disk before it is handed on.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates()) yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType?.IsInstanceOfType(this) == true ? this : null;

    public void Dispose()
    {
        // The caller belongs to whoever made it.
    }

    private static ImmutableSortedDictionary<string, JsonElement> Parameters(ChatOptions? options)
    {
        var parameters = ImmutableSortedDictionary.CreateBuilder<string, JsonElement>(StringComparer.Ordinal);
        void Put(string name, IFormattable? value)
        {
            if (value is not null) parameters[name] = JsonElement.Parse(value.ToString(null, System.Globalization.CultureInfo.InvariantCulture));
        }
        Put("temperature", options?.Temperature);
        Put("top_p", options?.TopP);
        Put("seed", options?.Seed);
        Put("max_tokens", options?.MaxOutputTokens);
        foreach (var (name, value) in options?.AdditionalProperties ?? [])
            if (value is JsonElement element) parameters[name] = element;
        return parameters.ToImmutable();
    }
}
