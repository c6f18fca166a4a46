using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Gateway;

/// <summary>Names a set of decoding parameters, tools included: equal for equal fields in any order, as they go upstream.</summary>
internal static class ParametersHash
{
    private const int LongestKey = 4096;
    private static readonly string None = Short(SHA256.HashData(ReadOnlySpan<byte>.Empty));

    // Most requests have the parameters of the one before: comparing them costs far less than sorting and digesting them again.
    [ThreadStatic] private static ArrayBufferWriter<byte>? key;
    [ThreadStatic] private static byte[]? lastKey;
    [ThreadStatic] private static string? last;

    /// <summary>The first 16 hex digits of SHA-256 over the fields sorted by name; model, messages, ids and streaming are no parameters.</summary>
    public static string Of(ChatRequest request, IReadOnlyList<BodyField> fields)
    {
        var current = Key(request, fields);
        if (last is not null && current.SequenceEqual(lastKey)) return last;
        var hash = Compute(request, fields);
        (lastKey, last) = current.Length <= LongestKey ? (current.ToArray(), hash) : (null, null);
        return hash;
    }

    /// <summary>The parameters as they stand in the body, and the fields to set: quotes and colons keep different ones apart.</summary>
    private static ReadOnlySpan<byte> Key(ChatRequest request, IReadOnlyList<BodyField> fields)
    {
        var buffer = key is { Capacity: <= 4 * LongestKey } kept ? kept : key = new ArrayBufferWriter<byte>(256);
        buffer.ResetWrittenCount();
        var body = request.Body.Span;
        foreach (var property in request.Properties)
        {
            if (!property.IsParameter) continue;
            buffer.Write(property.Name.Of(body));
            buffer.Write(":"u8);
            buffer.Write(property.Value.Of(body));
            buffer.Write(","u8);
        }
        for (var i = 0; i < fields.Count; i++)
        {
            buffer.Write(fields[i].EncodedName.AsSpan());
            buffer.Write(fields[i].Value.AsSpan());
            buffer.Write(","u8);
        }
        return buffer.WrittenSpan;
    }

    private static string Compute(ChatRequest request, IReadOnlyList<BodyField> fields)
    {
        List<(string Name, ReadOnlyMemory<byte> Value)>? entries = null;
        foreach (var property in request.Properties)
            if (property.IsParameter && !IsSet(request, property, fields))
                (entries ??= []).Add((Encoding.UTF8.GetString(request.Body.Span[(property.Name.Start + 1)..(property.Name.End - 1)]), request.Body[property.Value.Start..property.Value.End]));
        foreach (var field in fields) (entries ??= []).Add((field.Name, field.Value));
        if (entries is null) return None;
        entries.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        var buffer = new ArrayBufferWriter<byte>(256);
        foreach (var (name, value) in entries)
        {
            Encoding.UTF8.GetBytes(name, buffer);
            buffer.Write("="u8);
            buffer.Write(value.Span);
            buffer.Write("\n"u8);
        }
        return Short(SHA256.HashData(buffer.WrittenSpan));
    }

    private static bool IsSet(ChatRequest request, in BodyProperty property, IReadOnlyList<BodyField> fields)
    {
        foreach (var field in fields)
            if (ChatRequestRewriter.NameEquals(request, property, field.Name)) return true;
        return false;
    }

    private static string Short(byte[] hash) => Convert.ToHexStringLower(hash.AsSpan(0, 8));
}
