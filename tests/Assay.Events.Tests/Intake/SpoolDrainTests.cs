namespace Assay.Events.Tests.Intake;

public sealed class SpoolDrainTests : IDisposable
{
    private static readonly EventSpoolOptions SmallSegments = new() { SegmentBytes = 2000 };
    private readonly TemporaryFolder folder = new();
    private readonly FakeEventStore store = new();
    private readonly FakeTime time = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Drain_ThroughFailuresAndCrashesAtRandomPoints_StoresEachEventOnceInOrder(int seed)
    {
        var random = new Random(seed);
        store.OnWrite = () => (FakeEventStore.Failure)random.Next(3);
        var appended = 0;
        for (var life = 0; life < 15; life++)
        {
            // A life: the process opens the spool, takes events, drains as far as the store lets it, and dies.
            await using var spool = EventSpool.Open(folder.Path, SmallSegments);
            using var drain = new SpoolDrain(spool, store, time, new SpoolDrainOptions { BatchEvents = 5 });
            for (var step = random.Next(12); step > 0; step--)
            {
                var count = random.Next(1, 8);
                await spool.AppendAsync(SampleEvents.Outcomes(appended, count));
                appended += count;
                if (random.Next(2) == 0) continue;
                try
                {
                    await drain.DrainToEndAsync();
                    Assert.Equal(0, drain.LagEvents);
                }
                catch (EventStoreUnavailableException e)
                {
                    Assert.Equal(e.Message, drain.LastError);
                }
            }
        }
        store.OnWrite = () => FakeEventStore.Failure.None;
        await using var last = EventSpool.Open(folder.Path, SmallSegments);
        using var healthy = new SpoolDrain(last, store, time);
        await healthy.DrainToEndAsync();
        Assert.Equal(SampleEvents.Outcomes(0, appended), store.Events);
        Assert.Equal((0L, 0L), (healthy.LagEvents, healthy.LagBytes));
        Assert.Null(healthy.LastError);
        Assert.Single(Directory.GetFiles(folder.Path, "*.log"));
    }

    [Fact]
    public async Task Run_WhileTheStoreIsOut_RetriesWithGrowingPausesAndLosesNothing()
    {
        var failures = 12;
        store.OnWrite = () => failures-- > 0 ? FakeEventStore.Failure.Before : FakeEventStore.Failure.None;
        await using var spool = EventSpool.Open(folder.Path);
        await spool.AppendAsync(SampleEvents.Outcomes(0, 10));
        using var drain = new SpoolDrain(spool, store, time);
        using var stop = new CancellationTokenSource();
        var running = drain.RunAsync(stop.Token);
        await EventuallyAsync(() => store.Events.Count == 10);
        await stop.CancelAsync();
        await running;
        Assert.Equal(SampleEvents.Outcomes(0, 10), store.Events);
        var pauses = time.Waits.Take(12).Select(w => w.TotalMilliseconds);
        Assert.Equal([100, 200, 400, 800, 1600, 3200, 6400, 12800, 25600, 30000, 30000, 30000], pauses);
    }

    [Fact]
    public async Task Run_WithAppendsBeside_MovesAllOfThem()
    {
        await using var spool = EventSpool.Open(folder.Path, SmallSegments);
        using var drain = new SpoolDrain(spool, store, time, new SpoolDrainOptions { BatchEvents = 50 });
        using var stop = new CancellationTokenSource();
        var running = drain.RunAsync(stop.Token);
        for (var i = 0; i < 300; i++)
        {
            await spool.AppendAsync([SampleEvents.Outcome(i)]);
            if (i % 100 != 50) continue;
            await drain.DrainToEndAsync();
            Assert.True(store.Events.Count > i);
        }
        await drain.DrainToEndAsync();
        await stop.CancelAsync();
        await running;
        Assert.Equal(SampleEvents.Outcomes(0, 300), store.Events);
    }

    [Fact]
    public async Task Drain_WhenTheStoreKnowsALaterSpool_StartsFromTheOldestEvent()
    {
        store.Position = new SpoolPosition(9, 12345);
        await using var spool = EventSpool.Open(folder.Path);
        await spool.AppendAsync(SampleEvents.Outcomes(0, 3));
        using var drain = new SpoolDrain(spool, store, time);
        await drain.DrainToEndAsync();
        Assert.Equal(SampleEvents.Outcomes(0, 3), store.Events);
        Assert.Equal(spool.End, store.Position);
    }

    [Fact]
    public async Task Lag_CountsWhatIsNotYetStored()
    {
        await using (var earlier = EventSpool.Open(folder.Path)) await earlier.AppendAsync(SampleEvents.Outcomes(0, 4));
        await using var spool = EventSpool.Open(folder.Path);
        using var drain = new SpoolDrain(spool, store, time);
        Assert.Null(drain.LagEvents);
        Assert.True(drain.LagBytes > 0);
        await drain.DrainToEndAsync();
        await spool.AppendAsync(SampleEvents.Outcomes(4, 3));
        Assert.Equal(3, drain.LagEvents);
        Assert.True(drain.LagBytes > 0);
    }

    private static async Task EventuallyAsync(Func<bool> condition)
    {
        for (var i = 0; i < 3000 && !condition(); i++) await Task.Delay(10);
        Assert.True(condition());
    }
}
