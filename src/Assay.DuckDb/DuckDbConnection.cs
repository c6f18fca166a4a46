using Assay.DuckDb.Native;

namespace Assay.DuckDb;

/// <summary>A connection with its own transaction. Not for use by two threads at once, except <see cref="Interrupt"/>.</summary>
public sealed class DuckDbConnection : IDisposable
{
    private readonly ConnectionHandle _handle;

    internal DuckDbConnection(ConnectionHandle handle) => _handle = handle;

    /// <summary>Runs one or more statements parted by semicolons.</summary>
    /// <returns>The number of rows the last one inserted, updated or deleted.</returns>
    /// <exception cref="DuckDbException">A statement failed; those before it have run.</exception>
    /// <exception cref="OperationCanceledException">The token interrupted a statement.</exception>
    public long Execute(string sql, CancellationToken cancellationToken = default)
    {
        using var result = Query(sql, cancellationToken);
        return result.RowsChanged;
    }

    /// <summary>Runs one or more statements and holds the whole result of the last.</summary>
    /// <inheritdoc cref="Execute"/>
    public DuckDbResult Query(string sql, CancellationToken cancellationToken = default)
    {
        using var extracted = Extract(sql, out var count);
        for (var i = 0; ; i++)
        {
            using var statement = PrepareExtracted(extracted, i, sql);
            var result = statement.Execute(cancellationToken);
            if (i == count - 1) return result;
            result.Dispose();
        }
    }

    /// <summary>Prepares a single statement with parameters ? or $1, $2, ….</summary>
    public DuckDbStatement Prepare(string sql)
    {
        using var extracted = Extract(sql, out var count);
        if (count != 1) throw new ArgumentException($"a prepared statement is a single one; there are {count}", nameof(sql));
        return PrepareExtracted(extracted, 0, sql);
    }

    /// <summary>Appends to a table in data chunks; rows appear with Flush or Close, in the open transaction if there is one.</summary>
    /// <exception cref="DuckDbException">There is no such table.</exception>
    public DuckDbAppender CreateAppender(string table, string? schema = null, string? catalog = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        var state = Duck.duckdb_appender_create_ext(_handle, catalog, schema, table, out var appender);
        if (state == 0) return new DuckDbAppender(appender);
        using (appender) throw DuckDbAppender.ErrorOf(appender);
    }

    /// <summary>BEGIN; disposing what is returned without Commit rolls back.</summary>
    public DuckDbTransaction BeginTransaction() => new(this);

    /// <summary>Breaks off what this connection is running; it fails with <see cref="DuckDbErrorType.Interrupt"/>. Safe from any thread.</summary>
    public void Interrupt()
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        Duck.duckdb_interrupt(_handle);
    }

    public void Dispose() => _handle.Dispose();

    private ExtractedHandle Extract(string sql, out int count)
    {
        ArgumentException.ThrowIfNullOrEmpty(sql);
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        count = (int)Duck.duckdb_extract_statements(_handle, sql, out var extracted);
        if (count > 0) return extracted;
        using (extracted)
        {
            var error = Duck.Text(Duck.duckdb_extract_statements_error(extracted));
            throw error is null ? new ArgumentException("there is no statement in it", nameof(sql)) : DuckDbException.Of(error, sql);
        }
    }

    private DuckDbStatement PrepareExtracted(ExtractedHandle extracted, int index, string sql)
    {
        if (Duck.duckdb_prepare_extracted_statement(_handle, extracted, (ulong)index, out var statement) == 0)
            return new DuckDbStatement(_handle, statement, sql);
        using (statement) throw DuckDbException.Of(Duck.Text(Duck.duckdb_prepare_error(statement)), sql);
    }
}
