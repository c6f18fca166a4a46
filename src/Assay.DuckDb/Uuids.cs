using System.Buffers.Binary;

namespace Assay.DuckDb;

/// <summary>A UUID as the number its hexadecimal form reads, and as DuckDB stores it: signed, the top bit flipped so that order is kept.</summary>
internal static class Uuids
{
    private static readonly UInt128 TopBit = UInt128.One << 127;

    public static UInt128 Number(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    public static UInt128 Stored(Guid value) => Number(value) ^ TopBit;

    public static Guid FromStored(UInt128 stored)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, stored ^ TopBit);
        return new Guid(bytes, bigEndian: true);
    }
}
