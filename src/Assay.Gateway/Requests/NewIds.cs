using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Assay.Gateway;

/// <summary>UUIDs of version 7 as Guid.CreateVersion7 makes them, with random bits fetched for many at once: the system is asked for them by a call that costs more than the rest.</summary>
internal static class NewIds
{
    private const int RandomBytes = 10;
    [ThreadStatic] private static byte[]? pool;
    [ThreadStatic] private static int used;

    /// <summary>A new id whose first 48 bits are the time in milliseconds.</summary>
    public static string Next(DateTimeOffset now)
    {
        var random = pool;
        if (random is null || used == random.Length)
        {
            random = pool ??= new byte[100 * RandomBytes];
            RandomNumberGenerator.Fill(random);
            used = 0;
        }
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, now.ToUnixTimeMilliseconds() << 16);
        random.AsSpan(used, RandomBytes).CopyTo(bytes[6..]);
        used += RandomBytes;
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
