using System.Buffers;

namespace Assay.Server;

/// <summary>Reads a refused body to its end, within a bound: a client that is still sending would otherwise see a broken connection, not the answer.</summary>
internal static class BodyDiscard
{
    public static async Task RunAsync(Stream body, long most, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (int read; most > 0 && (read = await body.ReadAsync(buffer, cancellationToken)) > 0;) most -= read;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
