using Assay.DuckDb.Native;

namespace Assay.DuckDb;

/// <summary>An open database. Its file is closed when this, and every connection, statement and result made from it, is disposed.</summary>
public sealed class DuckDbDatabase : IDisposable
{
    /// <summary>The path of a database that lives in memory only.</summary>
    public const string InMemory = ":memory:";

    private readonly DatabaseHandle _handle;

    private DuckDbDatabase(DatabaseHandle handle, string path)
    {
        _handle = handle;
        Path = path;
    }

    /// <summary>Version of the native library, for example v1.5.6.</summary>
    public static string LibraryVersion => Duck.Text(Duck.duckdb_library_version()) ?? "";

    /// <summary>The path it was opened with.</summary>
    public string Path { get; }

    /// <summary>Opens the file, creating it when absent.</summary>
    /// <param name="path">A file, or <see cref="InMemory"/>.</param>
    /// <param name="settings">DuckDB's settings by name, such as threads, memory_limit, access_mode, temp_directory.</param>
    /// <exception cref="DuckDbException">The file is no database, is locked by another process, or a setting is refused.</exception>
    public static DuckDbDatabase Open(string path = InMemory, IReadOnlyDictionary<string, string>? settings = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Duck.duckdb_create_config(out var config) != 0) throw new DuckDbException("DuckDB could not allocate its configuration");
        using (config)
        {
            foreach (var (name, value) in settings ?? new Dictionary<string, string>())
                if (Duck.duckdb_set_config(config, name, value) != 0)
                    throw DuckDbException.Of($"DuckDB refuses the setting {name} = {value}", null, DuckDbErrorType.InvalidConfiguration);
            if (Duck.duckdb_open_ext(path, out var handle, config, out var error) == 0) return new DuckDbDatabase(handle, path);
            handle.Dispose();
            throw DuckDbException.Of(Duck.TakeText(error) ?? $"DuckDB could not open {path}");
        }
    }

    /// <summary>A new connection. One connection serves one thread at a time; several connections work side by side.</summary>
    public DuckDbConnection Connect()
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        if (Duck.duckdb_connect(_handle, out var connection) == 0) return new DuckDbConnection(connection);
        connection.Dispose();
        throw new DuckDbException($"DuckDB could not connect to {Path}");
    }

    public void Dispose() => _handle.Dispose();
}
