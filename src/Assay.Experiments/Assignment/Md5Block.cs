using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assay.Experiments;

/// <summary>
/// MD5 (RFC 1321) of messages of at most 55 bytes, which fit one block with their padding. Units are that short, and entering the platform's
/// library costs more than the digest itself. Held to the platform's results by a test; not for secrets.
/// </summary>
internal static class Md5Block
{
    public const int LongestMessage = 55;

    private static ReadOnlySpan<uint> K =>
    [
        0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
        0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
        0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
        0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
        0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
        0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
        0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
        0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
    ];

    /// <summary>The digest as a 128-bit big-endian integer.</summary>
    /// <param name="block">64 bytes that begin with the message; what follows it is overwritten with the padding.</param>
    /// <param name="length">Length of the message, at most <see cref="LongestMessage"/>.</param>
    public static UInt128 Digest(Span<byte> block, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, LongestMessage);
        block = block[..64];
        block[length..].Clear();
        block[length] = 0x80;
        BinaryPrimitives.WriteUInt16LittleEndian(block[56..], (ushort)(length * 8));
        Span<uint> words = stackalloc uint[16];
        for (var i = 0; i < 16; i++) words[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(4 * i)..]);

        // References instead of spans: no index here depends on data.
        ref var w = ref MemoryMarshal.GetReference(words);
        ref var k = ref MemoryMarshal.GetReference(K);
        uint a = 0x67452301, b = 0xefcdab89, c = 0x98badcfe, d = 0x10325476;
        for (var i = 0; i < 16; i += 4)
        {
            a = b + BitOperations.RotateLeft(a + First(b, c, d) + Unsafe.Add(ref k, i) + Unsafe.Add(ref w, i), 7);
            d = a + BitOperations.RotateLeft(d + First(a, b, c) + Unsafe.Add(ref k, i + 1) + Unsafe.Add(ref w, i + 1), 12);
            c = d + BitOperations.RotateLeft(c + First(d, a, b) + Unsafe.Add(ref k, i + 2) + Unsafe.Add(ref w, i + 2), 17);
            b = c + BitOperations.RotateLeft(b + First(c, d, a) + Unsafe.Add(ref k, i + 3) + Unsafe.Add(ref w, i + 3), 22);
        }
        for (var i = 0; i < 16; i += 4)
        {
            a = b + BitOperations.RotateLeft(a + Second(b, c, d) + Unsafe.Add(ref k, 16 + i) + Unsafe.Add(ref w, (5 * (i) + 1) & 15), 5);
            d = a + BitOperations.RotateLeft(d + Second(a, b, c) + Unsafe.Add(ref k, 16 + i + 1) + Unsafe.Add(ref w, (5 * (i + 1) + 1) & 15), 9);
            c = d + BitOperations.RotateLeft(c + Second(d, a, b) + Unsafe.Add(ref k, 16 + i + 2) + Unsafe.Add(ref w, (5 * (i + 2) + 1) & 15), 14);
            b = c + BitOperations.RotateLeft(b + Second(c, d, a) + Unsafe.Add(ref k, 16 + i + 3) + Unsafe.Add(ref w, (5 * (i + 3) + 1) & 15), 20);
        }
        for (var i = 0; i < 16; i += 4)
        {
            a = b + BitOperations.RotateLeft(a + Third(b, c, d) + Unsafe.Add(ref k, 32 + i) + Unsafe.Add(ref w, (3 * (i) + 5) & 15), 4);
            d = a + BitOperations.RotateLeft(d + Third(a, b, c) + Unsafe.Add(ref k, 32 + i + 1) + Unsafe.Add(ref w, (3 * (i + 1) + 5) & 15), 11);
            c = d + BitOperations.RotateLeft(c + Third(d, a, b) + Unsafe.Add(ref k, 32 + i + 2) + Unsafe.Add(ref w, (3 * (i + 2) + 5) & 15), 16);
            b = c + BitOperations.RotateLeft(b + Third(c, d, a) + Unsafe.Add(ref k, 32 + i + 3) + Unsafe.Add(ref w, (3 * (i + 3) + 5) & 15), 23);
        }
        for (var i = 0; i < 16; i += 4)
        {
            a = b + BitOperations.RotateLeft(a + Fourth(b, c, d) + Unsafe.Add(ref k, 48 + i) + Unsafe.Add(ref w, (7 * (i)) & 15), 6);
            d = a + BitOperations.RotateLeft(d + Fourth(a, b, c) + Unsafe.Add(ref k, 48 + i + 1) + Unsafe.Add(ref w, (7 * (i + 1)) & 15), 10);
            c = d + BitOperations.RotateLeft(c + Fourth(d, a, b) + Unsafe.Add(ref k, 48 + i + 2) + Unsafe.Add(ref w, (7 * (i + 2)) & 15), 15);
            b = c + BitOperations.RotateLeft(b + Fourth(c, d, a) + Unsafe.Add(ref k, 48 + i + 3) + Unsafe.Add(ref w, (7 * (i + 3)) & 15), 21);
        }
        Span<byte> digest = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(digest, 0x67452301 + a);
        BinaryPrimitives.WriteUInt32LittleEndian(digest[4..], 0xefcdab89 + b);
        BinaryPrimitives.WriteUInt32LittleEndian(digest[8..], 0x98badcfe + c);
        BinaryPrimitives.WriteUInt32LittleEndian(digest[12..], 0x10325476 + d);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    private static uint First(uint x, uint y, uint z) => z ^ (x & (y ^ z));
    private static uint Second(uint x, uint y, uint z) => y ^ (z & (x ^ y));
    private static uint Third(uint x, uint y, uint z) => x ^ y ^ z;
    private static uint Fourth(uint x, uint y, uint z) => y ^ (x | ~z);
}
