using System.Collections.Immutable;
using System.Text.Json;
using Assay.DuckDb;

namespace Assay.Storage;

/// <summary>Rows of a Parquet file as JSON objects, for small tables such as golden sets.</summary>
public static class ParquetRows
{
    /// <summary>All rows, or why there are none.</summary>
    public static (ImmutableArray<JsonElement>? Rows, string? Problem) Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path)) return (null, "there is no such file");
        try
        {
            using var database = FileDatabase.Open();
            using var statement = database.Connection.Prepare("SELECT to_json(t) FROM read_parquet($1) t");
            statement.Bind(1, path);
            using var result = statement.Execute();
            return ([.. result.Rows().Select(row => JsonElement.Parse(row.GetString(0)))], null);
        }
        catch (DuckDbException e)
        {
            return (null, e.Message);
        }
    }
}
