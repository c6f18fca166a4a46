using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Assay.Evaluation.Checks;

/// <summary>JSON in texts that models wrote: strict RFC 8259, no comments, no trailing commas, no double keys.</summary>
internal static class JsonText
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 128, AllowDuplicateProperties = false };

    public static bool TryParse(string text, out JsonElement value, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            value = document.RootElement.Clone();
            problem = null;
            return true;
        }
        catch (JsonException e)
        {
            value = default;
            problem = string.IsNullOrWhiteSpace(text) ? "it is empty" : e.Message;
            return false;
        }
    }
}
