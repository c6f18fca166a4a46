using System.Buffers;
using System.Text.Json;
using Assay.Experiments;

namespace Assay.Gateway;

/// <summary>Writes the body that goes upstream: the changed fields anew, everything else byte for byte.</summary>
internal static class ChatRequestRewriter
{
    private static readonly byte[] UsageField = [.. "\"stream_options\":{\"include_usage\":true}"u8];
    private static readonly byte[] UsageMember = [.. "\"include_usage\":true,"u8];
    private static readonly byte[] True = [.. "true"u8];

    /// <param name="request">The request as read.</param>
    /// <param name="model">The upstream's name of the model.</param>
    /// <param name="systemText">Null leaves the system message as it is.</param>
    /// <param name="systemMode">How the text meets the request's own system message.</param>
    /// <param name="fields">Fields to set; names are unique.</param>
    /// <param name="addUsage">Whether a stream must end with the usage chunk.</param>
    /// <returns>The body; rented when something changed, so that <paramref name="rented"/> must be returned.</returns>
    public static ReadOnlyMemory<byte> Rewrite(ChatRequest request, string model, string? systemText, SystemPromptMode systemMode,
        IReadOnlyList<BodyField> fields, bool addUsage, out byte[]? rented)
    {
        var edits = new List<BodyEdit>(4);
        if (model != request.Model) edits.Add(new BodyEdit(request.ModelValue, JsonString(model)));
        if (systemText is not null) edits.Add(SystemEdit(request, systemText, systemMode));
        foreach (var field in fields) AddField(edits, request, field);
        if (addUsage && request is { Stream: true, IncludesUsage: false }) edits.Add(UsageEdit(request));
        return Apply(request.Body, edits, out rented);
    }

    private static BodyEdit SystemEdit(ChatRequest request, string text, SystemPromptMode mode)
    {
        var content = request.SystemContent;
        if (content.IsEmpty)
        {
            // No system message yet: one is put first.
            var open = request.MessagesValue.Start + 1;
            var isOnly = IsEmptyArray(request.MessagesValue.Of(request.Body.Span));
            byte[] message = [.. "{\"role\":\"system\",\"content\":"u8, .. JsonString(text), (byte)'}', .. isOnly ? ""u8 : ","u8];
            return new BodyEdit(new BodySpan(open, open), message);
        }
        var own = content.Of(request.Body.Span);
        if (mode != SystemPromptMode.Replace && request.SystemContentType == JsonTokenType.StartArray)
        {
            byte[] part = [.. "{\"type\":\"text\",\"text\":"u8, .. JsonString(text), (byte)'}'];
            if (IsEmptyArray(own)) return new BodyEdit(content, (byte[])[(byte)'[', .. part, (byte)']']);
            return mode == SystemPromptMode.Prepend
                ? new BodyEdit(new BodySpan(content.Start + 1, content.Start + 1), (byte[])[.. part, (byte)','])
                : new BodyEdit(new BodySpan(content.End - 1, content.End - 1), (byte[])[(byte)',', .. part]);
        }
        if (mode != SystemPromptMode.Replace && request.SystemContentType == JsonTokenType.String)
        {
            var reader = new Utf8JsonReader(own);
            reader.Read();
            var existing = reader.GetString();
            text = mode == SystemPromptMode.Prepend ? text + "\n\n" + existing : existing + "\n\n" + text;
        }
        return new BodyEdit(content, JsonString(text));
    }

    private static void AddField(List<BodyEdit> edits, ChatRequest request, BodyField field)
    {
        var found = false;
        foreach (var property in request.Properties)
        {
            if (!NameEquals(request, property, field.Name)) continue;
            edits.Add(new BodyEdit(property.Value, field.Value));
            found = true;
        }
        if (!found) edits.Add(new BodyEdit(new BodySpan(request.ClosingBrace, request.ClosingBrace), (byte[])[(byte)',', .. field.EncodedName, .. field.Value]));
    }

    private static BodyEdit UsageEdit(ChatRequest request)
    {
        if (!request.IncludeUsageValue.IsEmpty) return new BodyEdit(request.IncludeUsageValue, True);
        var options = request.StreamOptionsValue;
        if (options.IsEmpty)
        {
            foreach (var property in request.Properties)
                if (NameEquals(request, property, "stream_options")) return new BodyEdit(property.Value, UsageField.AsMemory(17));
            return new BodyEdit(new BodySpan(request.ClosingBrace, request.ClosingBrace), (byte[])[(byte)',', .. UsageField]);
        }
        var isEmpty = IsEmptyArray(options.Of(request.Body.Span));
        return new BodyEdit(new BodySpan(options.Start + 1, options.Start + 1), isEmpty ? UsageMember.AsMemory(0, UsageMember.Length - 1) : UsageMember);
    }

    /// <summary>Whether a property has this name, however it is escaped.</summary>
    public static bool NameEquals(ChatRequest request, in BodyProperty property, string name)
    {
        var reader = new Utf8JsonReader(property.Name.Of(request.Body.Span));
        return reader.Read() && reader.ValueTextEquals(name);
    }

    private static ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> body, List<BodyEdit> edits, out byte[]? rented)
    {
        rented = null;
        if (edits.Count == 0) return body;
        Sort(edits);
        var length = body.Length;
        foreach (var edit in edits) length += edit.Replacement.Length - (edit.Span.End - edit.Span.Start);
        rented = ArrayPool<byte>.Shared.Rent(length);
        var source = body.Span;
        var target = rented.AsSpan();
        var copied = 0;
        foreach (var edit in edits)
        {
            source[copied..edit.Span.Start].CopyTo(target);
            target = target[(edit.Span.Start - copied)..];
            edit.Replacement.Span.CopyTo(target);
            target = target[edit.Replacement.Length..];
            copied = edit.Span.End;
        }
        source[copied..].CopyTo(target);
        return rented.AsMemory(0, length);
    }

    /// <summary>By place in the body, for the few there are; insertions at one place keep their order.</summary>
    private static void Sort(List<BodyEdit> edits)
    {
        for (var i = 1; i < edits.Count; i++)
        {
            var edit = edits[i];
            var at = i;
            for (; at > 0 && edits[at - 1].Span.Start > edit.Span.Start; at--) edits[at] = edits[at - 1];
            edits[at] = edit;
        }
    }

    /// <summary>Whether an array or object holds nothing but white space.</summary>
    private static bool IsEmptyArray(ReadOnlySpan<byte> json) => json[1..^1].Trim(" \t\r\n"u8).IsEmpty;

    private static byte[] JsonString(string text)
    {
        var encoded = JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes;
        var json = new byte[encoded.Length + 2];
        json[0] = json[^1] = (byte)'"';
        encoded.CopyTo(json.AsSpan(1));
        return json;
    }
}
