using System.Buffers.Binary;
using System.Text.Json;

namespace Assay.Events;

/// <summary>Reads batches of durable events, over segment ends and damaged regions.</summary>
internal sealed class SpoolReader(ISpoolDisk disk, Action<SpoolDamage> report)
{
    /// <summary>Whole groups, at least one where there is one, until <paramref name="maxEvents"/> are reached.</summary>
    public SpoolBatch Read(SpoolPosition from, SpoolPosition end, IReadOnlyList<long> segments, int maxEvents)
    {
        var events = new List<AssayEvent>();
        var at = Normalise(from, segments);
        while (events.Count < maxEvents && at < end)
        {
            using var reader = new SegmentReader(disk.Open(at.Segment), at.Segment);
            using var file = disk.Open(at.Segment);
            var limit = at.Segment == end.Segment ? end.Offset : file.Length;
            while (events.Count < maxEvents && at.Offset < limit) at = at with { Offset = ReadGroup(reader, at, limit, events) };
            if (at.Offset < limit || at.Segment == end.Segment) break;
            at = Normalise(new SpoolPosition(at.Segment + 1, 0), segments);
        }
        return new SpoolBatch(events, at);
    }

    /// <summary>How many events lie between two positions, by the groups' headers.</summary>
    public long Count(SpoolPosition from, SpoolPosition end, IReadOnlyList<long> segments)
    {
        var count = 0L;
        foreach (var segment in segments)
        {
            if (segment < from.Segment || segment > end.Segment) continue;
            using var reader = new SegmentReader(disk.Open(segment), segment);
            using var file = disk.Open(segment);
            var limit = segment == end.Segment ? end.Offset : file.Length;
            for (long? offset = segment == from.Segment ? from.Offset : 0; offset < limit;)
            {
                if (reader.ReadHeader(offset.Value, limit) is { } header) (count, offset) = (count + header.Count, header.End);
                else offset = reader.FindHeader(offset.Value + 1, limit);
            }
        }
        return count;
    }

    public static SpoolDamage DamageAt(long segment, long offset, long next) => new(
        new SpoolPosition(segment, offset), next - offset,
        FormattableString.Invariant($"{next - offset} bytes of spool segment {segment:D8}.log from offset {offset} cannot be read; the events in them are lost unless a copy of the file exists."));

    private static SpoolPosition Normalise(SpoolPosition position, IReadOnlyList<long> segments)
    {
        foreach (var segment in segments)
        {
            if (segment == position.Segment) return position;
            if (segment > position.Segment) return new SpoolPosition(segment, 0);
        }
        return position;
    }

    private long ReadGroup(SegmentReader reader, SpoolPosition at, long limit, List<AssayEvent> events)
    {
        var header = reader.ReadHeader(at.Offset, limit);
        if (header is not { } group || !reader.TryReadGroup(group))
        {
            var next = header?.End ?? reader.FindHeader(at.Offset + 1, limit) ?? limit;
            report(DamageAt(at.Segment, at.Offset, next));
            return next;
        }
        var rest = reader.Payload;
        while (rest.Length >= sizeof(uint))
        {
            var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(rest);
            try
            {
                events.Add(EventJson.Read(rest.Slice(sizeof(uint), length)));
            }
            catch (JsonException e)
            {
                // Readable bytes that are no event come from another version of the program; one such must not stop all that follow.
                report(new SpoolDamage(at, length, FormattableString.Invariant($"A record of spool segment {at.Segment:D8}.log near offset {at.Offset} is no event: {e.Message}")));
            }
            rest = rest[(sizeof(uint) + length)..];
        }
        return group.End;
    }
}
