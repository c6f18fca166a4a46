using System.Globalization;
using System.Text;
using System.Text.Json;
using Assay.DuckDb;

namespace Assay.Storage;

/// <summary>Fills a table row by row, cells in the order of its columns, through DuckDB's chunk-wise appender.</summary>
internal sealed class RowAppender(DuckDbConnection connection, string table) : IDisposable
{
    private readonly DuckDbAppender _appender = connection.CreateAppender(table);
    private int _row;
    private int _column;

    public RowAppender Text(string? value)
    {
        var column = _appender.Column(_column++);
        if (value is null) column.SetNull(_row);
        // Half a surrogate pair cannot be stored, and must not hold up the events behind it: it becomes U+FFFD.
        else if (value.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0) column.SetString(_row, Encoding.UTF8.GetBytes(value));
        else column.SetString(_row, value);
        return this;
    }

    public RowAppender Json(JsonElement? value) =>
        Text(value is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } json ? json.GetRawText() : null);

    public RowAppender Number(double? value)
    {
        var column = _appender.Column(_column++);
        if (value is { } number) column.SetDouble(_row, number);
        else column.SetNull(_row);
        return this;
    }

    public RowAppender Long(long? value)
    {
        var column = _appender.Column(_column++);
        if (value is { } number) column.SetInt64(_row, number);
        else column.SetNull(_row);
        return this;
    }

    public RowAppender Int(int? value)
    {
        var column = _appender.Column(_column++);
        if (value is { } number) column.SetInt32(_row, number);
        else column.SetNull(_row);
        return this;
    }

    public RowAppender Bool(bool? value)
    {
        var column = _appender.Column(_column++);
        if (value is { } truth) column.SetBoolean(_row, truth);
        else column.SetNull(_row);
        return this;
    }

    public RowAppender Time(DateTimeOffset value)
    {
        _appender.Column(_column++).SetTimestamp(_row, value);
        return this;
    }

    public RowAppender Hash(UInt128 value)
    {
        _appender.Column(_column++).SetUHugeInt(_row, value);
        return this;
    }

    public RowAppender Hash(ulong value)
    {
        _appender.Column(_column++).SetUInt64(_row, value);
        return this;
    }

    public void EndRow()
    {
        if (_column != _appender.ColumnCount)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{table} has {_appender.ColumnCount} columns; {_column} were written"));
        _column = 0;
        if (++_row < DuckDbAppender.ChunkCapacity) return;
        _appender.AppendChunk(_row);
        _row = 0;
    }

    /// <summary>Writes what is left into the table.</summary>
    public void Complete()
    {
        _appender.AppendChunk(_row);
        _row = 0;
        _appender.Close();
    }

    public void Dispose() => _appender.Dispose();
}
