using Assay.DuckDb.Native;

namespace Assay.DuckDb;

/// <summary>Appends rows to a table, column by column in chunks of up to <see cref="ChunkCapacity"/> rows.</summary>
/// <remarks>
/// Write the rows 0 … n-1 of each column, then <see cref="AppendChunk"/>(n); a cell not written is NULL.
/// DuckDB flushes by itself when its buffer is full (about 200,000 rows), so all or nothing needs a transaction.
/// Disposing without <see cref="Flush"/> or <see cref="Close"/> discards what was not flushed.
/// </remarks>
public sealed unsafe class DuckDbAppender : IDisposable
{
    private readonly AppenderHandle _handle;
    private readonly ChunkHandle _chunk;
    private readonly DuckDbColumnWriter[] _columns;

    internal DuckDbAppender(AppenderHandle handle)
    {
        _handle = handle;
        var types = new LogicalTypeHandle[(int)Duck.duckdb_appender_column_count(handle)];
        var pointers = stackalloc nint[types.Length];
        try
        {
            _columns = new DuckDbColumnWriter[types.Length];
            for (var i = 0; i < types.Length; i++)
            {
                types[i] = Duck.duckdb_appender_column_type(handle, (ulong)i);
                pointers[i] = types[i].DangerousGetHandle();
                _columns[i] = new DuckDbColumnWriter(this, i, (DuckDbType)Duck.duckdb_get_type_id(types[i]));
            }
            _chunk = Duck.duckdb_create_data_chunk(pointers, (ulong)types.Length);
        }
        finally
        {
            foreach (var type in types) type?.Dispose();
        }
        BeginChunk();
    }

    /// <summary>The most rows of one chunk.</summary>
    public static int ChunkCapacity { get; } = (int)Duck.duckdb_vector_size();

    public int ColumnCount => _columns.Length;

    /// <summary>The writer of a column, in the order of the table; it stays the same for the life of the appender.</summary>
    public DuckDbColumnWriter Column(int index) => _columns[index];

    /// <summary>Hands over the rows 0 … rowCount-1 and begins the next chunk.</summary>
    /// <exception cref="DuckDbException">DuckDB flushed by itself and a constraint was violated.</exception>
    public void AppendChunk(int rowCount)
    {
        ThrowIfDisposed();
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rowCount, ChunkCapacity);
        if (rowCount > 0)
        {
            Duck.duckdb_data_chunk_set_size(_chunk, (ulong)rowCount);
            Check(Duck.duckdb_append_data_chunk(_handle, _chunk));
        }
        BeginChunk();
    }

    /// <summary>Writes what was appended into the table.</summary>
    /// <exception cref="DuckDbException">A constraint was violated; none of the rows not yet flushed is in the table.</exception>
    public void Flush()
    {
        ThrowIfDisposed();
        Check(Duck.duckdb_appender_flush(_handle));
    }

    /// <summary>Flushes and ends; nothing can be appended afterwards.</summary>
    /// <inheritdoc cref="Flush"/>
    public void Close()
    {
        ThrowIfDisposed();
        Check(Duck.duckdb_appender_close(_handle));
        Dispose();
    }

    public void Dispose()
    {
        foreach (var column in _columns) column.End();
        _chunk.Dispose();
        _handle.Dispose();
    }

    internal static DuckDbException ErrorOf(AppenderHandle handle)
    {
        using var error = Duck.duckdb_appender_error_data(handle);
        return DuckDbException.Of(Duck.Text(Duck.duckdb_error_data_message(error)), null, (DuckDbErrorType)Duck.duckdb_error_data_error_type(error));
    }

    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_handle.IsClosed, this);

    private void BeginChunk()
    {
        Duck.duckdb_data_chunk_reset(_chunk);
        for (var i = 0; i < _columns.Length; i++) _columns[i].Begin(Duck.duckdb_data_chunk_get_vector(_chunk, (ulong)i), ChunkCapacity);
    }

    private void Check(int state)
    {
        if (state != 0) throw ErrorOf(_handle);
    }
}
