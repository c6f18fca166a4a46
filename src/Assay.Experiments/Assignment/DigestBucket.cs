using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Experiments;

/// <summary>Buckets from digests of prefix + unit (UTF-8). Nothing is allocated for units up to about 150 characters, and beyond only a pooled buffer.</summary>
internal static class DigestBucket
{
    private const int OnStack = 512;

    /// <summary>First four bytes, big-endian, of SHA-256, over 2^32.</summary>
    public static double Sha256(ReadOnlySpan<byte> prefix, ReadOnlySpan<char> unit)
    {
        Span<byte> block = stackalloc byte[64];
        if (TryFill(block, prefix, unit, Sha256Block.LongestMessage, out var length)) return Sha256Block.FirstWord(block, length) / 4294967296.0;
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(prefix, unit, digest, isSha256: true);
        return BinaryPrimitives.ReadUInt32BigEndian(digest) / 4294967296.0;
    }

    /// <summary>MD5 as a 128-bit big-endian integer, modulo 10,000, over 10,000.</summary>
    public static double Md5Mod10000(ReadOnlySpan<byte> prefix, ReadOnlySpan<char> unit)
    {
        Span<byte> block = stackalloc byte[64];
        if (TryFill(block, prefix, unit, Md5Block.LongestMessage, out var length)) return Mod10000(Md5Block.Digest(block, length)) / 10000.0;
        Span<byte> digest = stackalloc byte[MD5.HashSizeInBytes];
        Hash(prefix, unit, digest, isSha256: false);
        return Mod10000(BinaryPrimitives.ReadUInt128BigEndian(digest)) / 10000.0;
    }

    /// <summary>By halves: 2^64 leaves 1,616, and the division of 128 bits is slow.</summary>
    private static uint Mod10000(UInt128 value) => (uint)(((ulong)(value >> 64) % 10000 * 1616 + (ulong)value % 10000) % 10000);

    /// <summary>Writes the message into a block; false when it is longer than a block of its digest holds.</summary>
    private static bool TryFill(Span<byte> block, ReadOnlySpan<byte> prefix, ReadOnlySpan<char> unit, int longest, out int length)
    {
        length = 0;
        if (prefix.Length + unit.Length > longest) return false;
        prefix.CopyTo(block);
        if (!Encoding.UTF8.TryGetBytes(unit, block[prefix.Length..], out var written)) return false;
        length = prefix.Length + written;
        return length <= longest;
    }

    private static void Hash(ReadOnlySpan<byte> prefix, ReadOnlySpan<char> unit, Span<byte> digest, bool isSha256)
    {
        var most = prefix.Length + Encoding.UTF8.GetMaxByteCount(unit.Length);
        byte[]? rented = null;
        var buffer = most <= OnStack ? stackalloc byte[OnStack] : (rented = ArrayPool<byte>.Shared.Rent(most));
        prefix.CopyTo(buffer);
        var length = prefix.Length + Encoding.UTF8.GetBytes(unit, buffer[prefix.Length..]);
        if (isSha256) SHA256.HashData(buffer[..length], digest);
#pragma warning disable CA5351 // Not a secret: the digest of a published convention, used to spread units over buckets.
        else MD5.HashData(buffer[..length], digest);
#pragma warning restore CA5351
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
    }
}
