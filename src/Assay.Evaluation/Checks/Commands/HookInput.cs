using System.Text.Json;

namespace Assay.Evaluation.Checks;

/// <summary>What a hook reads. What is unknown is null.</summary>
internal static class HookInput
{
    public static void Write(Utf8JsonWriter json, GoldenCase golden)
    {
        json.WriteStartObject("case");
        json.WriteString("id", golden.Id);
        json.WriteString("input", golden.Input);
        json.WriteStartArray("messages");
        foreach (var turn in golden.Messages)
        {
            json.WriteStartObject();
            json.WriteString("role", turn.Role);
            json.WriteString("content", turn.Content);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("variables");
        foreach (var (name, value) in golden.Variables)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
        json.WriteEndObject();
        json.WriteString("expected", golden.Expected);
        Write(json, "context", golden.Context);
        Write(json, "tags", golden.Tags);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Answer answer)
    {
        json.WriteStartObject("answer");
        json.WriteString("text", answer.Text);
        json.WriteStartArray("toolCalls");
        foreach (var call in answer.ToolCalls)
        {
            json.WriteStartObject();
            json.WriteString("name", call.Name);
            json.WriteString("arguments", call.Arguments);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Write(json, "context", answer.Context);
        Write(json, "latencyMs", answer.LatencyMs);
        Write(json, "timeToFirstTokenMs", answer.TimeToFirstTokenMs);
        Write(json, "inputTokens", answer.InputTokens);
        Write(json, "outputTokens", answer.OutputTokens);
        Write(json, "costUsd", answer.CostUsd);
        json.WriteString("finishReason", answer.FinishReason);
        json.WriteString("servedModel", answer.ServedModel);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } known) json.WriteNumber(name, known);
        else json.WriteNull(name);
    }
}
