namespace Assay.DuckDb.Tests;

[Trait("Kind", "contract")]
public sealed class DuckDbDatabaseTests
{
    [Fact]
    public void LibraryVersion_OfTheFetchedLibrary_IsThePinnedOne() => Assert.Equal("v1.5.6", DuckDbDatabase.LibraryVersion);

    [Fact]
    public void Open_InMemory_AnswersQueries()
    {
        using var database = DuckDbDatabase.Open();
        using var connection = database.Connect();
        using var result = connection.Query("SELECT 40 + 2 AS answer");
        Assert.Equal("answer", Assert.Single(result.Columns).Name);
        Assert.Equal(42, Assert.Single(result.Rows().Select(r => r.GetInt64(0))));
    }

    [Fact]
    public void Open_FileClosedBefore_FindsWhatWasCommitted()
    {
        using var folder = new TemporaryFolder();
        for (var round = 0; round < 3; round++)
        {
            using var database = DuckDbDatabase.Open(folder.File("events.duckdb"));
            using var connection = database.Connect();
            connection.Execute("CREATE TABLE IF NOT EXISTS t (i BIGINT)");
            connection.Execute("INSERT INTO t SELECT range FROM range(1000)");
            using var result = connection.Query("SELECT count(*) FROM t");
            Assert.Equal(1000 * (round + 1), result.Rows().Single().GetInt64(0));
        }
    }

    [Fact]
    public void Open_Settings_AreInForce()
    {
        var settings = new Dictionary<string, string> { ["threads"] = "1", ["memory_limit"] = "100MiB" };
        using var database = DuckDbDatabase.Open(DuckDbDatabase.InMemory, settings);
        using var connection = database.Connect();
        using var result = connection.Query("SELECT current_setting('threads'), current_setting('memory_limit')");
        var row = result.Rows().Select(r => (Threads: r.GetInt64(0), Memory: r.GetString(1))).Single();
        Assert.Equal((1, "100.0 MiB"), row);
    }

    [Theory]
    [InlineData("threads", "many")]
    [InlineData("no_such_setting", "1")]
    public void Open_BadSetting_SaysWhich(string name, string value)
    {
        var error = Assert.Throws<DuckDbException>(() => DuckDbDatabase.Open(settings: new Dictionary<string, string> { [name] = value }));
        Assert.Contains(name == "threads" ? "many" : name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ReadOnly_RefusesWrites()
    {
        using var folder = new TemporaryFolder();
        using (var created = DuckDbDatabase.Open(folder.File("x.duckdb"))) created.Connect().Dispose();
        var settings = new Dictionary<string, string> { ["access_mode"] = "READ_ONLY" };
        using var database = DuckDbDatabase.Open(folder.File("x.duckdb"), settings);
        using var connection = database.Connect();
        var error = Assert.Throws<DuckDbException>(() => connection.Execute("CREATE TABLE t (i INTEGER)"));
        Assert.Equal(DuckDbErrorType.InvalidInput, error.ErrorType);
        Assert.Contains("read-only", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileThatIsNoDatabase_Throws()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("text.duckdb"), new string('x', 10_000));
        var error = Assert.Throws<DuckDbException>(() => DuckDbDatabase.Open(folder.File("text.duckdb")));
        Assert.Equal(DuckDbErrorType.IO, error.ErrorType);
        Assert.Contains("text.duckdb", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FolderThatIsAbsent_Throws()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(DuckDbErrorType.IO, Assert.Throws<DuckDbException>(() => DuckDbDatabase.Open(folder.File("absent/x.duckdb"))).ErrorType);
    }

    [Fact]
    public void Dispose_Twice_DoesNothing()
    {
        var database = DuckDbDatabase.Open();
        var connection = database.Connect();
        var statement = connection.Prepare("SELECT 1");
        var result = statement.Execute();
        var chunk = result.FetchChunk()!;
        for (var i = 0; i < 2; i++)
        {
            database.Dispose();
            connection.Dispose();
            statement.Dispose();
            result.Dispose();
            chunk.Dispose();
        }
        Assert.Throws<ObjectDisposedException>(() => database.Connect());
        Assert.Throws<ObjectDisposedException>(() => connection.Query("SELECT 1"));
        Assert.Throws<ObjectDisposedException>(() => connection.Interrupt());
        Assert.Throws<ObjectDisposedException>(() => statement.Execute());
        Assert.Throws<ObjectDisposedException>(() => result.FetchChunk());
        Assert.Throws<ObjectDisposedException>(() => chunk[0]);
    }

    [Fact]
    public async Task Connect_WriterAndReaders_EachSeesWholeCommitsOnly()
    {
        using var folder = new TemporaryFolder();
        using var database = DuckDbDatabase.Open(folder.File("x.duckdb"));
        using var writer = database.Connect();
        writer.Execute("CREATE TABLE t (batch BIGINT, i BIGINT)");
        var done = 0;
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(() =>
        {
            using var connection = database.Connect();
            using var count = connection.Prepare("SELECT count(*) FROM t");
            long seen = 0;
            while (Volatile.Read(ref done) == 0 || seen < 20 * 500)
            {
                using var result = count.Execute();
                var now = result.Rows().Single().GetInt64(0);
                Assert.True(now >= seen && now % 500 == 0, $"{now} rows after {seen}");
                seen = now;
            }
        }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        for (var batch = 0; batch < 20; batch++)
        {
            using var transaction = writer.BeginTransaction();
            writer.Execute($"INSERT INTO t SELECT {batch}, range FROM range(250)");
            writer.Execute($"INSERT INTO t SELECT {batch}, range FROM range(250)");
            transaction.Commit();
        }
        Volatile.Write(ref done, 1);
        await Task.WhenAll(readers).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }
}
