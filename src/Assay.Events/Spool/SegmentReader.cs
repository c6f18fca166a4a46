using System.Buffers;

namespace Assay.Events;

/// <summary>Walks the groups of one segment. Its buffer holds one group at a time.</summary>
internal sealed class SegmentReader : IDisposable
{
    private readonly ISpoolSegment file;
    private readonly long segment;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int length;

    public SegmentReader(ISpoolSegment file, long segment)
    {
        this.file = file;
        this.segment = segment;
    }

    /// <summary>The records of the group last read by <see cref="TryReadGroup"/>.</summary>
    public ReadOnlySpan<byte> Payload => buffer.AsSpan(0, length);

    /// <summary>The header at an offset; null when there is none, or its group would end after <paramref name="end"/>.</summary>
    public GroupHeader? ReadHeader(long offset, long end)
    {
        Span<byte> bytes = stackalloc byte[GroupHeader.Size];
        if (end - offset < GroupHeader.Size || file.Read(bytes, offset) < GroupHeader.Size) return null;
        return GroupHeader.TryRead(bytes, segment, offset) is { } header && header.End <= end ? header : null;
    }

    /// <summary>Reads the group's records; false when they are not what was written.</summary>
    public bool TryReadGroup(GroupHeader header)
    {
        if (buffer.Length < header.Length)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = ArrayPool<byte>.Shared.Rent(header.Length);
        }
        length = header.Length;
        return file.Read(buffer.AsSpan(0, length), header.Offset + GroupHeader.Size) == length && Crc32C.Of(Payload) == header.Crc;
    }

    /// <summary>Offset of the first header after an offset; null when none follows before the end.</summary>
    public long? FindHeader(long offset, long end)
    {
        const int Window = 1024 * 1024;
        var window = ArrayPool<byte>.Shared.Rent(Window);
        try
        {
            for (var start = offset; end - start >= GroupHeader.Size;)
            {
                var read = file.Read(window.AsSpan(0, (int)Math.Min(Window, end - start)), start);
                if (read < GroupHeader.Size) return null;
                var found = window.AsSpan(0, read);
                for (var i = GroupHeader.IndexOfCandidate(found, 0); i >= 0; i = GroupHeader.IndexOfCandidate(found, i + 1))
                    if (GroupHeader.TryRead(found[i..], segment, start + i) is not null) return start + i;
                // Windows overlap by a header's length, so that none is missed between two.
                start += read - (GroupHeader.Size - 1);
            }
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(window);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        file.Dispose();
    }
}
