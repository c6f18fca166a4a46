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
        if (prefix.Length + unit.Length <= Sha256Block.LongestMessage)
        {
            Span<byte> block = stackalloc byte[64];
            prefix.CopyTo(block);
            if (Encoding.UTF8.TryGetBytes(unit, block[prefix.Length..], out var written) && prefix.Length + written <= Sha256Block.LongestMessage)
                return Sha256Block.FirstWord(block, prefix.Length + written) / 4294967296.0;
        }
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(prefix, unit, digest, isSha256: true);
        return BinaryPrimitives.ReadUInt32BigEndian(digest) / 4294967296.0;
    }

    /// <summary>MD5 as a 128-bit big-endian integer, modulo 10,000, over 10,000.</summary>
    public static double Md5Mod10000(ReadOnlySpan<byte> prefix, ReadOnlySpan<char> unit)
    {
        Span<byte> digest = stackalloc byte[MD5.HashSizeInBytes];
        Hash(prefix, unit, digest, isSha256: false);
        return (int)(BinaryPrimitives.ReadUInt128BigEndian(digest) % 10000) / 10000.0;
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
