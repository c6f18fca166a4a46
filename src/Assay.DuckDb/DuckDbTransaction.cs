namespace Assay.DuckDb;

/// <summary>A transaction of a connection; disposing it without <see cref="Commit"/> rolls back.</summary>
public sealed class DuckDbTransaction : IDisposable
{
    private readonly DuckDbConnection _connection;
    private bool _ended;

    internal DuckDbTransaction(DuckDbConnection connection)
    {
        _connection = connection;
        connection.Execute("BEGIN TRANSACTION");
    }

    /// <summary>Makes the changes durable and visible to others.</summary>
    /// <exception cref="DuckDbException">It conflicts with another; DuckDB has rolled it back.</exception>
    public void Commit() => End("COMMIT");

    public void Rollback() => End("ROLLBACK");

    public void Dispose()
    {
        if (_ended) return;
        try
        {
            End("ROLLBACK");
        }
        catch (DuckDbException)
        {
            // DuckDB rolled it back itself, or the database failed: nothing is committed, and the first error is the one to show.
        }
        catch (ObjectDisposedException)
        {
            // The connection went first, and closing it rolled back.
        }
    }

    private void End(string sql)
    {
        if (_ended) throw new InvalidOperationException("the transaction has ended");
        _ended = true;
        _connection.Execute(sql);
    }
}
