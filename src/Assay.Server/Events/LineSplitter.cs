using System.Buffers;

namespace Assay.Server;

/// <summary>NDJSON: one event a line, blank lines passed over. A bad line costs only itself.</summary>
internal sealed class LineSplitter : IEventSplitter
{
    public string? Read(ref ReadOnlySequence<byte> buffer, bool isLast, Action<ReadOnlySequence<byte>> found)
    {
        while (buffer.PositionOf((byte)'\n') is { } end)
        {
            Take(buffer.Slice(0, end), found);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
        }
        if (!isLast) return null;
        Take(buffer, found);
        buffer = buffer.Slice(buffer.End);
        return null;
    }

    private static void Take(ReadOnlySequence<byte> line, Action<ReadOnlySequence<byte>> found)
    {
        var reader = new SequenceReader<byte>(line);
        reader.IsNext([0xEF, 0xBB, 0xBF], advancePast: true);
        reader.AdvancePastAny((byte)' ', (byte)'\t', (byte)'\r');
        if (!reader.End) found(reader.UnreadSequence);
    }
}
