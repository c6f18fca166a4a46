using Assay.DuckDb;

namespace Assay.Storage;

/// <summary>A database in memory for the time of one analysis; beyond its memory limit it spills into the system's folder for such.</summary>
internal sealed class FileDatabase : IDisposable
{
    private readonly DuckDbDatabase _database;

    private FileDatabase(DuckDbDatabase database)
    {
        _database = database;
        Connection = database.Connect();
    }

    public DuckDbConnection Connection { get; }

    /// <summary>One more connection, to be disposed by the caller.</summary>
    public DuckDbConnection Connect() => _database.Connect();

    public static FileDatabase Open()
    {
        var settings = new DuckDbStoreOptions().ToSettings();
        settings["temp_directory"] = Path.Combine(Path.GetTempPath(), $"assay-{Environment.ProcessId}");
        // The order of rows is what lines are counted by.
        settings["preserve_insertion_order"] = "true";
        var database = new FileDatabase(DuckDbDatabase.Open(DuckDbDatabase.InMemory, settings));
        database.Connection.Execute("SET TimeZone = 'UTC'");
        return database;
    }

    public void Dispose()
    {
        Connection.Dispose();
        _database.Dispose();
    }
}
