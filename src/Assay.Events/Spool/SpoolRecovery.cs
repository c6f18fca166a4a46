namespace Assay.Events;

/// <summary>
/// What opening a spool finds in its last segment. A group is written only after the group before it was flushed; so a group that
/// cannot be read is a torn, unacknowledged tail when no header follows it, and damage to acknowledged events when one does.
/// </summary>
internal static class SpoolRecovery
{
    /// <summary>Offset after the last readable group, having reported what lies damaged before it.</summary>
    public static long FindEnd(ISpoolDisk disk, long segment, Action<SpoolDamage> report)
    {
        using var reader = new SegmentReader(disk.Open(segment), segment);
        using var file = disk.Open(segment);
        var length = file.Length;
        var offset = 0L;
        while (offset < length)
        {
            if (reader.ReadHeader(offset, length) is { } header && reader.TryReadGroup(header))
            {
                offset = header.End;
                continue;
            }
            if (reader.FindHeader(offset + 1, length) is not { } next) break;
            report(SpoolReader.DamageAt(segment, offset, next));
            offset = next;
        }
        return offset;
    }

    /// <summary>Bytes after an offset up to the last that is not zero: zeros were only allocated ahead.</summary>
    public static long CountTorn(ISpoolSegment file, long offset)
    {
        var buffer = new byte[64 * 1024];
        var torn = 0L;
        for (var at = offset; file.Read(buffer, at) is var read and > 0; at += read)
        {
            var last = buffer.AsSpan(0, read).LastIndexOfAnyExcept((byte)0);
            if (last >= 0) torn = at - offset + last + 1;
        }
        return torn;
    }
}
