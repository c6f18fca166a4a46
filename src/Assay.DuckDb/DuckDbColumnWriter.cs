using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Assay.DuckDb.Native;

namespace Assay.DuckDb;

/// <summary>Writes the cells of one column of an appender's current chunk. The type of the column decides which method may be used.</summary>
public sealed unsafe class DuckDbColumnWriter
{
    private readonly DuckDbAppender _appender;
    private readonly int _index;
    private nint _vector;
    private byte* _data;
    private ulong* _validity;
    private int _capacity;

    internal DuckDbColumnWriter(DuckDbAppender appender, int index, DuckDbType type)
    {
        _appender = appender;
        _index = index;
        Type = type;
    }

    public DuckDbType Type { get; }

    public void SetNull(int row)
    {
        CheckRow(row);
        _validity[row >> 6] &= ~(1UL << (row & 63));
    }

    public void SetBoolean(int row, bool value) => Set(row, value ? (byte)1 : (byte)0, DuckDbType.Boolean);

    public void SetInt32(int row, int value) => Set(row, value, DuckDbType.Integer);

    public void SetInt64(int row, long value) => Set(row, value, DuckDbType.BigInt);

    public void SetUInt64(int row, ulong value) => Set(row, value, DuckDbType.UBigInt);

    public void SetDouble(int row, double value) => Set(row, value, DuckDbType.Double);

    public void SetHugeInt(int row, Int128 value) => Set(row, value, DuckDbType.HugeInt);

    public void SetUHugeInt(int row, UInt128 value) => Set(row, value, DuckDbType.UHugeInt);

    public void SetGuid(int row, Guid value) => Set(row, Uuids.Stored(value), DuckDbType.Uuid);

    /// <summary>TIMESTAMP or TIMESTAMPTZ, microseconds since 1970-01-01 UTC.</summary>
    public void SetTimestampMicros(int row, long micros) => Set(row, micros, DuckDbType.TimestampTz, DuckDbType.Timestamp);

    /// <summary>TIMESTAMP or TIMESTAMPTZ; what is finer than a microsecond is cut off.</summary>
    public void SetTimestamp(int row, DateTimeOffset value) => SetTimestampMicros(row, Micros.Of(value));

    /// <summary>VARCHAR, or NULL for null.</summary>
    /// <exception cref="EncoderFallbackException">The text holds half a surrogate pair.</exception>
    public void SetString(int row, string? value)
    {
        if (value is null) SetNull(row);
        else SetChars(row, value);
    }

    /// <summary>VARCHAR, given in UTF-8; it is copied.</summary>
    /// <exception cref="ArgumentException">The bytes are not UTF-8.</exception>
    public void SetString(int row, ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8)) throw new ArgumentException("the bytes are not UTF-8", nameof(utf8));
        SetBytes(row, utf8, DuckDbType.Varchar);
    }

    /// <summary>BLOB; it is copied.</summary>
    public void SetBlob(int row, ReadOnlySpan<byte> bytes) => SetBytes(row, bytes, DuckDbType.Blob);

    internal void Begin(nint vector, int capacity)
    {
        Duck.duckdb_vector_ensure_validity_writable(vector);
        _vector = vector;
        _data = Duck.duckdb_vector_get_data(vector);
        _validity = Duck.duckdb_vector_get_validity(vector);
        _capacity = capacity;
        // All null to begin with: a cell left out must not show what the previous chunk had there.
        new Span<ulong>(_validity, (capacity + 63) / 64).Clear();
    }

    internal void End() => _capacity = 0;

    private void SetChars(int row, string value)
    {
        Span<byte> small = stackalloc byte[512];
        var utf8 = value.Length * 3 <= small.Length ? small : new byte[Strict.GetMaxByteCount(value.Length)];
        SetBytes(row, utf8[..Strict.GetBytes(value, utf8)], DuckDbType.Varchar);
    }

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private void SetBytes(int row, ReadOnlySpan<byte> bytes, DuckDbType type)
    {
        CheckRow(row);
        if (Type != type) throw Mismatch(type);
        if (bytes.Length > 12)
        {
            fixed (byte* start = bytes) Duck.duckdb_unsafe_vector_assign_string_element_len(_vector, (ulong)row, start, (ulong)bytes.Length);
        }
        else
        {
            // duckdb_string_t keeps up to 12 bytes in place, the rest zero; this spares a native call.
            var cell = new Span<byte>(_data + (row * 16L), 16);
            cell.Clear();
            cell[0] = (byte)bytes.Length;
            bytes.CopyTo(cell[4..]);
        }
        MarkValid(row);
    }

    private void Set<T>(int row, T value, DuckDbType type, DuckDbType orType = DuckDbType.Invalid) where T : unmanaged
    {
        CheckRow(row);
        if (Type != type && Type != orType) throw Mismatch(type);
        Unsafe.WriteUnaligned(_data + ((long)row * sizeof(T)), value);
        MarkValid(row);
    }

    private void MarkValid(int row) => _validity[row >> 6] |= 1UL << (row & 63);

    private void CheckRow(int row)
    {
        if ((uint)row < (uint)_capacity) return;
        _appender.ThrowIfDisposed();
        throw new ArgumentOutOfRangeException(nameof(row), row, $"a chunk has the rows 0 to {_capacity - 1}");
    }

    private InvalidOperationException Mismatch(DuckDbType wanted) => new($"column {_index} is {Type}, not {wanted}");
}
