using System.Runtime.CompilerServices;
using System.Text;
using Assay.DuckDb.Native;

namespace Assay.DuckDb;

/// <summary>The values of one column of a chunk: spans over DuckDB's memory, and single values with conversion.</summary>
/// <remarks>What a span holds at a row that <see cref="IsNull"/> is undefined.</remarks>
public sealed unsafe partial class DuckDbVector
{
    private readonly DuckDbChunk _chunk;
    private readonly byte* _data;
    private readonly ulong* _validity;

    internal DuckDbVector(DuckDbChunk chunk, DuckDbColumn column, nint vector)
    {
        _chunk = chunk;
        Column = column;
        _data = Duck.duckdb_vector_get_data(vector);
        _validity = Duck.duckdb_vector_get_validity(vector);
    }

    public DuckDbColumn Column { get; }

    public int RowCount => _chunk.RowCount;

    /// <summary>False when no row can be null, so that checking each may be left out.</summary>
    public bool MayHaveNulls => _validity is not null;

    public bool IsNull(int row)
    {
        Check(row);
        return _validity is not null && (_validity[row >> 6] >> (row & 63) & 1) == 0;
    }

    public ReadOnlySpan<bool> GetBoolean() => Span<bool>(DuckDbType.Boolean);

    /// <summary>INTEGER, or DATE as days since 1970-01-01.</summary>
    public ReadOnlySpan<int> GetInt32() => Span<int>(DuckDbType.Integer, DuckDbType.Date);

    public ReadOnlySpan<long> GetInt64() => Span<long>(DuckDbType.BigInt);

    public ReadOnlySpan<ulong> GetUInt64() => Span<ulong>(DuckDbType.UBigInt);

    public ReadOnlySpan<double> GetDouble() => Span<double>(DuckDbType.Double);

    /// <summary>TIMESTAMP or TIMESTAMPTZ as microseconds since 1970-01-01 UTC.</summary>
    public ReadOnlySpan<long> GetTimestampMicros() => Span<long>(DuckDbType.Timestamp, DuckDbType.TimestampTz);

    public ReadOnlySpan<Int128> GetHugeInt() => Span<Int128>(DuckDbType.HugeInt);

    public ReadOnlySpan<UInt128> GetUHugeInt() => Span<UInt128>(DuckDbType.UHugeInt);

    /// <summary>The bytes of a VARCHAR (UTF-8) or BLOB, not copied.</summary>
    public ReadOnlySpan<byte> GetBytes(int row)
    {
        ThrowIfNull(row);
        if (Column.Type is not (DuckDbType.Varchar or DuckDbType.Blob)) throw Mismatch("bytes");
        // duckdb_string_t: a length, then up to 12 bytes in place, or a prefix of 4 and a pointer.
        var text = _data + (row * 16L);
        var length = *(int*)text;
        return new ReadOnlySpan<byte>(length <= 12 ? text + 4 : *(byte**)(text + 8), length);
    }

    public string GetString(int row) => Encoding.UTF8.GetString(GetBytes(row));

    public Guid GetGuid(int row)
    {
        ThrowIfNull(row);
        return Column.Type == DuckDbType.Uuid ? Uuids.FromStored(At<UInt128>(row)) : throw Mismatch("a UUID");
    }

    private ReadOnlySpan<T> Span<T>(DuckDbType type, DuckDbType orType = DuckDbType.Invalid) where T : unmanaged
    {
        _chunk.ThrowIfDisposed();
        if (Column.Type != type && Column.Type != orType) throw Mismatch(type.ToString());
        return new ReadOnlySpan<T>(_data, RowCount);
    }

    private T At<T>(int row) where T : unmanaged => Unsafe.ReadUnaligned<T>(_data + ((long)row * sizeof(T)));

    private void Check(int row)
    {
        _chunk.ThrowIfDisposed();
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowCount);
    }

    private void ThrowIfNull(int row)
    {
        if (IsNull(row)) throw new InvalidCastException($"column {Column.Name} is NULL in this row");
    }

    private InvalidCastException Mismatch(string wanted) => new($"column {Column.Name} is {Column.Type}, not {wanted}; cast it in the SQL");
}
