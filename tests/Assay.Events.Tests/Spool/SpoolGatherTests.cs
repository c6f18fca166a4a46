namespace Assay.Events.Tests.Spool;

public sealed class SpoolGatherTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private int pauses;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Append_OneAfterAnother_IsNeverHeldUp()
    {
        var disk = new FakeSpoolDisk(folder.Path);
        await using var spool = new EventSpool(disk, new EventSpoolOptions { AheadBytes = 0 }, Pause);
        for (var i = 0; i < 10; i++) await spool.AppendAsync([SampleEvents.Outcome(i)]);
        Assert.Equal(10, disk.Flushes);
        Assert.Equal(0, pauses);
    }

    [Fact]
    public async Task Append_AfterAGroupOfMany_WaitsForMoreOnceAndIsStored()
    {
        var disk = new FakeSpoolDisk(folder.Path);
        await using var spool = new EventSpool(disk, new EventSpoolOptions { AheadBytes = 0 }, Pause);
        await AppendManyAsync(disk, spool, 50);
        var before = pauses;
        await spool.AppendAsync([SampleEvents.Outcome(50)]);
        Assert.Equal(before + 1, pauses);
        await spool.AppendAsync([SampleEvents.Outcome(51)]);
        Assert.Equal(before + 1, pauses); // the group before was small again
        Assert.Equal(SampleEvents.Outcomes(0, 52), await EventSpoolTests.ReadAllAsync(spool));
    }

    [Fact]
    public async Task Append_OfManyAtOnce_AnswersEachWithItsOwnOutcome()
    {
        var disk = new FakeSpoolDisk(folder.Path);
        await using var spool = new EventSpool(disk, new EventSpoolOptions { AheadBytes = 0 }, Pause);
        await AppendManyAsync(disk, spool, 200);
        disk.FlushFails = true;
        disk.Held.Reset();
        var failing = Enumerable.Range(0, 50).Select(i => spool.AppendAsync([SampleEvents.Outcome(i)]).AsTask()).ToList();
        disk.Held.Set();
        foreach (var append in failing) await Assert.ThrowsAsync<SpoolUnavailableException>(() => append);
        disk.FlushFails = false;
        await spool.AppendAsync([SampleEvents.Outcome(200)]);
        Assert.Equal(SampleEvents.Outcomes(0, 201), await EventSpoolTests.ReadAllAsync(spool));
    }

    [Theory]
    [InlineData(3, 1, 100, false)] // quiet
    [InlineData(4, 1, 100, true)]
    [InlineData(4, 20, 100, false)] // enough
    [InlineData(500, 2, 64 * 1024, false)] // large
    public void IsWorthwhile_OnlyUnderLoadAndForSmallGroups(int previous, int waiting, long bytes, bool expected) =>
        Assert.Equal(expected, GatherPause.IsWorthwhile(previous, waiting, bytes));

    private static async Task AppendManyAsync(FakeSpoolDisk disk, EventSpool spool, int count)
    {
        disk.Held.Reset();
        disk.Begun.Reset();
        List<Task> pending = [spool.AppendAsync([SampleEvents.Outcome(0)]).AsTask()];
        Assert.True(disk.Begun.Wait(TimeSpan.FromSeconds(30)));
        // The first is being written: all others are one group.
        pending.AddRange(Enumerable.Range(1, count - 1).Select(i => spool.AppendAsync([SampleEvents.Outcome(i)]).AsTask()));
        disk.Held.Set();
        await Task.WhenAll(pending);
    }

    private void Pause() => Interlocked.Increment(ref pauses);
}
