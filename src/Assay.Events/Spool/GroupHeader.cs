using System.Buffers.Binary;

namespace Assay.Events;

/// <summary>
/// What stands before every group of records that was made durable by one flush. It names its own place, so that neither a stray copy
/// nor bytes inside a payload are taken for a header.
/// </summary>
internal readonly record struct GroupHeader(long Segment, long Offset, int Length, int Count, uint Crc)
{
    public const int Size = 32;
    private const uint Magic = 0x31505341; // "ASP1"

    /// <summary>Offset of the byte after the group.</summary>
    public long End => Offset + Size + Length;

    public void WriteTo(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(target, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], Length);
        BinaryPrimitives.WriteInt32LittleEndian(target[8..], Count);
        BinaryPrimitives.WriteUInt32LittleEndian(target[12..], Crc);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], Offset);
        BinaryPrimitives.WriteUInt32LittleEndian(target[24..], (uint)Segment);
        BinaryPrimitives.WriteUInt32LittleEndian(target[28..], Crc32C.Of(target[..28]));
    }

    /// <summary>Null when these bytes are not the header that was written at this place.</summary>
    public static GroupHeader? TryRead(ReadOnlySpan<byte> source, long segment, long offset)
    {
        if (source.Length < Size || BinaryPrimitives.ReadUInt32LittleEndian(source) != Magic) return null;
        if (BinaryPrimitives.ReadUInt32LittleEndian(source[28..]) != Crc32C.Of(source[..28])) return null;
        var header = new GroupHeader(
            BinaryPrimitives.ReadUInt32LittleEndian(source[24..]), BinaryPrimitives.ReadInt64LittleEndian(source[16..]),
            BinaryPrimitives.ReadInt32LittleEndian(source[4..]), BinaryPrimitives.ReadInt32LittleEndian(source[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(source[12..]));
        return header.Segment == (uint)segment && header.Offset == offset && header is { Length: > 0, Count: > 0 } ? header : null;
    }

    /// <summary>Index of the first byte from <paramref name="start"/> that may begin a header; −1 when there is none.</summary>
    public static int IndexOfCandidate(ReadOnlySpan<byte> source, int start)
    {
        if (start >= source.Length) return -1;
        var at = source[start..].IndexOf("ASP1"u8);
        return at < 0 ? -1 : start + at;
    }
}
