using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Assay.Gateway;

/// <summary>A whole body in one rented array. Give it back by disposing.</summary>
internal struct PooledBody(byte[] array, int length) : IDisposable
{
    private byte[]? array = array;

    public readonly ReadOnlyMemory<byte> Memory => array.AsMemory(0, length);

    /// <summary>Reads a request's body once.</summary>
    /// <returns>Null when the body is larger than <paramref name="maxBytes"/>; no more than that is ever held.</returns>
    public static async ValueTask<PooledBody?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        var declared = request.ContentLength;
        if (declared > maxBytes) return null;
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false, MaxRequestBodySize: { } serverLimit } limit
            && serverLimit <= maxBytes)
            limit.MaxRequestBodySize = maxBytes + 1L;

        var reader = request.BodyReader;
        var buffer = ArrayPool<byte>.Shared.Rent(declared is { } known ? (int)Math.Max(known, 1) : 16 * 1024);
        var length = 0;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(cancellationToken);
                var tooLarge = length + read.Buffer.Length > maxBytes;
                if (!tooLarge) length = Append(ref buffer, length, read.Buffer);
                reader.AdvanceTo(read.Buffer.End);
                if (tooLarge)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    return null;
                }
                if (read.IsCompleted) return new PooledBody(buffer, length);
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    public void Dispose()
    {
        if (array is not null) ArrayPool<byte>.Shared.Return(array);
        array = null;
    }

    private static int Append(ref byte[] buffer, int length, in ReadOnlySequence<byte> more)
    {
        var total = length + (int)more.Length;
        if (total > buffer.Length) Grow(ref buffer, length, total);
        more.CopyTo(buffer.AsSpan(length));
        return total;
    }

    private static void Grow(ref byte[] buffer, int used, int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, buffer.Length * 2));
        buffer.AsSpan(0, used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
