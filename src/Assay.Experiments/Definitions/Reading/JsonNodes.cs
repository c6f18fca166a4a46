using System.Text;
using System.Text.Json;

namespace Assay.Experiments.Reading;

/// <summary>JSON text to the same nodes as YAML: YAML is nearly a superset, but not for tabs, escapes and long keys.</summary>
internal static class JsonNodes
{
    /// <summary>The root, or null and the error when the text is not JSON; <paramref name="firstLine"/> is the text's own place in its file.</summary>
    public static Node? Read(string text, Source source, out JsonException? error, int firstLine = 1)
    {
        error = null;
        var bytes = Encoding.UTF8.GetBytes(text);
        var lines = new LineCounter(bytes, firstLine);
        try
        {
            // A duplicate key is reported only when the whole text turns out to be JSON: else YAML reads it again.
            var quiet = source with { Problems = new ProblemList() };
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 100 });
            reader.Read();
            var node = Value(ref reader, lines, quiet);
            reader.Read();
            foreach (var problem in quiet.Problems.InOrder()) source.Problems.Add(problem);
            return node;
        }
        catch (JsonException e)
        {
            error = e;
            return null;
        }
    }

    private static Node Value(ref Utf8JsonReader reader, LineCounter lines, Source source)
    {
        var line = lines.At(reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var entries = new List<MappingEntry>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var (key, keyLine) = (reader.GetString()!, lines.At(reader.TokenStartIndex));
                    reader.Read();
                    Duplicates.Add(entries, new MappingEntry(key, keyLine, Value(ref reader, lines, source)), source);
                }
                return new MappingNode(entries, line);
            case JsonTokenType.StartArray:
                var items = new List<Node>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(Value(ref reader, lines, source));
                return new SequenceNode(items, line);
            case JsonTokenType.String:
                return new ScalarNode(reader.GetString()!, false, line);
            default:
                return new ScalarNode(Encoding.UTF8.GetString(reader.ValueSpan), true, line);
        }
    }

    /// <summary>Positions only grow, so lines are counted in one pass.</summary>
    private sealed class LineCounter(byte[] text, int firstLine)
    {
        private int position;
        private int line = firstLine;

        public int At(long index)
        {
            for (; position < index; position++)
                if (text[position] == '\n') line++;
            return line;
        }
    }
}
