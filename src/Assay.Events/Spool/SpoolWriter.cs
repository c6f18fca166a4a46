using System.Buffers;

namespace Assay.Events;

/// <summary>Writes groups to the newest segment, one flush each. Used by one thread at a time.</summary>
internal sealed class SpoolWriter : IDisposable
{
    private readonly ISpoolDisk disk;
    private readonly EventSpoolOptions options;
    private ISpoolSegment file;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private readonly byte[] zeros;
    private long allocated;
    private bool unclean;
    private bool distrusted;

    public SpoolWriter(ISpoolDisk disk, EventSpoolOptions options, ISpoolSegment file, SpoolPosition end)
    {
        this.disk = disk;
        this.options = options;
        this.file = file;
        zeros = new byte[options.AheadBytes];
        End = end;
        allocated = end.Offset;
    }

    /// <summary>What is durable ends here.</summary>
    public SpoolPosition End { get; private set; }

    /// <summary>Returns when the group is on disk. When it throws, nothing of the group remains, or it will be removed before anything else is written.</summary>
    public void Write(List<AppendRequest> group)
    {
        try
        {
            if (unclean) Clean();
            var (length, count) = Gather(group);
            if (End.Offset > 0 && End.Offset + GroupHeader.Size + length > options.SegmentBytes) Roll();
            var payload = buffer.AsSpan(GroupHeader.Size, length);
            var header = new GroupHeader(End.Segment, End.Offset, length, count, Crc32C.Of(payload));
            header.WriteTo(buffer);
            unclean = true;
            Allocate(header.End);
            file.Write(buffer.AsSpan(0, GroupHeader.Size + length), End.Offset);
            // After a failed flush the system forgets which pages it could not write: that file is not written to again.
            distrusted = true;
            file.Flush();
            unclean = distrusted = false;
            End = End with { Offset = header.End };
        }
        catch
        {
            TryClean();
            throw;
        }
        finally
        {
            if (buffer.Length > 4 * options.GroupBytes) Shrink();
        }
    }

    /// <summary>Cuts the zeros off and closes the segment.</summary>
    public void Dispose()
    {
        try
        {
            Close();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Opening it again removes them as well.
        }
        file.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private (int Length, int Count) Gather(List<AppendRequest> group)
    {
        var (length, count) = (0, 0);
        foreach (var request in group) (length, count) = (length + request.Buffer.Length, count + request.Buffer.Count);
        if (buffer.Length < GroupHeader.Size + length)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = ArrayPool<byte>.Shared.Rent(GroupHeader.Size + length);
        }
        var target = buffer.AsSpan(GroupHeader.Size);
        foreach (var request in group)
        {
            request.Buffer.Written.CopyTo(target);
            target = target[request.Buffer.Length..];
        }
        return (length, count);
    }

    private void Shrink()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    }

    // A group as large as the zeros would be pays for its own allocation.
    private void Allocate(long end)
    {
        if (end <= allocated) return;
        allocated = end;
        var ahead = (int)Math.Min(zeros.Length, options.SegmentBytes - end);
        if (ahead <= end - End.Offset) return;
        try
        {
            file.Write(zeros.AsSpan(0, ahead), end);
            allocated = end + ahead;
        }
        catch (IOException)
        {
            // No room to spare; there may be enough for the group.
        }
    }

    // Of a closed segment, the end of the file is the end of the events.
    private void Close()
    {
        if (file.Length == End.Offset) return;
        file.Truncate(End.Offset);
        file.Flush();
    }

    private void Roll()
    {
        Close();
        var next = disk.Create(End.Segment + 1);
        file.Dispose();
        file = next;
        End = new SpoolPosition(End.Segment + 1, 0);
        allocated = 0;
    }

    // A group that failed must leave no trace: its sender was told so, and may send it again.
    private void Clean()
    {
        allocated = End.Offset;
        file.Truncate(End.Offset);
        file.Flush();
        if (distrusted) Roll();
        unclean = distrusted = false;
    }

    private void TryClean()
    {
        if (!unclean) return;
        try
        {
            Clean();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Tried again before the next group; until then every append fails.
        }
    }
}
