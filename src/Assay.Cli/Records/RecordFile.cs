using System.IO.Compression;
using System.Text.Json;
using Assay.Cli.Stats;

namespace Assay.Cli.Records;

/// <summary>Reads CSV (with a header), JSON Lines, one JSON array, or one JSON object; plain or .gz; "-" is standard input.</summary>
internal static class RecordFile
{
    /// <exception cref="UsageException">The file is empty or malformed; the message says where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static List<Record> Read(string path)
    {
        using var reader = Open(path);
        var name = path == "-" ? "standard input" : path;
        while (reader.Peek() is ' ' or '\t' or '\r' or '\n' or '\uFEFF') reader.Read();
        var records = reader.Peek() switch
        {
            < 0 => throw new UsageException($"{name} is empty"),
            '{' or '[' => Json(reader.ReadToEnd(), name),
            _ => Csv(reader, name),
        };
        return records.Count > 0 ? records : throw new UsageException($"{name} has no rows");
    }

    private static TextReader Open(string path)
    {
        if (path == "-") return Console.In;
        Stream stream = File.OpenRead(path);
        return new StreamReader(path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
    }

    private static List<Record> Csv(TextReader reader, string name)
    {
        var names = CsvRow.Read(reader)!;
        var header = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
            if (!header.TryAdd(names[i], i)) throw new UsageException($"{name}:1: the column '{names[i]}' is there twice");
        var records = new List<Record>();
        for (var line = 2; CsvRow.Read(reader) is { } fields; line++)
        {
            if (fields is [""]) continue;
            if (fields.Count != names.Count) throw new UsageException($"{name}:{line}: has {fields.Count} fields, but the header has {names.Count}");
            records.Add(new Record($"{name}:{line}", header, fields, default));
        }
        return records;
    }

    private static List<Record> Json(string text, string name)
    {
        // A whole document first: an object may span lines.
        try
        {
            using var document = JsonDocument.Parse(text);
            JsonElement[] elements = document.RootElement.ValueKind == JsonValueKind.Array ? [.. document.RootElement.Clone().EnumerateArray()] : [document.RootElement.Clone()];
            return [.. elements.Select((element, i) => One(element, elements.Length == 1 ? name : $"{name}[{i}]"))];
        }
        catch (JsonException whole)
        {
            var records = new List<Record>();
            var line = 0;
            foreach (var row in text.Split('\n'))
            {
                line++;
                if (string.IsNullOrWhiteSpace(row)) continue;
                try
                {
                    using var document = JsonDocument.Parse(row);
                    records.Add(One(document.RootElement.Clone(), $"{name}:{line}"));
                }
                catch (JsonException bad)
                {
                    // A first line that is no object belongs to a document of several lines, whose own error says more.
                    var (at, column) = line == 1 ? (whole.LineNumber + 1, whole.BytePositionInLine + 1) : (line, bad.BytePositionInLine + 1);
                    throw new UsageException($"{name}:{at}: is not JSON, at column {column}");
                }
            }
            return records;
        }
    }

    private static Record One(JsonElement element, string place) => element.ValueKind == JsonValueKind.Object
        ? new Record(place, null, null, element) : throw new UsageException($"{place}: must be a JSON object");
}
