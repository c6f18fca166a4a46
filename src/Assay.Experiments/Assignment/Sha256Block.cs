using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assay.Experiments;

/// <summary>
/// SHA-256 (FIPS 180-4) of messages of at most 55 bytes, which fit one block with their padding.
/// Units are that short, and entering the platform's library costs several times more than the digest itself. Held to the platform's
/// results by a test; not for secrets.
/// </summary>
internal static class Sha256Block
{
    public const int LongestMessage = 55;

    private static ReadOnlySpan<uint> K =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <summary>The first four bytes of the digest, big-endian.</summary>
    /// <param name="block">64 bytes that begin with the message; what follows it is overwritten with the padding.</param>
    /// <param name="length">Length of the message, at most <see cref="LongestMessage"/>.</param>
    public static uint FirstWord(Span<byte> block, int length)
    {
        Span<uint> words = stackalloc uint[8];
        Compress(block, length, words);
        return words[0];
    }

    /// <summary>The first 16 bytes of the digest.</summary>
    /// <param name="block">As in <see cref="FirstWord"/>.</param>
    /// <param name="length">As in <see cref="FirstWord"/>.</param>
    /// <param name="digest">16 bytes.</param>
    public static void FirstHalf(Span<byte> block, int length, Span<byte> digest)
    {
        Span<uint> words = stackalloc uint[8];
        Compress(block, length, words);
        for (var i = 0; i < 4; i++) BinaryPrimitives.WriteUInt32BigEndian(digest[(4 * i)..], words[i]);
    }

    private static void Compress(Span<byte> block, int length, Span<uint> words)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, LongestMessage);
        block = block[..64];
        block[length..].Clear();
        block[length] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(block[62..], (ushort)(length * 8));

        // References instead of spans: no index here depends on data.
        Span<uint> schedule = stackalloc uint[64];
        ref var w = ref MemoryMarshal.GetReference(schedule);
        ref var k = ref MemoryMarshal.GetReference(K);
        for (var i = 0; i < 16; i++) schedule[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * i)..]);
        for (var i = 16; i < 64; i += 4)
        {
            Unsafe.Add(ref w, i) = Next(Unsafe.Add(ref w, i - 16), Unsafe.Add(ref w, i - 15), Unsafe.Add(ref w, i - 7), Unsafe.Add(ref w, i - 2));
            Unsafe.Add(ref w, i + 1) = Next(Unsafe.Add(ref w, i - 15), Unsafe.Add(ref w, i - 14), Unsafe.Add(ref w, i - 6), Unsafe.Add(ref w, i - 1));
            Unsafe.Add(ref w, i + 2) = Next(Unsafe.Add(ref w, i - 14), Unsafe.Add(ref w, i - 13), Unsafe.Add(ref w, i - 5), Unsafe.Add(ref w, i));
            Unsafe.Add(ref w, i + 3) = Next(Unsafe.Add(ref w, i - 13), Unsafe.Add(ref w, i - 12), Unsafe.Add(ref w, i - 4), Unsafe.Add(ref w, i + 1));
        }

        uint s0 = 0x6a09e667, s1 = 0xbb67ae85, s2 = 0x3c6ef372, s3 = 0xa54ff53a, s4 = 0x510e527f, s5 = 0x9b05688c, s6 = 0x1f83d9ab, s7 = 0x5be0cd19;
        for (var i = 0; i < 64; i += 8)
        {
            // The eight words rotate by one place a round: here the names do, so that nothing is moved.
            Round(s0, s1, s2, ref s3, s4, s5, s6, ref s7, Unsafe.Add(ref k, i) + Unsafe.Add(ref w, i));
            Round(s7, s0, s1, ref s2, s3, s4, s5, ref s6, Unsafe.Add(ref k, i + 1) + Unsafe.Add(ref w, i + 1));
            Round(s6, s7, s0, ref s1, s2, s3, s4, ref s5, Unsafe.Add(ref k, i + 2) + Unsafe.Add(ref w, i + 2));
            Round(s5, s6, s7, ref s0, s1, s2, s3, ref s4, Unsafe.Add(ref k, i + 3) + Unsafe.Add(ref w, i + 3));
            Round(s4, s5, s6, ref s7, s0, s1, s2, ref s3, Unsafe.Add(ref k, i + 4) + Unsafe.Add(ref w, i + 4));
            Round(s3, s4, s5, ref s6, s7, s0, s1, ref s2, Unsafe.Add(ref k, i + 5) + Unsafe.Add(ref w, i + 5));
            Round(s2, s3, s4, ref s5, s6, s7, s0, ref s1, Unsafe.Add(ref k, i + 6) + Unsafe.Add(ref w, i + 6));
            Round(s1, s2, s3, ref s4, s5, s6, s7, ref s0, Unsafe.Add(ref k, i + 7) + Unsafe.Add(ref w, i + 7));
        }
        words[0] = 0x6a09e667 + s0;
        words[1] = 0xbb67ae85 + s1;
        words[2] = 0x3c6ef372 + s2;
        words[3] = 0xa54ff53a + s3;
        words[4] = 0x510e527f + s4;
        words[5] = 0x9b05688c + s5;
        words[6] = 0x1f83d9ab + s6;
        words[7] = 0x5be0cd19 + s7;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Next(uint first, uint second, uint tenth, uint fifteenth) => first + tenth
        + (BitOperations.RotateRight(second, 7) ^ BitOperations.RotateRight(second, 18) ^ (second >> 3))
        + (BitOperations.RotateRight(fifteenth, 17) ^ BitOperations.RotateRight(fifteenth, 19) ^ (fifteenth >> 10));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(uint a, uint b, uint c, ref uint d, uint e, uint f, uint g, ref uint h, uint kw)
    {
        var t = h + kw + ((e & (f ^ g)) ^ g) + (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25));
        d += t;
        h = ((a & b) | (c & (a | b))) + (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22)) + t;
    }
}
