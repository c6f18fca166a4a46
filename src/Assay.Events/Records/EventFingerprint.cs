using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Events;

/// <summary>Fixed-size stand-ins for an event's id and content, by SHA-256: equal ids and contents always meet, others practically never.</summary>
public static class EventFingerprint
{
    public static UInt128 OfId(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <param name="canonicalJson">The event's JSON as the spool writes it, without the receipt time where the client gave no timestamp.</param>
    public static ulong OfContent(ReadOnlySpan<byte> canonicalJson)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(canonicalJson, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
