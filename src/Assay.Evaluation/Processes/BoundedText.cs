using System.Buffers;
using System.Text;

namespace Assay.Evaluation.Processes;

/// <summary>The beginning of a stream, as far as a limit.</summary>
internal sealed class BoundedText(int limit)
{
    private readonly ArrayBufferWriter<byte> kept = new();
    private volatile bool isFull;

    /// <summary>True once more came than the limit.</summary>
    public bool IsFull => isFull;

    public string Text
    {
        get
        {
            lock (kept) return Encoding.UTF8.GetString(kept.WrittenSpan);
        }
    }

    public async Task ReadAsync(Stream stream)
    {
        var buffer = new byte[16 << 10];
        try
        {
            while (await stream.ReadAsync(buffer) is var read and > 0)
            {
                lock (kept)
                {
                    var fits = Math.Min(read, limit - kept.WrittenCount);
                    kept.Write(buffer.AsSpan(0, fits));
                    isFull |= fits < read;
                }
                if (isFull) return;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The process is gone, and its pipe with it: what was read counts.
        }
    }
}
