using System.Text.Json;

namespace Assay.Evaluation;

/// <summary>Body of a chat completion request. A parameter that is null is left out: so a default can be taken away from a model that refuses it.</summary>
internal static class ChatRequestWriter
{
    public static byte[] Write(ModelCall call, bool stream)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("model", call.Model);
            json.WriteStartArray("messages");
            foreach (var turn in call.Messages)
            {
                json.WriteStartObject();
                json.WriteString("role", turn.Role);
                json.WriteString("content", turn.Content);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            foreach (var (name, value) in call.Parameters)
            {
                if (value.ValueKind == JsonValueKind.Null || name is "stream" or "stream_options") continue;
                json.WritePropertyName(name);
                value.WriteTo(json);
            }
            if (call.Tools is { } tools)
            {
                json.WritePropertyName("tools");
                tools.WriteTo(json);
            }
            if (stream)
            {
                json.WriteBoolean("stream", true);
                json.WriteStartObject("stream_options");
                json.WriteBoolean("include_usage", true);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }
}
