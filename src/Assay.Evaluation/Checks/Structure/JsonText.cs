using System.Diagnostics.CodeAnalysis;
using System.Text;
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

    /// <summary>Every outermost object and array that stands in a text, in order; prose and code fences around them are passed over.</summary>
    public static IEnumerable<JsonElement> FindAll(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        for (var i = 0; i < utf8.Length; i++)
        {
            if (utf8[i] is not ((byte)'{' or (byte)'[')) continue;
            if (TryRead(utf8.AsSpan(i), out var value, out var length))
            {
                yield return value;
                i += length - 1;
            }
        }
    }

    /// <summary>The whole answer, or with <paramref name="anywhere"/> its first object, else its first array.</summary>
    public static bool TryRead(string text, bool anywhere, out JsonElement value, [NotNullWhen(false)] out string? problem)
    {
        if (TryParse(text, out value, out problem) || !anywhere) return problem is null;
        JsonElement? list = null;
        foreach (var found in FindAll(text))
        {
            if (found.ValueKind == JsonValueKind.Object)
            {
                (value, problem) = (found, null);
                return true;
            }
            list ??= found;
        }
        (value, problem) = (list ?? default, list is null ? "there is no object or array in it" : null);
        return list is not null;
    }

    private static bool TryRead(ReadOnlySpan<byte> utf8, out JsonElement value, out int length)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Strict.MaxDepth });
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            (value, length) = (document.RootElement.Clone(), (int)reader.BytesConsumed);
            return true;
        }
        catch (JsonException)
        {
            (value, length) = (default, 0);
            return false;
        }
    }
}
