using System.Text;
using System.Text.Json;

namespace Assay.Evaluation;

/// <summary>What an endpoint says went wrong.</summary>
internal static class OpenAiErrors
{
    private const int Longest = 300;

    public static (string Message, string? Code) Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (Message(document.RootElement) is { } message)
            {
                var error = document.RootElement.GetProperty("error");
                return (message, error.ValueKind == JsonValueKind.Object && error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String ? code.GetString() : null);
            }
        }
        catch (JsonException)
        {
            // Proxies answer in HTML and plain text.
        }
        var text = Encoding.UTF8.GetString(body).ReplaceLineEndings(" ").Trim();
        return (text.Length > Longest ? text[..Longest] + "…" : text, null);
    }

    public static string? Message(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("error", out var error)) return null;
        if (error.ValueKind == JsonValueKind.String) return error.GetString();
        return error.ValueKind == JsonValueKind.Object && error.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String ? message.GetString() : null;
    }
}
