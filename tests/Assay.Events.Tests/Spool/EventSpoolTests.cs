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
