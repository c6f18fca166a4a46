using System.Collections.Concurrent;
using Assay.DuckDb;

namespace Assay.Storage;

/// <summary>The open database with its one writing connection and a pool of reading ones.</summary>
internal sealed class DuckDbConnections : IDisposable
{
    private readonly DuckDbDatabase _database;
    private readonly ConcurrentBag<DuckDbConnection> _idle = [];
    private volatile bool _disposed;

    public DuckDbConnections(string path, DuckDbStoreOptions options)
    {
        _database = DuckDbDatabase.Open(path, options.ToSettings());
        try
        {
            Writer = _database.Connect();
            EventSchema.Migrate(Writer);
        }
        catch
        {
            Writer?.Dispose();
            _database.Dispose();
            throw;
        }
    }

    /// <summary>For one thread at a time; the store holds a lock around it.</summary>
    public DuckDbConnection Writer { get; }

    /// <summary>A connection for the caller alone, to be disposed by it.</summary>
    public DuckDbConnection Connect()
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(DuckDbEventStore));
        return _database.Connect();
    }

    /// <summary>Lends a reading connection for the time of one call.</summary>
    public T Read<T>(Func<DuckDbConnection, T> read)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(DuckDbEventStore));
        if (!_idle.TryTake(out var connection)) connection = _database.Connect();
        T result;
        try
        {
            result = read(connection);
        }
        catch
        {
            // After a failure its transaction and temporary tables are in doubt.
            connection.Dispose();
            throw;
        }
        if (_disposed) connection.Dispose();
        else _idle.Add(connection);
        return result;
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var connection)) connection.Dispose();
        Writer.Dispose();
        _database.Dispose();
    }
}
