using System.Text;
using Assay.DuckDb.Native;

namespace Assay.DuckDb;

/// <summary>A prepared statement. Parameters are numbered from 1 and keep their values between executions.</summary>
public sealed unsafe class DuckDbStatement : IDisposable
{
    private readonly ConnectionHandle _connection;
    private readonly StatementHandle _handle;
    private readonly string _sql;

    internal DuckDbStatement(ConnectionHandle connection, StatementHandle handle, string sql)
    {
        _connection = connection;
        _handle = handle;
        _sql = sql;
    }

    public int ParameterCount => (int)Duck.duckdb_nparams(Open());

    public DuckDbStatement Bind(int index, bool value) => Check(Duck.duckdb_bind_boolean(Open(), At(index), value ? (byte)1 : (byte)0), index);

    public DuckDbStatement Bind(int index, int value) => Check(Duck.duckdb_bind_int32(Open(), At(index), value), index);

    public DuckDbStatement Bind(int index, long value) => Check(Duck.duckdb_bind_int64(Open(), At(index), value), index);

    public DuckDbStatement Bind(int index, ulong value) => Check(Duck.duckdb_bind_uint64(Open(), At(index), value), index);

    public DuckDbStatement Bind(int index, double value) => Check(Duck.duckdb_bind_double(Open(), At(index), value), index);

    public DuckDbStatement Bind(int index, Int128 value) => Check(Duck.duckdb_bind_hugeint(Open(), At(index), HugeInt.From(value)), index);

    public DuckDbStatement Bind(int index, UInt128 value) => Check(Duck.duckdb_bind_uhugeint(Open(), At(index), UnsignedHugeInt.From(value)), index);

    /// <summary>Binds a TIMESTAMPTZ; what is finer than a microsecond is cut off.</summary>
    public DuckDbStatement Bind(int index, DateTimeOffset value) => BindTimestampTz(index, Micros.Of(value));

    /// <summary>Binds a TIMESTAMPTZ given in microseconds since 1970-01-01 UTC.</summary>
    public DuckDbStatement BindTimestampTz(int index, long micros) => Check(Duck.duckdb_bind_timestamp_tz(Open(), At(index), new TimestampMicros(micros)), index);

    /// <summary>Binds a TIMESTAMP (without zone) given in microseconds since 1970-01-01.</summary>
    public DuckDbStatement BindTimestamp(int index, long micros) => Check(Duck.duckdb_bind_timestamp(Open(), At(index), new TimestampMicros(micros)), index);

    public DuckDbStatement Bind(int index, Guid value)
    {
        using var uuid = Duck.duckdb_create_uuid(UnsignedHugeInt.From(Uuids.Number(value)));
        return Check(Duck.duckdb_bind_value(Open(), At(index), uuid), index);
    }

    /// <summary>Binds a VARCHAR, or NULL for null.</summary>
    public DuckDbStatement Bind(int index, string? value) => value is null ? BindNull(index) : BindUtf8(index, Encoding.UTF8.GetBytes(value));

    /// <summary>Binds a VARCHAR given in UTF-8.</summary>
    public DuckDbStatement BindUtf8(int index, ReadOnlySpan<byte> utf8)
    {
        fixed (byte* start = utf8)
        {
            byte none = 0;
            return Check(Duck.duckdb_bind_varchar_length(Open(), At(index), start is null ? &none : start, (ulong)utf8.Length), index);
        }
    }

    /// <summary>Binds a BLOB, or NULL for null.</summary>
    public DuckDbStatement Bind(int index, byte[]? value)
    {
        if (value is null) return BindNull(index);
        fixed (byte* start = value)
        {
            byte none = 0;
            return Check(Duck.duckdb_bind_blob(Open(), At(index), start is null ? &none : start, (ulong)value.Length), index);
        }
    }

    public DuckDbStatement BindNull(int index) => Check(Duck.duckdb_bind_null(Open(), At(index)), index);

    public DuckDbStatement ClearBindings()
    {
        _ = Duck.duckdb_clear_bindings(Open());
        return this;
    }

    /// <summary>Runs it and holds the whole result.</summary>
    /// <exception cref="DuckDbException">It failed.</exception>
    /// <exception cref="OperationCanceledException">The token interrupted it; a statement that finished all the same returns its result.</exception>
    public DuckDbResult Execute(CancellationToken cancellationToken = default) => Run(streaming: false, cancellationToken);

    /// <summary>Runs a query whose chunks are computed as they are fetched. Until the result is disposed the connection must run nothing else.</summary>
    /// <inheritdoc cref="Execute"/>
    public DuckDbResult ExecuteStreaming(CancellationToken cancellationToken = default) => Run(streaming: true, cancellationToken);

    public void Dispose() => _handle.Dispose();

    private DuckDbResult Run(bool streaming, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_connection.IsClosed, typeof(DuckDbConnection));
        var state = streaming
            ? Duck.duckdb_pending_prepared_streaming(Open(), out var pending)
            : Duck.duckdb_pending_prepared(Open(), out pending);
        using (pending)
        {
            if (state != 0) throw DuckDbException.Of(Duck.Text(Duck.duckdb_pending_error(pending)), _sql);
            var result = new ResultHandle();
            // Registered once the query is under way: beginning a query clears an interrupt that came before it.
            using (Interruption.On(_connection, cancellationToken))
                state = Duck.duckdb_execute_pending(pending, result);
            if (state == 0) return new DuckDbResult(_connection, result, _sql, streaming);
            using (result) throw DuckDbResult.ErrorOf(result, _sql, cancellationToken);
        }
    }

    private StatementHandle Open()
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        return _handle;
    }

    private static ulong At(int index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(index, 1);
        return (ulong)index;
    }

    private DuckDbStatement Check(int state, int index)
    {
        if (state == 0) return this;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, ParameterCount);
        throw DuckDbException.Of(Duck.Text(Duck.duckdb_prepare_error(_handle)) ?? $"parameter {index} could not be bound", _sql);
    }
}
