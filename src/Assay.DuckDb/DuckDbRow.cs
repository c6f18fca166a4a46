namespace Assay.DuckDb;

/// <summary>One row of a small result; columns are numbered from 0. Valid until the result is disposed.</summary>
public readonly struct DuckDbRow
{
    private readonly DuckDbChunk _chunk;
    private readonly int _row;

    internal DuckDbRow(DuckDbChunk chunk, int row)
    {
        _chunk = chunk;
        _row = row;
    }

    public bool IsNull(int column) => _chunk[column].IsNull(_row);

    public bool GetBoolean(int column) => _chunk[column].ToBoolean(_row);

    /// <inheritdoc cref="DuckDbVector.ToInt64"/>
    public long GetInt64(int column) => _chunk[column].ToInt64(_row);

    /// <inheritdoc cref="DuckDbVector.ToDouble"/>
    public double GetDouble(int column) => _chunk[column].ToDouble(_row);

    public string GetString(int column) => _chunk[column].GetString(_row);

    public byte[] GetBytes(int column) => _chunk[column].GetBytes(_row).ToArray();

    public Guid GetGuid(int column) => _chunk[column].GetGuid(_row);

    public DateTimeOffset GetDateTimeOffset(int column) => _chunk[column].ToDateTimeOffset(_row);

    /// <inheritdoc cref="DuckDbVector.ToTimestampMicros"/>
    public long GetTimestampMicros(int column) => _chunk[column].ToTimestampMicros(_row);

    public bool? GetNullableBoolean(int column) => IsNull(column) ? null : GetBoolean(column);

    public long? GetNullableInt64(int column) => IsNull(column) ? null : GetInt64(column);

    public double? GetNullableDouble(int column) => IsNull(column) ? null : GetDouble(column);

    public string? GetNullableString(int column) => IsNull(column) ? null : GetString(column);

    public Guid? GetNullableGuid(int column) => IsNull(column) ? null : GetGuid(column);

    public DateTimeOffset? GetNullableDateTimeOffset(int column) => IsNull(column) ? null : GetDateTimeOffset(column);
}
