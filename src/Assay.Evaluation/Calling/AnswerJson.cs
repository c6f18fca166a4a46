using System.Text.Json.Nodes;

namespace Assay.Evaluation;

/// <summary>An answer as JSON: what was not reported is left out.</summary>
internal static class AnswerJson
{
    public static JsonObject Write(Answer a)
    {
        var json = new JsonObject { ["text"] = a.Text };
        if (!a.ToolCalls.IsEmpty) json["toolCalls"] = new JsonArray([.. a.ToolCalls.Select(t => new JsonObject { ["name"] = t.Name, ["arguments"] = t.Arguments })]);
        if (!a.Context.IsEmpty) json["context"] = new JsonArray([.. a.Context.Select(c => JsonValue.Create(c))]);
        void Put<T>(string key, T? value) where T : struct
        {
            if (value is { } known) json[key] = JsonValue.Create(known);
        }
        void Text(string key, string? value)
        {
            if (value is not null) json[key] = value;
        }
        Put("latencyMs", a.LatencyMs);
        Put("ttftMs", a.TimeToFirstTokenMs);
        Put("inputTokens", a.InputTokens);
        Put("cachedInputTokens", a.CachedInputTokens);
        Put("outputTokens", a.OutputTokens);
        Put("costUsd", a.CostUsd);
        Text("finishReason", a.FinishReason);
        Text("requestedModel", a.RequestedModel);
        Text("servedModel", a.ServedModel);
        Text("systemFingerprint", a.SystemFingerprint);
        if (!a.LogProbabilities.IsEmpty)
            json["logprobs"] = new JsonArray([.. a.LogProbabilities.Select(p => new JsonObject
            {
                ["token"] = p.Token,
                ["logprob"] = p.LogProbability,
                ["top"] = new JsonArray([.. p.Alternatives.Select(t => new JsonArray(t.Token, t.LogProbability))]),
            })]);
        return json;
    }

    public static Answer Read(JsonObject json)
    {
        T? Get<T>(string key) where T : struct => json[key] is { } value ? value.GetValue<T>() : null;
        string? Text(string key) => json[key]?.GetValue<string>();
        return new Answer
        {
            Text = Text("text") ?? "",
            ToolCalls = [.. (json["toolCalls"] as JsonArray ?? []).Select(t => new ToolCall((string)t!["name"]!, (string)t["arguments"]!))],
            Context = [.. (json["context"] as JsonArray ?? []).Select(c => (string)c!)],
            LatencyMs = Get<double>("latencyMs"),
            TimeToFirstTokenMs = Get<double>("ttftMs"),
            InputTokens = Get<long>("inputTokens"),
            CachedInputTokens = Get<long>("cachedInputTokens"),
            OutputTokens = Get<long>("outputTokens"),
            CostUsd = Get<double>("costUsd"),
            FinishReason = Text("finishReason"),
            RequestedModel = Text("requestedModel"),
            ServedModel = Text("servedModel"),
            SystemFingerprint = Text("systemFingerprint"),
            LogProbabilities = [.. (json["logprobs"] as JsonArray ?? []).Select(p => new TokenLogProbability((string)p!["token"]!, (double)p["logprob"]!,
                [.. (p["top"] as JsonArray ?? []).Select(t => ((string)t![0]!, (double)t[1]!))]))],
        };
    }
}
