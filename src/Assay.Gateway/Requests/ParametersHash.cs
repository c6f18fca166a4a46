using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Gateway;

/// <summary>Names a set of decoding parameters, tools included: equal for equal fields in any order, as they go upstream.</summary>
internal static class ParametersHash
{
    private static readonly string None = Short(SHA256.HashData(ReadOnlySpan<byte>.Empty));

    /// <summary>The first 16 hex digits of SHA-256 over the fields sorted by name; model, messages, ids and streaming are no parameters.</summary>
    public static string Of(ChatRequest request, IReadOnlyList<BodyField> fields)
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
