using System.Globalization;

namespace Assay.DuckDb.Tests;

[Trait("Kind", "contract")]
public sealed class DuckDbAppenderTests : IDisposable
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.Open();
    private readonly DuckDbConnection _connection;

    public DuckDbAppenderTests() => _connection = _database.Connect();

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void AppendChunk_HundredThousandRowsWithNulls_ReadBackEqual()
    {
        const int Rows = 100_000;
        _connection.Execute("CREATE TABLE t (n BIGINT, d DOUBLE, s VARCHAR, b BOOLEAN, moment TIMESTAMPTZ, id UUID)");
        using (var appender = _connection.CreateAppender("t"))
        {
            Assert.Equal(2048, DuckDbAppender.ChunkCapacity);
            for (var start = 0; start < Rows; start += 2048)
            {
                var count = Math.Min(2048, Rows - start);
                for (var row = 0; row < count; row++) Write(appender, row, start + row);
                appender.AppendChunk(count);
            }
            appender.Close();
        }
        using var result = _connection.Query("SELECT n, d, s, b, moment, id FROM t ORDER BY rowid");
        var i = 0;
        foreach (var row in result.Rows())
        {
            Assert.Equal(i % 3 == 0 ? null : i, row.GetNullableInt64(0));
            Assert.Equal(i % 5 == 0 ? null : i / 8.0, row.GetNullableDouble(1));
            Assert.Equal(Text(i), row.GetNullableString(2));
            Assert.Equal(i % 11 == 0 ? null : i % 2 == 0, row.GetNullableBoolean(3));
            Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(i), row.GetDateTimeOffset(4));
            Assert.Equal(new Guid(i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), row.GetGuid(5));
            i++;
        }
        Assert.Equal(Rows, i);

        static void Write(DuckDbAppender appender, int row, int i)
        {
            if (i % 3 != 0) appender.Column(0).SetInt64(row, i);
            if (i % 5 == 0) appender.Column(1).SetNull(row);
            else appender.Column(1).SetDouble(row, i / 8.0);
            appender.Column(2).SetString(row, Text(i));
            if (i % 11 != 0) appender.Column(3).SetBoolean(row, i % 2 == 0);
            appender.Column(4).SetTimestamp(row, DateTimeOffset.UnixEpoch.AddSeconds(i));
            appender.Column(5).SetGuid(row, new Guid(i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
        }

        static string? Text(int i) => (i % 7) switch
        {
            0 => null,
            1 => "",
            2 => "é" + i.ToString(CultureInfo.InvariantCulture),
            3 => "exactly 12 b",
            4 => "a text longer than twelve bytes, number " + i.ToString(CultureInfo.InvariantCulture),
            5 => i % 1000 == 5 ? new string('x', 5000) : "🙂",
            _ => "z",
        };
    }

    [Fact]
    public void Set_EveryType_ReadsBackAsSqlSeesIt()
    {
        _connection.Execute("CREATE TABLE t (i INTEGER, u UBIGINT, h HUGEINT, uh UHUGEINT, ts TIMESTAMP, b BLOB, s VARCHAR, id UUID)");
        using var appender = _connection.CreateAppender("t", "main");
        Assert.Equal(8, appender.ColumnCount);
        appender.Column(0).SetInt32(0, int.MinValue);
        appender.Column(1).SetUInt64(0, ulong.MaxValue);
        appender.Column(2).SetHugeInt(0, Int128.MaxValue);
        appender.Column(3).SetUHugeInt(0, UInt128.MaxValue);
        appender.Column(4).SetTimestampMicros(0, -1);
        appender.Column(5).SetBlob(0, [0, 255, 39]);
        appender.Column(6).SetString(0, "模型"u8);
        appender.Column(7).SetGuid(0, Guid.Parse("fedcba98-7654-3210-0123-456789abcdef"));
        appender.AppendChunk(1);
        appender.Flush();
        using var result = _connection.Query("SELECT COLUMNS(*)::VARCHAR FROM t");
        var row = result.Rows().Select(r => Enumerable.Range(0, 8).Select(r.GetString).ToArray()).Single();
        Assert.Equal(["-2147483648", "18446744073709551615", Int128.MaxValue.ToString(CultureInfo.InvariantCulture), UInt128.MaxValue.ToString(CultureInfo.InvariantCulture),
            "1969-12-31 23:59:59.999999", "\\x00\\xFF\\x27", "模型", "fedcba98-7654-3210-0123-456789abcdef"], row);
    }

    [Fact]
    public void AppendChunk_CellLeftOut_IsNullNotTheValueBefore()
    {
        _connection.Execute("CREATE TABLE t (i BIGINT)");
        using var appender = _connection.CreateAppender("t");
        appender.Column(0).SetInt64(0, 7);
        appender.AppendChunk(1);
        appender.AppendChunk(1);
        appender.Column(0).SetNull(0);
        appender.Column(0).SetInt64(0, 9);
        appender.AppendChunk(1);
        appender.Close();
        using var result = _connection.Query("SELECT i FROM t ORDER BY rowid");
        Assert.Equal([7, null, 9], result.Rows().Select(r => r.GetNullableInt64(0)));
    }

    [Fact]
    public void Close_ConstraintViolated_ThrowsAndWritesNothing()
    {
        _connection.Execute("CREATE TABLE t (i BIGINT PRIMARY KEY)");
        using var appender = _connection.CreateAppender("t");
        foreach (var (row, value) in new[] { (0, 1L), (1, 2L), (2, 1L) }) appender.Column(0).SetInt64(row, value);
        appender.AppendChunk(3);
        var error = Assert.Throws<DuckDbException>(appender.Close);
        Assert.Equal(DuckDbErrorType.Constraint, error.ErrorType);
        Assert.Contains("uplicate key", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, Count());
    }

    [Fact]
    public void Flush_NotNullViolated_Throws()
    {
        _connection.Execute("CREATE TABLE t (i BIGINT NOT NULL)");
        using var appender = _connection.CreateAppender("t");
        appender.AppendChunk(1);
        Assert.Equal(DuckDbErrorType.Constraint, Assert.Throws<DuckDbException>(appender.Flush).ErrorType);
    }

    [Fact]
    public void Dispose_WithoutFlush_DiscardsTheRows()
    {
        _connection.Execute("CREATE TABLE t (i BIGINT)");
        using (var appender = _connection.CreateAppender("t"))
        {
            appender.Column(0).SetInt64(0, 1);
            appender.AppendChunk(1);
            appender.Flush();
            appender.Column(0).SetInt64(0, 2);
            appender.AppendChunk(1);
        }
        Assert.Equal(1, Count());
    }

    [Fact]
    public void Flush_InsideATransaction_IsUndoneByRollback()
    {
        _connection.Execute("CREATE TABLE t (i BIGINT)");
        using (_connection.BeginTransaction())
        using (var appender = _connection.CreateAppender("t"))
        {
            appender.Column(0).SetInt64(0, 1);
            appender.AppendChunk(1);
            appender.Close();
            Assert.Equal(1, Count());
        }
        Assert.Equal(0, Count());
    }

    [Fact]
    public void CreateAppender_TableAbsent_Throws() =>
        Assert.Contains("absent", Assert.Throws<DuckDbException>(() => _connection.CreateAppender("absent")).Message, StringComparison.Ordinal);

    [Fact]
    public void Set_Misuse_Throws()
    {
        _connection.Execute("CREATE TABLE t (i BIGINT, s VARCHAR)");
        using var appender = _connection.CreateAppender("t");
        Assert.Throws<InvalidOperationException>(() => appender.Column(0).SetDouble(0, 1));
        Assert.Throws<InvalidOperationException>(() => appender.Column(0).SetString(0, "1"));
        Assert.Throws<ArgumentException>(() => appender.Column(1).SetString(0, [0xC3, 0x28]));
        Assert.ThrowsAny<ArgumentException>(() => appender.Column(1).SetString(0, "half \uD83D"));
        Assert.Throws<ArgumentOutOfRangeException>(() => appender.Column(0).SetInt64(2048, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => appender.Column(0).SetInt64(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => appender.AppendChunk(2049));
        var column = appender.Column(0);
        appender.Dispose();
        appender.Dispose();
        Assert.Throws<ObjectDisposedException>(() => column.SetInt64(0, 1));
        Assert.Throws<ObjectDisposedException>(() => appender.AppendChunk(1));
        Assert.Throws<ObjectDisposedException>(appender.Close);
    }

    private long Count()
    {
        using var result = _connection.Query("SELECT count(*) FROM t");
        return result.Rows().Single().GetInt64(0);
    }
}
