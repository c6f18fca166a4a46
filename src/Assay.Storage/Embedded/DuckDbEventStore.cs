using System.Runtime.CompilerServices;
using Assay.DuckDb;
using Assay.Events;

namespace Assay.Storage;

/// <summary>The event store in one DuckDB file. One writer at a time, any number of readers; each reader sees a consistent state.</summary>
public sealed class DuckDbEventStore : IEventStore, IDisposable
{
    /// <summary>The path of a store that lives in memory only.</summary>
    public const string InMemory = DuckDbDatabase.InMemory;

    private readonly DuckDbConnections _connections;
    private readonly SemaphoreSlim _writing = new(1, 1);

    private DuckDbEventStore(DuckDbConnections connections) => _connections = connections;

    /// <summary>Opens the store, creating its file when absent and bringing an older one forward.</summary>
    /// <param name="path">A file, or <see cref="InMemory"/>.</param>
    /// <param name="options">Memory and threads; null for the defaults.</param>
    /// <exception cref="EventStoreUnavailableException">The file cannot be opened: another process has it, or it is no store.</exception>
    public static DuckDbEventStore Open(string path, DuckDbStoreOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Guarded($"the event store {path} cannot be opened", () => new DuckDbEventStore(new DuckDbConnections(path, options ?? new())));
    }

    public Task<SpoolPosition> ReadPositionAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(connection => SpoolPositions.Read(connection), cancellationToken);

    public async Task WriteAsync(IReadOnlyList<AssayEvent> events, SpoolPosition position, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await Task.Run(() => Guarded("the events could not be stored", () => Write(events, position, cancellationToken)), cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    public Task<IReadOnlyDictionary<UInt128, ulong>> FindAsync(IReadOnlyCollection<UInt128> idHashes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(idHashes);
        return ReadAsync<IReadOnlyDictionary<UInt128, ulong>>(connection => EventIds.Find(connection, idHashes, cancellationToken), cancellationToken);
    }

    public async IAsyncEnumerable<UInt128> ReadIdHashesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var reader = _connections.Connect();
        using var statement = Guarded("the stored ids cannot be read", () => reader.Prepare("SELECT id_hash FROM event_ids"));
        using var result = Guarded("the stored ids cannot be read", () => statement.ExecuteStreaming(cancellationToken));
        while (true)
        {
            var hashes = await Task.Run(() => Guarded("the stored ids cannot be read", () => NextHashes(result, cancellationToken)), cancellationToken);
            if (hashes is null) yield break;
            foreach (var hash in hashes) yield return hash;
        }
    }

    public Task<ExperimentMoments> ReadMomentsAsync(MomentsQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ReadAsync(connection => MomentsReader.Read(connection, query, cancellationToken), cancellationToken);
    }

    /// <summary>Number of rows per table, for health checks and tests; the tables hold it ready, nothing is scanned.</summary>
    public Task<IReadOnlyDictionary<string, long>> CountRowsAsync(CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyDictionary<string, long>>(
            connection => EventSchema.Tables.ToDictionary(table => table, table => Count(connection, table)), cancellationToken);

    public void Dispose()
    {
        _connections.Dispose();
        _writing.Dispose();
    }

    /// <summary>For the benchmark, which sets its own query beside the store's over the same open database.</summary>
    internal T WithConnection<T>(Func<DuckDbConnection, T> read) => _connections.Read(read);

    private void Write(IReadOnlyList<AssayEvent> events, SpoolPosition position, CancellationToken cancellationToken)
    {
        var connection = _connections.Writer;
        using var transaction = connection.BeginTransaction();
        // A batch that comes again after a crash: what it brings is here already.
        if (position <= SpoolPositions.Read(connection)) return;
        var batch = EventBatch.WithoutStored(connection, events, cancellationToken);
        batch.WriteTo(connection);
        SpoolPositions.Write(connection, position);
        cancellationToken.ThrowIfCancellationRequested();
        transaction.Commit();
    }

    private Task<T> ReadAsync<T>(Func<DuckDbConnection, T> read, CancellationToken cancellationToken) =>
        Task.Run(() => Guarded("the event store cannot be read", () => _connections.Read(read)), cancellationToken);

    private static UInt128[]? NextHashes(DuckDbResult result, CancellationToken cancellationToken)
    {
        using var chunk = result.FetchChunk(cancellationToken);
        return chunk?[0].GetUHugeInt().ToArray();
    }

    private static long Count(DuckDbConnection connection, string table)
    {
        using var result = connection.Query($"SELECT count(*) FROM {table}");
        return result.Rows().First().GetInt64(0);
    }

    private static void Guarded(string what, Action action) => Guarded(what, () => { action(); return true; });

    private static T Guarded<T>(string what, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (DuckDbException e)
        {
            throw new EventStoreUnavailableException($"{what}: {e.Message}", e);
        }
    }
}
