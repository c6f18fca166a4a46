using System.Buffers;

namespace Assay.Gateway;

/// <summary>Reads an upstream's whole answer into one rented array.</summary>
internal static class WholeBody
{
    /// <returns>Null when it is larger than <paramref name="maxBytes"/>.</returns>
    public static async ValueTask<PooledBody?> ReadAsync(HttpContent content, int maxBytes, CallDeadline deadline)
    {
        var declared = content.Headers.ContentLength;
        if (declared > maxBytes) return null;
        await using var stream = await content.ReadAsStreamAsync(deadline.Token);
        // One byte more than declared, so that the end is seen without growing.
        var buffer = ArrayPool<byte>.Shared.Rent(declared is { } known ? (int)known + 1 : 8 * 1024);
        var length = 0;
        try
        {
            while (true)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(length), deadline.Token);
                if (read == 0) return new PooledBody(buffer, length);
                length += read;
                if (length > maxBytes)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    return null;
                }
                if (length == buffer.Length) buffer = Grow(buffer);
                deadline.Progress();
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    public static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger.AsSpan());
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
