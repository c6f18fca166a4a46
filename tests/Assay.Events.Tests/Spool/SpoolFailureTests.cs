namespace Assay.Events.Tests.Spool;

public sealed class SpoolFailureTests : IDisposable
{
    private static readonly EventSpoolOptions NothingAhead = new() { AheadBytes = 0 };
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(33)]
    [InlineData(100)]
    public async Task Append_OnAFullDisk_AcknowledgesNothingAndRecovers(int room)
    {
        var disk = new FakeSpoolDisk(folder.Path);
        await using (var spool = new EventSpool(disk, NothingAhead))
        {
            await spool.AppendAsync([SampleEvents.Outcome(0)]);
            disk.Room = room;
            await Assert.ThrowsAsync<SpoolUnavailableException>(async () => await spool.AppendAsync([SampleEvents.Outcome(1)]));
            await Assert.ThrowsAsync<SpoolUnavailableException>(async () => await spool.AppendAsync([SampleEvents.Outcome(2)]));
            disk.Room = long.MaxValue;
            await spool.AppendAsync([SampleEvents.Outcome(3)]);
            Assert.Equal(2, spool.Appended);
        }
        await ExpectAsync(0, 3);
    }

    [Fact]
    public async Task Append_WithRoomForTheEventsOnly_StoresThem()
    {
        var disk = new FakeSpoolDisk(folder.Path);
        await using (var spool = new EventSpool(disk, new EventSpoolOptions()))
        {
            var full = 0;
            disk.OnFull = () =>
            {
                full++;
                disk.Room = 2000;
            };
            disk.Room = 5000;
            await spool.AppendAsync([SampleEvents.Outcome(0)]);
            await spool.AppendAsync([SampleEvents.Outcome(1)]);
            Assert.Equal(2, full);
        }
        await ExpectAsync(0, 1);
    }

    [Fact]
    public async Task Append_WhenTheFlushFails_LeavesNoTraceAndGoesOnInANewSegment()
    {
        var disk = new FakeSpoolDisk(folder.Path);
        await using (var spool = new EventSpool(disk, NothingAhead))
        {
            await spool.AppendAsync([SampleEvents.Outcome(0)]);
            disk.FlushFails = true;
            await Assert.ThrowsAsync<SpoolUnavailableException>(async () => await spool.AppendAsync([SampleEvents.Outcome(1)]));
            disk.FlushFails = false;
            await spool.AppendAsync([SampleEvents.Outcome(2)]);
            Assert.True(spool.End.Segment > 1);
        }
        await ExpectAsync(0, 2);
    }

    [Fact]
    public async Task Append_WhileAFailedGroupCannotBeRemoved_FailsUntilItCan()
    {
        var disk = new FakeSpoolDisk(folder.Path);
        await using (var spool = new EventSpool(disk, NothingAhead))
        {
            (disk.Room, disk.TruncateFails) = (50, true);
            await Assert.ThrowsAsync<SpoolUnavailableException>(async () => await spool.AppendAsync([SampleEvents.Outcome(1)]));
            disk.Room = long.MaxValue;
            await Assert.ThrowsAsync<SpoolUnavailableException>(async () => await spool.AppendAsync([SampleEvents.Outcome(2)]));
            disk.TruncateFails = false;
            await spool.AppendAsync([SampleEvents.Outcome(3)]);
        }
        await ExpectAsync(3);
    }

    [Fact]
    public async Task Append_WhenNoNewSegmentCanBeMade_FailsAndRecovers()
    {
        var disk = new FakeSpoolDisk(folder.Path);
        await using (var spool = new EventSpool(disk, NothingAhead with { SegmentBytes = 100 }))
        {
            await spool.AppendAsync([SampleEvents.Outcome(0)]);
            disk.CreateFails = true;
            await Assert.ThrowsAsync<SpoolUnavailableException>(async () => await spool.AppendAsync([SampleEvents.Outcome(1)]));
            disk.CreateFails = false;
            await spool.AppendAsync([SampleEvents.Outcome(2)]);
        }
        await ExpectAsync(0, 2);
    }

    [Fact]
    public async Task Append_FasterThanTheDisk_IsRefusedInsteadOfFillingTheMemory()
    {
        var disk = new FakeSpoolDisk(folder.Path);
        await using var spool = new EventSpool(disk, NothingAhead with { WaitingBytes = 1000 });
        disk.Held.Reset();
        var pending = new List<Task>();
        SpoolUnavailableException? refused = null;
        for (var i = 0; i < 100 && refused is null; i++)
        {
            try
            {
                pending.Add(spool.AppendAsync([SampleEvents.Outcome(i)]).AsTask());
            }
            catch (SpoolUnavailableException e)
            {
                refused = e;
            }
        }
        disk.Held.Set();
        await Task.WhenAll(pending);
        Assert.NotNull(refused);
        Assert.Equal(SampleEvents.Outcomes(0, pending.Count), await EventSpoolTests.ReadAllAsync(spool));
    }

    [Fact]
    public async Task Append_OfManyThatWait_SharesOneFlush()
    {
        var disk = new FakeSpoolDisk(folder.Path);
        await using var spool = new EventSpool(disk, NothingAhead);
        disk.Held.Reset();
        var pending = Enumerable.Range(0, 50).Select(i => spool.AppendAsync([SampleEvents.Outcome(i)]).AsTask()).ToList();
        disk.Held.Set();
        await Task.WhenAll(pending);
        // One for those that were taken before the disk was held up, one for all others.
        Assert.InRange(disk.Flushes, 1, 2);
    }

    [Fact]
    public async Task Dispose_WithAppendsWaiting_WritesThem()
    {
        var disk = new FakeSpoolDisk(folder.Path);
        var spool = new EventSpool(disk, NothingAhead);
        disk.Held.Reset();
        var pending = Enumerable.Range(0, 5).Select(i => spool.AppendAsync([SampleEvents.Outcome(i)]).AsTask()).ToList();
        var disposing = spool.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await spool.AppendAsync([SampleEvents.Outcome(9)]));
        disk.Held.Set();
        await Task.WhenAll(pending);
        await disposing;
        await ExpectAsync(0, 1, 2, 3, 4);
    }

    private async Task ExpectAsync(params int[] numbers)
    {
        await using var reopened = EventSpool.Open(folder.Path);
        Assert.Equal(numbers.Select(n => (AssayEvent)SampleEvents.Outcome(n)), await EventSpoolTests.ReadAllAsync(reopened));
        Assert.Empty(reopened.Damages);
    }
}
