using Assay.DuckDb.Native;

namespace Assay.DuckDb;

/// <summary>What a statement returned, read once from front to end. It may outlive its statement.</summary>
public sealed class DuckDbResult : IDisposable
{
    private readonly ConnectionHandle _connection;
    private readonly ResultHandle _handle;
    private readonly string _sql;
    private readonly DuckDbColumn[] _columns;
    private readonly List<DuckDbChunk> _kept = [];
    private readonly bool _streaming;
    private bool _ended;

    internal DuckDbResult(ConnectionHandle connection, ResultHandle handle, string sql, bool streaming)
    {
        _connection = connection;
        _handle = handle;
        _sql = sql;
        _streaming = streaming;
        _columns = new DuckDbColumn[(int)Duck.duckdb_column_count(handle)];
        for (var i = 0; i < _columns.Length; i++) _columns[i] = Describe((ulong)i);
        RowsChanged = streaming ? 0 : (long)Duck.duckdb_rows_changed(handle);
    }

    public IReadOnlyList<DuckDbColumn> Columns => _columns;

    /// <summary>Rows inserted, updated or deleted; 0 for a query.</summary>
    public long RowsChanged { get; }

    /// <summary>Position of a column by name, regardless of case.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public int Ordinal(string name)
    {
        var index = Array.FindIndex(_columns, c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));
        return index >= 0 ? index : throw new ArgumentException($"no column {name} among {string.Join(", ", _columns.Select(c => c.Name))}", nameof(name));
    }

    /// <summary>The next chunk of up to 2,048 rows, for the caller to dispose; null after the last.</summary>
    /// <exception cref="DuckDbException">A streamed query failed on the way.</exception>
    /// <exception cref="OperationCanceledException">The token interrupted a streamed query.</exception>
    public DuckDbChunk? FetchChunk(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        cancellationToken.ThrowIfCancellationRequested();
        // A stream asked once more after its end would answer with an error.
        while (!_ended)
        {
            var chunk = Fetch(cancellationToken);
            if (chunk.IsInvalid)
            {
                chunk.Dispose();
                _ended = true;
                if (Duck.duckdb_result_error(_handle) != 0) throw ErrorOf(_handle, _sql, cancellationToken);
                break;
            }
            var rows = (int)Duck.duckdb_data_chunk_get_size(chunk);
            if (rows > 0) return new DuckDbChunk(chunk, _columns, rows);
            chunk.Dispose();
        }
        return null;
    }

    /// <summary>The remaining rows one by one, for small results: a row, and so the memory of all, is kept until the result is disposed.</summary>
    public IEnumerable<DuckDbRow> Rows(CancellationToken cancellationToken = default)
    {
        while (FetchChunk(cancellationToken) is { } chunk)
        {
            _kept.Add(chunk);
            for (var row = 0; row < chunk.RowCount; row++) yield return new DuckDbRow(chunk, row);
        }
    }

    public void Dispose()
    {
        foreach (var chunk in _kept) chunk.Dispose();
        _handle.Dispose();
    }

    internal static Exception ErrorOf(ResultHandle result, string sql, CancellationToken cancellationToken)
    {
        var type = (DuckDbErrorType)Duck.duckdb_result_error_type(result);
        var error = DuckDbException.Of(Duck.Text(Duck.duckdb_result_error(result)), sql, type);
        return error.ErrorType == DuckDbErrorType.Interrupt && cancellationToken.IsCancellationRequested
            ? new OperationCanceledException(error.Message, error, cancellationToken)
            : error;
    }

    private ChunkHandle Fetch(CancellationToken cancellationToken)
    {
        // Only a stream computes here; otherwise an interrupt would hit whatever the connection does by now.
        if (!_streaming) return _handle.FetchChunk();
        using (Interruption.On(_connection, cancellationToken)) return _handle.FetchChunk();
    }

    private DuckDbColumn Describe(ulong index)
    {
        using var logical = Duck.duckdb_column_logical_type(_handle, index);
        var name = Duck.Text(Duck.duckdb_column_name(_handle, index)) ?? "";
        var type = (DuckDbType)Duck.duckdb_get_type_id(logical);
        return type == DuckDbType.Decimal
            ? new DuckDbColumn(name, type, Duck.duckdb_decimal_scale(logical)) { StoredAs = (DuckDbType)Duck.duckdb_decimal_internal_type(logical) }
            : new DuckDbColumn(name, type, 0);
    }
}
