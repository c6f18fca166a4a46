namespace Assay.Storage;

/// <summary>How a file is written; told by its name, a final <c>.gz</c> aside.</summary>
internal enum DataFormat { Unknown, Csv, Json, Parquet }

/// <summary>Formats by file name.</summary>
internal static class DataFormats
{
    public static DataFormat Of(string path)
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".CSV" or ".TSV" or ".TXT" => DataFormat.Csv,
            ".JSON" or ".JSONL" or ".NDJSON" => DataFormat.Json,
            ".PARQUET" or ".PQ" => DataFormat.Parquet,
            _ => DataFormat.Unknown,
        };
    }
}
