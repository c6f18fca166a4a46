namespace Assay.Events.Tests.Spool;

public sealed class EventSpoolTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Append_ThenReopen_GivesTheSameEventsInOrder()
    {
        var events = SampleEvents.Outcomes(0, 100);
        await using (var spool = EventSpool.Open(folder.Path))
        {
            await spool.AppendAsync(events[..1]);
            await spool.AppendAsync(events[1..]);
        }
        await using var reopened = EventSpool.Open(folder.Path);
        Assert.Equal(events, await ReadAllAsync(reopened));
        Assert.Equal(0, reopened.TornBytes);
        Assert.Empty(reopened.Damages);
    }

    [Fact]
    public async Task Append_FromManyAtOnce_StoresEachOnceAndEveryAppendersInOrder()
    {
        await using var spool = EventSpool.Open(folder.Path, new EventSpoolOptions { SegmentBytes = 20_000 });
        await Task.WhenAll(Enumerable.Range(0, 32).Select(appender => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++) await spool.AppendAsync([SampleEvents.Outcome(appender * 1000 + i)]);
        })));
        var read = (await ReadAllAsync(spool)).Cast<OutcomeEvent>().ToList();
        Assert.Equal(1600, read.Count);
        Assert.Equal(1600, spool.Appended);
        foreach (var group in read.GroupBy(e => int.Parse(e.Id[1..], System.Globalization.CultureInfo.InvariantCulture) / 1000))
            Assert.Equal(SampleEvents.Outcomes(group.Key * 1000, 50), group);
        Assert.True(Directory.GetFiles(folder.Path, "*.log").Length > 3);
    }

    [Fact]
    public async Task Open_WhileAnotherHasIt_NamesTheFolderAndWhatToDo()
    {
        await using var spool = EventSpool.Open(folder.Path);
        var error = Assert.Throws<SpoolInUseException>(() => EventSpool.Open(folder.Path));
        Assert.Contains(folder.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains("--data", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_AfterCancellation_WritesNothing()
    {
        await using var spool = EventSpool.Open(folder.Path);
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await spool.AppendAsync([SampleEvents.Outcome(1)], new CancellationToken(canceled: true)));
        Assert.Equal(new SpoolPosition(1, 0), spool.End);
    }

    [Fact]
    public async Task Append_OfMoreThanAGroup_StoresAll()
    {
        var events = SampleEvents.Outcomes(0, 300);
        await using var spool = EventSpool.Open(folder.Path, new EventSpoolOptions { GroupBytes = 1000, SegmentBytes = 5000 });
        await spool.AppendAsync(events);
        await spool.AppendAsync(events);
        Assert.Equal([.. events, .. events], await ReadAllAsync(spool));
        Assert.Equal(600, spool.CountFrom(SpoolPosition.Start));
    }

    [Fact]
    public async Task Open_AfterAKill_TakesZerosAllocatedAheadForNothing()
    {
        using var killed = new TemporaryFolder();
        await using (var spool = EventSpool.Open(folder.Path))
        {
            await spool.AppendAsync([SampleEvents.Outcome(1)]);
            Assert.True(new FileInfo(folder.File("00000001.log")).Length > 100_000);
            File.Copy(folder.File("00000001.log"), killed.File("00000001.log"));
        }
        Assert.InRange(new FileInfo(folder.File("00000001.log")).Length, 1, 1000);
        await using var reopened = EventSpool.Open(killed.Path);
        Assert.Equal([SampleEvents.Outcome(1)], await ReadAllAsync(reopened));
        Assert.Equal(0, reopened.TornBytes);
    }

    [Fact]
    public async Task WaitForData_CompletesWithTheNextAppend()
    {
        await using var spool = EventSpool.Open(folder.Path);
        await spool.AppendAsync([SampleEvents.Outcome(1)]);
        var waiting = spool.WaitForDataAsync(spool.End);
        Assert.False(waiting.IsCompleted);
        Assert.True(spool.WaitForDataAsync(SpoolPosition.Start).IsCompleted);
        await spool.AppendAsync([SampleEvents.Outcome(2)]);
        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Read_FromAPositionAfterTheEnd_IsMisuse()
    {
        await using var spool = EventSpool.Open(folder.Path);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await spool.ReadAsync(new SpoolPosition(7, 0), 10));
    }

    [Fact]
    public async Task DeleteBefore_RemovesWholeSegmentsAndNothingUnread()
    {
        await using var spool = EventSpool.Open(folder.Path, new EventSpoolOptions { SegmentBytes = 1000 });
        for (var i = 0; i < 40; i++) await spool.AppendAsync([SampleEvents.Outcome(i)]);
        var segments = Directory.GetFiles(folder.Path, "*.log").Length;
        var batch = await spool.ReadAsync(SpoolPosition.Start, 20);
        spool.DeleteBefore(batch.Next);
        Assert.True(Directory.GetFiles(folder.Path, "*.log").Length < segments);
        Assert.Equal(batch.Next, spool.Consumed);
        Assert.Equal(40 - batch.Events.Count, spool.CountFrom(batch.Next));
        Assert.Equal(SampleEvents.Outcomes(batch.Events.Count, 40 - batch.Events.Count), await ReadAllAsync(spool, batch.Next));
    }

    [Fact]
    public async Task BytesFrom_IsWhatLiesBetweenTwoPositions()
    {
        await using var spool = EventSpool.Open(folder.Path, new EventSpoolOptions { SegmentBytes = 1000, AheadBytes = 0 });
        for (var i = 0; i < 20; i++) await spool.AppendAsync([SampleEvents.Outcome(i)]);
        var files = Directory.GetFiles(folder.Path, "*.log").Sum(f => new FileInfo(f).Length);
        Assert.Equal(files, spool.BytesFrom(SpoolPosition.Start));
        Assert.Equal(0, spool.BytesFrom(spool.End));
    }

    internal static async Task<List<AssayEvent>> ReadAllAsync(EventSpool spool, SpoolPosition from = default, int maxEvents = 7)
    {
        var all = new List<AssayEvent>();
        while (true)
        {
            var batch = await spool.ReadAsync(from, maxEvents);
            if (batch.Events.Count == 0 && batch.Next <= from) return all;
            all.AddRange(batch.Events);
            if (batch.Events.Count == 0) return all;
            from = batch.Next;
        }
    }
}
