using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Assay.Evaluation;

/// <summary>Puts an answer together from chunks of a stream, or from one whole completion. Unknown fields are passed over.</summary>
internal sealed class ChatAnswerBuilder
{
    private readonly StringBuilder text = new();
    private readonly SortedDictionary<int, (StringBuilder Name, StringBuilder Arguments)> tools = [];
    private readonly List<TokenLogProbability> logProbabilities = [];
    private string? finish, model, fingerprint;
    private long? input, cached, output;

    public bool HasContent => text.Length > 0 || tools.Count > 0;
    public bool IsFinished => finish is not null;
    public bool HasChoice { get; private set; }

    /// <summary>An error inside a stream that began well.</summary>
    public string? Error { get; private set; }

    /// <exception cref="JsonException">Not JSON, or not of this shape.</exception>
    public void Add(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) throw new JsonException("a completion is an object");
        if (root.TryGetProperty("error", out var error) && error.ValueKind != JsonValueKind.Null) Error = OpenAiErrors.Message(root) ?? error.GetRawText();
        model = Text(root, "model") ?? model;
        fingerprint = Text(root, "system_fingerprint") ?? fingerprint;
        if (Property(root, "usage", JsonValueKind.Object) is { } usage)
        {
            input = Number(usage, "prompt_tokens") ?? input;
            output = Number(usage, "completion_tokens") ?? output;
            if (Property(usage, "prompt_tokens_details", JsonValueKind.Object) is { } details) cached = Number(details, "cached_tokens") ?? cached;
        }
        if (Property(root, "choices", JsonValueKind.Array) is not { } choices) return;
        foreach (var choice in choices.EnumerateArray())
        {
            // One answer is asked for; of several the first is taken.
            if ((Number(choice, "index") ?? 0) != 0) continue;
            HasChoice = true;
            finish = Text(choice, "finish_reason") ?? finish;
            if ((Property(choice, "delta", JsonValueKind.Object) ?? Property(choice, "message", JsonValueKind.Object)) is { } message) AddMessage(message);
            if (Property(choice, "logprobs", JsonValueKind.Object) is { } probabilities && Property(probabilities, "content", JsonValueKind.Array) is { } tokens) AddTokens(tokens);
        }
    }

    public Answer ToAnswer(string requested, double latencyMs, double? firstMs) => new()
    {
        Text = text.ToString(),
        ToolCalls = [.. tools.Values.Select(t => new ToolCall(t.Name.ToString(), t.Arguments.ToString()))],
        LatencyMs = latencyMs,
        TimeToFirstTokenMs = firstMs,
        InputTokens = input,
        CachedInputTokens = cached,
        OutputTokens = output,
        FinishReason = finish,
        RequestedModel = requested,
        ServedModel = model,
        SystemFingerprint = fingerprint,
        LogProbabilities = [.. logProbabilities],
    };

    private void AddMessage(JsonElement message)
    {
        if (message.TryGetProperty("content", out var content))
        {
            if (content.ValueKind == JsonValueKind.String) text.Append(content.GetString());
            else if (content.ValueKind == JsonValueKind.Array)
                foreach (var part in content.EnumerateArray()) text.Append(Text(part, "text"));
        }
        text.Append(Text(message, "refusal"));
        if (Property(message, "tool_calls", JsonValueKind.Array) is not { } calls) return;
        var position = 0;
        foreach (var call in calls.EnumerateArray())
        {
            var index = (int)(Number(call, "index") ?? position);
            position++;
            if (!tools.TryGetValue(index, out var tool)) tools[index] = tool = (new StringBuilder(), new StringBuilder());
            if (Property(call, "function", JsonValueKind.Object) is not { } function) continue;
            tool.Name.Append(Text(function, "name"));
            tool.Arguments.Append(Text(function, "arguments"));
        }
    }

    private void AddTokens(JsonElement tokens)
    {
        foreach (var token in tokens.EnumerateArray())
        {
            if (Text(token, "token") is not { } word || Real(token, "logprob") is not { } probability) continue;
            ImmutableArray<(string, double)> top = Property(token, "top_logprobs", JsonValueKind.Array) is { } alternatives
                ? [.. alternatives.EnumerateArray().Where(a => Text(a, "token") is not null && Real(a, "logprob") is not null).Select(a => (Text(a, "token")!, Real(a, "logprob")!.Value))] : [];
            logProbabilities.Add(new TokenLogProbability(word, probability, top));
        }
    }

    private static JsonElement? Property(JsonElement element, string name, JsonValueKind kind) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;

    private static string? Text(JsonElement element, string name) => Property(element, name, JsonValueKind.String)?.GetString();
    private static long? Number(JsonElement element, string name) => Property(element, name, JsonValueKind.Number) is { } value && value.TryGetInt64(out var number) ? number : null;
    private static double? Real(JsonElement element, string name) => Property(element, name, JsonValueKind.Number) is { } value && value.TryGetDouble(out var number) ? number : null;
}
