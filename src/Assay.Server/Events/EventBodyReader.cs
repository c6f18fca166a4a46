using System.Buffers;
using System.IO.Pipelines;
using Assay.Events;

namespace Assay.Server;

/// <summary>Reads a body of events as it arrives, as a JSON array or as NDJSON; only the event being read is held as text.</summary>
internal sealed class EventBodyReader(EventReader reader, long limit)
{
    public async Task<EventBody> ReadAsync(PipeReader body, CancellationToken cancellationToken)
    {
        IEventSplitter? splitter = null;
        var readings = new List<EventReading>();
        var total = 0L;
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            if (total + buffer.Length > limit)
            {
                body.AdvanceTo(buffer.End);
                return new EventBody([], $"The body is larger than {limit} bytes. Send the events in several requests.", TooLarge: true);
            }
            splitter ??= Choose(buffer);
            var rest = buffer;
            if (splitter is not null && splitter.Read(ref rest, read.IsCompleted, item => readings.Add(Read(item))) is { } problem)
            {
                body.AdvanceTo(buffer.End);
                return new EventBody(readings, problem);
            }
            total += buffer.Length - rest.Length;
            body.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted) return new EventBody(readings, splitter is null ? "The body is empty; send a JSON array of events, or one event a line." : null);
        }
    }

    private EventReading Read(ReadOnlySequence<byte> item)
    {
        if (item.IsSingleSegment) return reader.Read(item.FirstSpan);
        if (item.Length > EventReader.LargestEvent) return EventReading.Refused($"the event is larger than {EventReader.LargestEvent} bytes");
        var copy = ArrayPool<byte>.Shared.Rent((int)item.Length);
        try
        {
            item.CopyTo(copy);
            return reader.Read(copy.AsSpan(0, (int)item.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    // An array begins with a bracket; anything else is taken line by line.
    private static IEventSplitter? Choose(ReadOnlySequence<byte> buffer)
    {
        foreach (var segment in buffer)
            foreach (var value in segment.Span)
                if (value is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0xEF or 0xBB or 0xBF))
                    return value == (byte)'[' ? new ArraySplitter() : new LineSplitter();
        return null;
    }
}
