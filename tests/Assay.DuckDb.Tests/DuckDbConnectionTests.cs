namespace Assay.DuckDb.Tests;

[Trait("Kind", "contract")]
public sealed class DuckDbConnectionTests : IDisposable
{
    private const string Endless = "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b";

    private readonly DuckDbDatabase _database = DuckDbDatabase.Open();
    private readonly DuckDbConnection _connection;

    public DuckDbConnectionTests() => _connection = _database.Connect();

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void Execute_SeveralStatements_RunsAllAndCountsTheLast()
    {
        var changed = _connection.Execute("CREATE TABLE t (i INTEGER); INSERT INTO t VALUES (1), (2), (3); UPDATE t SET i = i + 1 WHERE i > 1; -- end");
        Assert.Equal(2, changed);
        Assert.Equal(9 - 1, Sum());
    }

    [Fact]
    public void Execute_SecondStatementFails_KeepsTheFirst()
    {
        Assert.Throws<DuckDbException>(() => _connection.Execute("CREATE TABLE t AS SELECT 5 AS i; SELECT nothing_of_that_name"));
        Assert.Equal(5, Sum());
    }

    [Theory]
    [InlineData("SELEC 1", DuckDbErrorType.Parser, "SELEC")]
    [InlineData("SELECT * FROM absent", DuckDbErrorType.Catalog, "absent")]
    [InlineData("SELECT missing FROM range(3)", DuckDbErrorType.Binder, "missing")]
    [InlineData("SELECT 'abc'::INTEGER", DuckDbErrorType.Conversion, "abc")]
    [InlineData("SELECT error('at run time: ' || range) FROM range(3)", DuckDbErrorType.InvalidInput, "at run time")]
    [InlineData("COMMIT", DuckDbErrorType.Transaction, "no transaction")]
    public void Query_BadSql_NamesTypeCauseAndFirstLine(string sql, DuckDbErrorType type, string cause)
    {
        var error = Assert.Throws<DuckDbException>(() => _connection.Query($"\n  {sql}\n  -- second line").Rows().Count());
        Assert.Equal(type, error.ErrorType);
        Assert.Contains(cause, error.Message, StringComparison.Ordinal);
        Assert.Equal(sql, error.SqlFirstLine);
        Assert.EndsWith($"in: {sql}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-- only a remark")]
    public void Query_NoStatement_IsMisuse(string sql) => Assert.Throws<ArgumentException>(() => _connection.Query(sql));

    [Fact]
    public void Prepare_TwoStatements_IsMisuse() => Assert.Throws<ArgumentException>(() => _connection.Prepare("SELECT 1; SELECT 2"));

    [Fact]
    public void Query_CancelledBeforehand_DoesNotRun()
    {
        _connection.Execute("CREATE TABLE t (i INTEGER)");
        Assert.Throws<OperationCanceledException>(() => _connection.Execute("INSERT INTO t VALUES (1)", new CancellationToken(canceled: true)));
        Assert.Equal(0, Count());
    }

    [Fact]
    public void Query_CancelledWhileRunning_ThrowsAndLeavesTheConnectionUsable()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var error = Assert.Throws<OperationCanceledException>(() => _connection.Query(Endless, cancellation.Token));
        Assert.Equal(cancellation.Token, error.CancellationToken);
        Assert.Equal(DuckDbErrorType.Interrupt, Assert.IsType<DuckDbException>(error.InnerException).ErrorType);
        _connection.Execute("CREATE TABLE t AS SELECT 7 AS i");
        Assert.Equal(7, Sum());
    }

    [Fact]
    public void ExecuteStreaming_CancelledWhileFetching_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        // Enough rows to fill the stream's buffer, so that fetching begins; then none for ever.
        using var statement = _connection.Prepare("SELECT range FROM range(10_000_000_000_000) WHERE range < 1_000_000");
        using var result = statement.ExecuteStreaming(cancellation.Token);
        var seen = 0;
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var row in result.Rows(cancellation.Token))
                if (++seen == 1) cancellation.CancelAfter(TimeSpan.FromMilliseconds(50));
        });
        Assert.InRange(seen, 1, 1_000_000);
    }

    [Fact]
    public async Task Interrupt_FromAnotherThread_FailsTheQuery()
    {
        var query = Task.Factory.StartNew(() => _connection.Query(Endless), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        // An interrupt that comes before the query has begun is lost, so it is repeated, within a bound.
        for (var i = 0; i < 600 && !query.IsCompleted; i++)
        {
            _connection.Interrupt();
            await Task.WhenAny(query, Task.Delay(100, TestContext.Current.CancellationToken));
        }
        Assert.Equal(DuckDbErrorType.Interrupt, (await Assert.ThrowsAsync<DuckDbException>(() => query)).ErrorType);
    }

    [Fact]
    public void BeginTransaction_DisposedWithoutCommit_RollsBack()
    {
        _connection.Execute("CREATE TABLE t (i INTEGER)");
        using (_connection.BeginTransaction()) _connection.Execute("INSERT INTO t VALUES (1)");
        Assert.Equal(0, Count());
        using (var transaction = _connection.BeginTransaction())
        {
            _connection.Execute("INSERT INTO t VALUES (2)");
            transaction.Commit();
            Assert.Throws<InvalidOperationException>(transaction.Commit);
        }
        Assert.Equal(2, Sum());
        using (var transaction = _connection.BeginTransaction())
        {
            _connection.Execute("INSERT INTO t VALUES (3)");
            transaction.Rollback();
        }
        Assert.Equal(2, Sum());
    }

    [Fact]
    public void BeginTransaction_StatementFailsInside_DisposeEndsIt()
    {
        _connection.Execute("CREATE TABLE t (i INTEGER PRIMARY KEY)");
        using (_connection.BeginTransaction())
        {
            _connection.Execute("INSERT INTO t VALUES (1)");
            Assert.Equal(DuckDbErrorType.Constraint, Assert.Throws<DuckDbException>(() => _connection.Execute("INSERT INTO t VALUES (1)")).ErrorType);
        }
        using var next = _connection.BeginTransaction();
        Assert.Equal(0, Count());
    }

    [Fact]
    public void BeginTransaction_TwoWritersOfOneRow_SecondConflicts()
    {
        _connection.Execute("CREATE TABLE t AS SELECT 1 AS i");
        using var other = _database.Connect();
        using var first = _connection.BeginTransaction();
        _connection.Execute("UPDATE t SET i = 2");
        using (other.BeginTransaction())
            Assert.Equal(DuckDbErrorType.Transaction, Assert.Throws<DuckDbException>(() => other.Execute("UPDATE t SET i = 3")).ErrorType);
        first.Commit();
        Assert.Equal(2, Sum());
    }

    [Fact]
    public void Query_ParquetAndJson_AreBuiltIn()
    {
        using var folder = new TemporaryFolder();
        var parquet = folder.File("x.parquet");
        var json = folder.File("x.jsonl");
        _connection.Execute($"COPY (SELECT range AS i, 'é' || range AS s FROM range(5000)) TO '{parquet}' (FORMAT parquet)");
        _connection.Execute($"COPY (SELECT * FROM '{parquet}') TO '{json}' (FORMAT json)");
        using var result = _connection.Query($"SELECT count(*), sum(i), max(s) FROM read_json('{json}') SEMI JOIN read_parquet('{parquet}') p USING (i, s)");
        var row = result.Rows().Select(r => (r.GetInt64(0), r.GetInt64(1), r.GetString(2))).Single();
        Assert.Equal((5000, 4999 * 5000 / 2, "é999"), row);
    }

    private long Count() => Scalar("SELECT count(*) FROM t");

    private long Sum() => Scalar("SELECT sum(i) FROM t");

    private long Scalar(string sql)
    {
        using var result = _connection.Query(sql);
        return result.Rows().Single().GetInt64(0);
    }
}
