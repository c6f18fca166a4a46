using Assay.DuckDb;

namespace Assay.Storage;

/// <summary>From the paths and globs that a user wrote to files that are there and of a known format.</summary>
internal static class FileFinder
{
    public static List<string> Find(DuckDbConnection connection, IReadOnlyList<string> paths, ProblemList problems, CancellationToken cancellationToken)
    {
        if (paths.Count == 0) problems.Error("no-file", "no file was named");
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (File.Exists(path)) files.Add(path);
            else if (Directory.Exists(path)) problems.Error("missing-file", $"{path} is a folder", $"name its files, for example {path.TrimEnd('/')}/*.parquet", path);
            else if (path.AsSpan().IndexOfAny("*?[") < 0) problems.Error("missing-file", $"there is no file {path}", null, path);
            else if (Glob(connection, path, cancellationToken) is { Count: > 0 } found) files.AddRange(found);
            else problems.Error("no-match", $"no file matches {path}", null, path);
        }
        foreach (var file in files)
        {
            if (DataFormats.Of(file) == DataFormat.Unknown)
                problems.Error("unknown-format", $"{Path.GetFileName(file)} has no known ending", "it is told by the ending: .csv, .tsv, .jsonl, .ndjson, .json, .parquet; text may be .gz", file);
            else if (new FileInfo(file).Length == 0) problems.Error("empty-file", "the file is empty", null, file);
        }
        return files;
    }

    private static List<string> Glob(DuckDbConnection connection, string pattern, CancellationToken cancellationToken)
    {
        var values = new SqlParameters();
        using var result = values.Query(connection, $"SELECT file FROM glob({values.Add(pattern)}) ORDER BY file", cancellationToken);
        return [.. result.Rows(cancellationToken).Select(r => r.GetString(0))];
    }
}
