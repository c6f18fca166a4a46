using System.Buffers;
using System.Text.Json;

namespace Assay.Server;

/// <summary>A JSON array: its elements one by one. What is malformed spoils the whole body, since nobody can tell where the next element begins.</summary>
internal sealed class ArraySplitter : IEventSplitter
{
    private JsonReaderState state = new(new JsonReaderOptions { MaxDepth = 64 });
    private bool skippedMark;

    public string? Read(ref ReadOnlySequence<byte> buffer, bool isLast, Action<ReadOnlySequence<byte>> found)
    {
        if (!skippedMark)
        {
            if (buffer.Length < 3 && !isLast) return null;
            var start = new SequenceReader<byte>(buffer);
            if (start.IsNext([0xEF, 0xBB, 0xBF], advancePast: true)) buffer = buffer.Slice(3);
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
                if (reader.CurrentDepth > 0)
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
            // The reader's state counts over the whole body, not over the piece at hand.
            return FormattableString.Invariant($"The body is not a JSON array of events: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} of it. Nothing of the body was stored.");
        }
        buffer = buffer.Slice(done);
        return null;
    }
}
