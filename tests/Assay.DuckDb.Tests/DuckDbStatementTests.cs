namespace Assay.DuckDb.Tests;

[Trait("Kind", "contract")]
public sealed class DuckDbStatementTests : IDisposable
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.Open();
    private readonly DuckDbConnection _connection;

    public DuckDbStatementTests() => _connection = _database.Connect();

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    public static TheoryData<string> Texts => new("", "a", "twelve bytes", "thirteen byte", "naïve 模型 🙂", "quote ' and ; and \0 inside", new string('ß', 100_000));

    [Theory]
    [MemberData(nameof(Texts))]
    public void Bind_String_ComesBackEqual(string text) =>
        Assert.Equal((text, "VARCHAR"), Back(s => s.Bind(1, text), r => r.GetString(0)));

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(70_000)]
    public void Bind_Bytes_ComeBackEqual(int length)
    {
        var bytes = Enumerable.Range(0, length).Select(i => (byte)(i * 37)).ToArray();
        var (back, type) = Back(s => s.Bind(1, bytes), r => r.GetBytes(0));
        Assert.Equal("BLOB", type);
        Assert.Equal(bytes, back);
    }

    [Fact]
    public void Bind_Numbers_ComeBackEqual()
    {
        foreach (var value in new[] { true, false }) Assert.Equal((value, "BOOLEAN"), Back(s => s.Bind(1, value), r => r.GetBoolean(0)));
        foreach (var value in new[] { 0, 1, -1, int.MinValue, int.MaxValue }) Assert.Equal((value, "INTEGER"), Back(s => s.Bind(1, value), r => r.GetInt64(0)));
        foreach (var value in new[] { 0, -1, long.MinValue, long.MaxValue }) Assert.Equal((value, "BIGINT"), Back(s => s.Bind(1, value), r => r.GetInt64(0)));
        foreach (var value in new[] { 0, 0.1, -1e300, double.Epsilon, double.PositiveInfinity, double.NaN, -0.0 }) Assert.Equal((value, "DOUBLE"), Back(s => s.Bind(1, value), r => r.GetDouble(0)));
    }

    [Fact]
    public void Bind_WideIntegers_ComeBackEqual()
    {
        Assert.Equal((ulong.MaxValue, "UBIGINT"), BackVector(s => s.Bind(1, ulong.MaxValue), v => v.GetUInt64()[0]));
        foreach (var value in new Int128[] { 0, -1, Int128.MaxValue, -Int128.MaxValue, (Int128)ulong.MaxValue + 1 })
            Assert.Equal((value, "HUGEINT"), BackVector(s => s.Bind(1, value), v => v.GetHugeInt()[0]));
        foreach (var value in new UInt128[] { 0, UInt128.MaxValue, (UInt128)ulong.MaxValue + 1 })
            Assert.Equal((value, "UHUGEINT"), BackVector(s => s.Bind(1, value), v => v.GetUHugeInt()[0]));
    }

    [Fact]
    public void Bind_Guid_ReadsAsTheSameText()
    {
        foreach (var value in new[] { Guid.Empty, Guid.AllBitsSet, Guid.Parse("01890a5d-ac96-774b-bcce-b302099a8057"), Guid.Parse("fedcba98-7654-3210-0123-456789abcdef") })
        {
            Assert.Equal((value, "UUID"), Back(s => s.Bind(1, value), r => r.GetGuid(0)));
            using var statement = _connection.Prepare("SELECT $1::VARCHAR");
            using var result = statement.Bind(1, value).Execute();
            Assert.Equal(value.ToString(), result.Rows().Single().GetString(0));
        }
    }

    [Fact]
    public void Bind_Timestamps_AreUtcMicroseconds()
    {
        var instant = new DateTimeOffset(2026, 3, 1, 12, 30, 15, TimeSpan.FromHours(5.5)).AddTicks(1_234_567);
        var (back, type) = Back(s => s.Bind(1, instant), r => r.GetDateTimeOffset(0));
        Assert.Equal("TIMESTAMP WITH TIME ZONE", type);
        Assert.Equal(instant.AddTicks(-7), back);
        Assert.Equal(TimeSpan.Zero, back.Offset);
        var before1970 = new DateTimeOffset(1969, 12, 31, 23, 59, 59, TimeSpan.Zero).AddTicks(1);
        Assert.Equal(before1970.AddTicks(-1), Back(s => s.Bind(1, before1970), r => r.GetDateTimeOffset(0)).Value);
        Assert.Equal((-5, "TIMESTAMP"), Back(s => s.BindTimestamp(1, -5), r => r.GetTimestampMicros(0)));
        using var result = _connection.Query("SELECT DATE '1970-01-02', TIMESTAMP_S '1970-01-01 00:00:01', TIMESTAMP_MS '1970-01-01 00:00:01.5', TIMESTAMP_NS '1969-12-31 23:59:59.999999999'");
        var row = result.Rows().Select(r => Enumerable.Range(0, 4).Select(r.GetTimestampMicros).ToArray()).Single();
        Assert.Equal([86_400_000_000, 1_000_000, 1_500_000, -1], row);
    }

    [Fact]
    public void Bind_Null_ComesBackNull()
    {
        Action<DuckDbStatement>[] binds = [s => s.BindNull(1), s => s.Bind(1, (string?)null), s => s.Bind(1, (byte[]?)null)];
        foreach (var bind in binds)
        {
            using var statement = _connection.Prepare("SELECT $1::VARCHAR");
            bind(statement);
            using var result = statement.Execute();
            Assert.True(result.Rows().Select(r => r.IsNull(0) && r.GetNullableString(0) is null).Single());
        }
    }

    [Fact]
    public void Bind_WrongIndex_IsMisuse()
    {
        using var statement = _connection.Prepare("SELECT $1 + $2");
        Assert.Equal(2, statement.ParameterCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => statement.Bind(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => statement.Bind(3, 1));
    }

    [Fact]
    public void Execute_ParameterNotBound_Throws()
    {
        using var statement = _connection.Prepare("SELECT $1::INTEGER");
        Assert.Throws<DuckDbException>(() => statement.Execute());
    }

    [Fact]
    public void Execute_Again_TakesTheNewValues()
    {
        _connection.Execute("CREATE TABLE t (i BIGINT, s VARCHAR)");
        using (var insert = _connection.Prepare("INSERT INTO t VALUES (?, ?)"))
            for (var i = 0L; i < 10; i++)
            {
                using var inserted = insert.Bind(1, i).Bind(2, $"row {i}").Execute();
                Assert.Equal(1, inserted.RowsChanged);
            }
        using var result = _connection.Query("SELECT i, s FROM t ORDER BY i");
        Assert.Equal(Enumerable.Range(0, 10).Select(i => ((long)i, $"row {i}")), result.Rows().Select(r => (r.GetInt64(0), r.GetString(1))));
    }

    private (T Value, string Type) Back<T>(Action<DuckDbStatement> bind, Func<DuckDbRow, T> read)
    {
        using var statement = _connection.Prepare("SELECT $1, typeof($1)");
        bind(statement);
        using var result = statement.Execute();
        return result.Rows().Select(r => (read(r), r.GetString(1))).Single();
    }

    private (T Value, string Type) BackVector<T>(Action<DuckDbStatement> bind, Func<DuckDbVector, T> read)
    {
        using var statement = _connection.Prepare("SELECT $1, typeof($1)");
        bind(statement);
        using var result = statement.Execute();
        using var chunk = result.FetchChunk()!;
        return (read(chunk[0]), chunk[1].GetString(0));
    }
}
