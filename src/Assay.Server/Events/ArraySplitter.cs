using System.Buffers;
using System.Text.Json;

namespace Assay.Server;

/// <summary>A JSON array: its elements one by one. What is malformed spoils the whole body, since nobody can tell where the next element begins.</summary>
internal sealed class ArraySplitter : IEventSplitter
{
    private JsonReaderState state = new(new JsonReaderOptions { MaxDepth = 64 });
    private long consumed;
    private long lines;
    private long lineStart;
    private bool finished;
    private bool skippedMark;

    public string? Read(ref ReadOnlySequence<byte> buffer, bool isLast, Action<ReadOnlySequence<byte>> found)
    {
        if (!skippedMark)
        {
            if (buffer.Length < 3 && !isLast) return null;
            var start = new SequenceReader<byte>(buffer);
            if (start.IsNext([0xEF, 0xBB, 0xBF], advancePast: true)) Pass(ref buffer, 3);
            skippedMark = true;
        }
        var reader = new Utf8JsonReader(buffer, isLast, state);
        // Consumed only up to here: an element that has not arrived in full is read again from its start.
        var done = 0L;
        try
        {
            while (true)
            {
                var before = reader;
                if (!reader.Read()) break;
                if (reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == 0) finished = true;
                else if (reader.CurrentDepth > 0)
                {
                    var from = reader.TokenStartIndex;
                    if (!reader.TrySkip())
                    {
                        reader = before;
                        break;
                    }
                    found(buffer.Slice(from, reader.BytesConsumed - from));
                }
                done = reader.BytesConsumed;
                state = reader.CurrentState;
            }
        }
        catch (JsonException e)
        {
            return Locate(buffer, reader.BytesConsumed, e);
        }
        Pass(ref buffer, done);
        return isLast && !finished ? Locate(buffer, buffer.Length, null) : null;
    }

    private void Pass(ref ReadOnlySequence<byte> buffer, long bytes)
    {
        Count(buffer.Slice(0, bytes));
        buffer = buffer.Slice(bytes);
    }

    private void Count(ReadOnlySequence<byte> passed)
    {
        foreach (var segment in passed)
        {
            var rest = segment.Span;
            for (var at = rest.IndexOf((byte)'\n'); at >= 0; at = rest.IndexOf((byte)'\n'))
            {
                (consumed, lines) = (consumed + at + 1, lines + 1);
                lineStart = consumed;
                rest = rest[(at + 1)..];
            }
            consumed += rest.Length;
        }
    }

    private string Locate(ReadOnlySequence<byte> buffer, long at, JsonException? error)
    {
        Count(buffer.Slice(0, Math.Min(at, buffer.Length)));
        var what = error is null ? "ends before the array does" : "is not a JSON array of events";
        return FormattableString.Invariant($"The body {what}: line {lines + 1}, byte {consumed - lineStart + 1} of it, byte {consumed + 1} of the body. Nothing of it was stored.");
    }
}
