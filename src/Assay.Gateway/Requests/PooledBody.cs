using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Assay.Gateway;

/// <summary>A whole body in one rented array. Give it back by disposing.</summary>
internal struct PooledBody(byte[] array, int length) : IDisposable
{
    private const long MostDiscarded = 512L * 1024 * 1024;
    private static readonly TimeSpan LongestDiscard = TimeSpan.FromSeconds(10);
    private byte[]? array = array;

    public readonly ReadOnlyMemory<byte> Memory => array.AsMemory(0, length);

    /// <summary>Reads a request's body once.</summary>
    /// <returns>Null when the body is larger than <paramref name="maxBytes"/>; no more than that is ever held.</returns>
    public static async ValueTask<PooledBody?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        var declared = request.ContentLength;
        // The limit kept here stands in for the server's, which would end the connection instead of answering.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        if (declared > maxBytes) return null;

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

    /// <summary>
    /// Reads the rest of a body that was refused and throws it away, after the refusal was sent: many clients look at the answer only when they
    /// have sent everything. Bounded in bytes and time. A client that waits for leave to send (Expect: 100-continue) is not given it.
    /// </summary>
    public static async Task DiscardAsync(HttpContext context, TimeProvider time)
    {
        if (context.Request.Headers.Expect.Count > 0) return;
        using var patience = new CancellationTokenSource(LongestDiscard, time);
        try
        {
            for (var discarded = 0L; discarded < MostDiscarded;)
            {
                var read = await context.Request.BodyReader.ReadAsync(patience.Token);
                discarded += read.Buffer.Length;
                context.Request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) return;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client has gone, or will not end: the server closes the connection.
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
