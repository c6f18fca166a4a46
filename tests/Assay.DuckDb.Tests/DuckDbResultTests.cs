using System.Runtime.CompilerServices;

namespace Assay.DuckDb.Tests;

[Trait("Kind", "contract")]
public sealed class DuckDbResultTests : IDisposable
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.Open();
    private readonly DuckDbConnection _connection;

    public DuckDbResultTests() => _connection = _database.Connect();

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void Columns_OfAQuery_HaveNamesTypesAndScale()
    {
        using var result = _connection.Query("SELECT 1::TINYINT AS a, 1.25 AS b, now() AS \"the time\", [1] AS d WHERE false");
        Assert.Equal(["a", "b", "the time", "d"], result.Columns.Select(c => c.Name));
        Assert.Equal([DuckDbType.TinyInt, DuckDbType.Decimal, DuckDbType.TimestampTz, DuckDbType.List], result.Columns.Select(c => c.Type));
        Assert.Equal([0, 2, 0, 0], result.Columns.Select(c => c.Scale));
        Assert.Equal(2, result.Ordinal("THE TIME"));
        Assert.Throws<ArgumentException>(() => result.Ordinal("e"));
        Assert.Empty(result.Rows());
    }

    [Theory]
    [InlineData("TINYINT", -128)]
    [InlineData("SMALLINT", -32768)]
    [InlineData("INTEGER", -5)]
    [InlineData("BIGINT", -5_000_000_000)]
    [InlineData("HUGEINT", -5_000_000_000)]
    [InlineData("UTINYINT", 255)]
    [InlineData("USMALLINT", 65535)]
    [InlineData("UINTEGER", 4_294_967_295)]
    [InlineData("UBIGINT", 5_000_000_000)]
    [InlineData("UHUGEINT", 5_000_000_000)]
    [InlineData("DECIMAL(4,0)", 9999)]
    [InlineData("DECIMAL(9,0)", -999_999_999)]
    [InlineData("DECIMAL(18,0)", 5_000_000_000)]
    [InlineData("DECIMAL(38,0)", -5_000_000_000)]
    public void GetInt64_AnyIntegerType_Converts(string type, long expected)
    {
        using var result = _connection.Query($"SELECT ({expected})::{type}");
        var row = result.Rows().Select(r => (r.GetInt64(0), r.GetDouble(0), r.GetNullableInt64(0))).Single();
        Assert.Equal((expected, expected, expected), row);
    }

    [Theory]
    [InlineData("1.5::FLOAT", 1.5)]
    [InlineData("0.1::DOUBLE", 0.1)]
    [InlineData("-12.34::DECIMAL(4,2)", -12.34)]
    [InlineData("12345.6789::DECIMAL(9,4)", 12345.6789)]
    [InlineData("0.000000000000000001::DECIMAL(18,18)", 1e-18)]
    [InlineData("-0.1::DECIMAL(38,10)", -0.1)]
    [InlineData("(SELECT sum(range) FROM range(100000))", 4999950000.0)]
    public void GetDouble_AnyNumericType_Converts(string expression, double expected)
    {
        using var result = _connection.Query($"SELECT {expression}");
        Assert.Equal(expected, result.Rows().Single().GetDouble(0));
    }

    [Theory]
    [InlineData("9223372036854775808::HUGEINT", typeof(OverflowException))]
    [InlineData("18446744073709551615::UBIGINT", typeof(OverflowException))]
    [InlineData("1.5::DECIMAL(4,1)", typeof(InvalidCastException))]
    [InlineData("1.5::DOUBLE", typeof(InvalidCastException))]
    [InlineData("'1'", typeof(InvalidCastException))]
    [InlineData("NULL::BIGINT", typeof(InvalidCastException))]
    public void GetInt64_ValueThatIsNone_Throws(string expression, Type error)
    {
        using var result = _connection.Query($"SELECT {expression}");
        Assert.Throws(error, () => result.Rows().Single().GetInt64(0));
    }

    [Fact]
    public void GetNullable_Null_IsNull()
    {
        using var result = _connection.Query("SELECT NULL::BOOLEAN, NULL::INTEGER, NULL::DOUBLE, NULL::VARCHAR, NULL::UUID, NULL::TIMESTAMPTZ");
        var row = result.Rows().Select(r => new object?[]
        {
            r.GetNullableBoolean(0), r.GetNullableInt64(1), r.GetNullableDouble(2), r.GetNullableString(3), r.GetNullableGuid(4), r.GetNullableDateTimeOffset(5),
        }).Single();
        Assert.All(row, Assert.Null);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FetchChunk_ManyRows_GivesAllOnceInOrder(bool streaming)
    {
        const int Rows = 100_000;
        using var statement = _connection.Prepare($"SELECT range, CASE WHEN range % 7 <> 0 THEN range / 2 END FROM range({Rows})");
        using var result = streaming ? statement.ExecuteStreaming() : statement.Execute();
        var next = 0L;
        while (result.FetchChunk() is { } fetched)
        {
            using var chunk = fetched;
            var numbers = chunk[0].GetInt64();
            var halves = chunk[1].GetDouble();
            Assert.InRange(chunk.RowCount, 1, 2048);
            for (var row = 0; row < chunk.RowCount; row++, next++)
            {
                Assert.Equal(next, numbers[row]);
                Assert.Equal(next % 7 == 0, chunk[1].IsNull(row));
                if (next % 7 != 0) Assert.Equal(next / 2.0, halves[row]);
            }
        }
        Assert.Equal(Rows, next);
        Assert.Null(result.FetchChunk());
    }

    [Fact]
    public void FetchChunk_StreamFailsMidway_Throws()
    {
        using var statement = _connection.Prepare("SELECT CASE WHEN range < 500000 THEN range ELSE error('too far') END FROM range(1000000)");
        using var result = statement.ExecuteStreaming();
        var error = Assert.Throws<DuckDbException>(() => result.Rows().Count());
        Assert.Contains("too far", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FetchChunk_WrongSpanType_Throws()
    {
        using var result = _connection.Query("SELECT 1::INTEGER AS i");
        using var chunk = result.FetchChunk()!;
        Assert.Equal(1, chunk[0].GetInt32()[0]);
        Assert.Contains("i is Integer", Assert.Throws<InvalidCastException>(() => chunk[0].GetInt64().Length).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => chunk[0].IsNull(1));
    }

    [Fact]
    public void Rows_Kept_StayValidUntilTheResultIsDisposed()
    {
        var result = _connection.Query("SELECT 'a text that is not in place ' || range FROM range(5000)");
        var kept = result.Rows().ToList();
        Assert.Equal("a text that is not in place 0", kept[0].GetString(0));
        result.Dispose();
        Assert.Throws<ObjectDisposedException>(() => kept[0].GetString(0));
    }

    [Fact]
    public void Result_StatementAndConnectionDisposed_StaysReadable()
    {
        DuckDbResult result;
        using (var database = DuckDbDatabase.Open())
        using (var connection = database.Connect())
        using (var statement = connection.Prepare("SELECT range, 'text number ' || range FROM range(5000)"))
            result = statement.Execute();
        using (result)
            Assert.Equal("text number 4999", result.Rows().Select(r => r.GetString(1)).Last());
    }

    [Fact]
    public void Finalizers_EverythingLeaked_DoNotCrash()
    {
        for (var i = 0; i < 20; i++) Leak();
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        using var result = _connection.Query("SELECT 1");
        Assert.Single(result.Rows());

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Leak()
        {
            var connection = DuckDbDatabase.Open().Connect();
            connection.Execute("CREATE TABLE t (i BIGINT)");
            var appender = connection.CreateAppender("t");
            appender.Column(0).SetInt64(0, 1);
            appender.AppendChunk(1);
            connection.Prepare("SELECT range FROM range(10000)").ExecuteStreaming().FetchChunk();
        }
    }
}
