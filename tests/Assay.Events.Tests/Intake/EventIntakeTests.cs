using Assay.Events.Tests.Spool;

namespace Assay.Events.Tests.Intake;

public sealed class EventIntakeTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeEventStore store = new();
    private readonly FakeSpoolDisk disk;
    private readonly EventSpool spool;

    public EventIntakeTests()
    {
        disk = new FakeSpoolDisk(folder.Path);
        spool = new EventSpool(disk, new EventSpoolOptions { AheadBytes = 0 });
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await spool.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Accept_OfAMixedBatch_KeepsTheGoodBesideTheBad()
    {
        var intake = await IntakeAsync();
        var result = await intake.AcceptAsync([Good(1), EventReading.Refused("no unit"), Good(2, clientId: false), EventReading.Refused("bad type")]);
        Assert.Equal((2, 0), (result.Accepted, result.Duplicates));
        Assert.Equal([new RejectedEvent(1, "no unit"), new RejectedEvent(3, "bad type")], result.Rejected);
        Assert.Equal([SampleEvents.Outcome(1, clientId: true), SampleEvents.Outcome(2)], await EventSpoolTests.ReadAllAsync(spool));
    }

    [Fact]
    public async Task Accept_OfARepeatedId_StoresItOnceAndTellsOtherContentApart()
    {
        var intake = await IntakeAsync();
        await intake.AcceptAsync([Good(1)]);
        var result = await intake.AcceptAsync([Good(1), Good(1, value: 2), Good(2)]);
        Assert.Equal((1, 1), (result.Accepted, result.Duplicates));
        Assert.Equal([new RejectedEvent(1, "conflict")], result.Rejected);
        Assert.Equal(2, spool.Appended);
    }

    [Fact]
    public async Task Accept_OfARepetitionWithinTheBatch_StoresTheFirst()
    {
        var intake = await IntakeAsync();
        var result = await intake.AcceptAsync([Good(1), Good(2), Good(1), Good(1, value: 2)]);
        Assert.Equal((2, 1), (result.Accepted, result.Duplicates));
        Assert.Equal([new RejectedEvent(3, "conflict")], result.Rejected);
        Assert.Equal(2, spool.Appended);
    }

    [Fact]
    public async Task Accept_OfTheSameIdsAtOnce_StoresExactlyOneOfEach()
    {
        var intake = await IntakeAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(caller => Task.Run(() =>
            intake.AcceptAsync([.. Enumerable.Range(0, 200).OrderBy(i => (i * 7 + caller * 31) % 200).Select(i => Good(i))]))));
        Assert.Equal(200, results.Sum(r => r.Accepted));
        Assert.Equal(15 * 200, results.Sum(r => r.Duplicates));
        Assert.Empty(results.SelectMany(r => r.Rejected));
        Assert.Equal(200, (await EventSpoolTests.ReadAllAsync(spool)).Select(e => e.Id).Distinct().Count());
        Assert.Equal(200, spool.Appended);
    }

    [Fact]
    public async Task Accept_WhileAnotherCallWritesTheId_AnswersOnlyWhenThatIsOnDisk()
    {
        var intake = await IntakeAsync();
        disk.Held.Reset();
        var first = intake.AcceptAsync([Good(1)]);
        var second = intake.AcceptAsync([Good(1)]);
        Assert.False(second.IsCompleted);
        disk.Held.Set();
        Assert.Equal(1, (await first).Accepted);
        Assert.Equal(1, (await second).Duplicates);
    }

    [Fact]
    public async Task Accept_WhenTheCallThatHeldTheIdFails_StoresItInItsPlace()
    {
        var intake = await IntakeAsync();
        disk.Held.Reset();
        var first = intake.AcceptAsync([Good(1)]);
        var second = intake.AcceptAsync([Good(1)]);
        // The first write fails for want of room; nothing more is needed for the second to succeed.
        disk.Room = 10;
        disk.OnFull = () => disk.Room = long.MaxValue;
        disk.Held.Set();
        await Assert.ThrowsAsync<SpoolUnavailableException>(() => first);
        Assert.Equal((1, 0), ((await second).Accepted, (await second).Duplicates));
        Assert.Equal(1, spool.Appended);
    }

    [Fact]
    public async Task Accept_OnAFullDisk_AcknowledgesNothingAndMayBeRepeated()
    {
        var intake = await IntakeAsync();
        disk.Room = 0;
        await Assert.ThrowsAsync<SpoolUnavailableException>(() => intake.AcceptAsync([Good(1), Good(2, clientId: false)]));
        disk.Room = long.MaxValue;
        Assert.Equal(1, (await intake.AcceptAsync([Good(1)])).Accepted);
    }

    [Fact]
    public async Task Accept_OfAnIdThatLeftMemory_AsksTheStore()
    {
        var intake = await IntakeAsync(new EventIntakeOptions { RecentIds = 10, FilterIds = 8 });
        for (var i = 0; i < 100; i++) await intake.AcceptAsync([Good(i)]);
        using var drain = new SpoolDrain(spool, store, new FakeTime());
        await drain.DrainToEndAsync();
        var lookups = store.Lookups;
        var result = await intake.AcceptAsync([.. Enumerable.Range(0, 100).Select(i => Good(i)), Good(0, value: 5), Good(500)]);
        Assert.Equal((1, 100), (result.Accepted, result.Duplicates));
        Assert.Equal([new RejectedEvent(100, "conflict")], result.Rejected);
        Assert.True(store.Lookups > lookups);
    }

    [Fact]
    public async Task Accept_OfManyIdsWhileNothingIsDrained_ForgetsNone()
    {
        var intake = await IntakeAsync(new EventIntakeOptions { RecentIds = 10 });
        for (var i = 0; i < 100; i++) await intake.AcceptAsync([Good(i)]);
        store.IsOut = true;
        var result = await intake.AcceptAsync([.. Enumerable.Range(0, 100).Select(i => Good(i))]);
        Assert.Equal((0, 100), (result.Accepted, result.Duplicates));
    }

    [Fact]
    public async Task Accept_WithTooManyIdsUndrained_RefusesThoseWithIdsOnly()
    {
        var intake = await IntakeAsync(new EventIntakeOptions { RecentIds = 5, MostUndrainedIds = 10 });
        for (var i = 0; i < 10; i++) await intake.AcceptAsync([Good(i)]);
        await Assert.ThrowsAsync<SpoolUnavailableException>(() => intake.AcceptAsync([Good(10)]));
        Assert.Equal(1, (await intake.AcceptAsync([Good(11, clientId: false)])).Accepted);
        using var drain = new SpoolDrain(spool, store, new FakeTime());
        await drain.DrainToEndAsync();
        Assert.Equal(1, (await intake.AcceptAsync([Good(10)])).Accepted);
    }

    [Fact]
    public async Task Accept_WhenAnOldIdCannotBeLookedUp_StoresNothingOfTheBatch()
    {
        var intake = await IntakeAsync(new EventIntakeOptions { RecentIds = 1 });
        for (var i = 0; i < 10; i++) await intake.AcceptAsync([Good(i)]);
        using var drain = new SpoolDrain(spool, store, new FakeTime());
        await drain.DrainToEndAsync();
        await intake.AcceptAsync([Good(50)]); // makes room
        store.IsOut = true;
        await Assert.ThrowsAsync<EventStoreUnavailableException>(() => intake.AcceptAsync([Good(99), Good(0)]));
        Assert.Equal(11, spool.Appended);
        Assert.Equal(1, (await intake.AcceptAsync([Good(99)])).Accepted);
    }

    [Fact]
    public async Task Rebuild_AfterARestart_KnowsWhatIsStoredAndWhatWaits()
    {
        var before = await IntakeAsync();
        await before.AcceptAsync([Good(1)]);
        using (var drain = new SpoolDrain(spool, store, new FakeTime())) await drain.DrainToEndAsync();
        await before.AcceptAsync([Good(2)]);

        var after = new EventIntake(spool, store, new EventIntakeOptions { StartWait = TimeSpan.Zero });
        Assert.False(after.IsReady);
        await Assert.ThrowsAsync<SpoolUnavailableException>(() => after.AcceptAsync([Good(3)]));
        Assert.Equal(1, (await after.AcceptAsync([Good(4, clientId: false)])).Accepted);
        await after.RebuildAsync();
        var result = await after.AcceptAsync([Good(1), Good(2), Good(3), Good(2, value: 9)]);
        Assert.Equal((1, 2), (result.Accepted, result.Duplicates));
        Assert.Equal([new RejectedEvent(3, "conflict")], result.Rejected);
    }

    [Fact]
    public async Task Accept_BeforeTheRebuildIsDone_WaitsForIt()
    {
        var intake = new EventIntake(spool, store);
        var early = intake.AcceptAsync([Good(1)]);
        Assert.False(early.IsCompleted);
        Assert.Equal(1, (await intake.AcceptAsync([Good(2, clientId: false)])).Accepted);
        await intake.RebuildAsync();
        Assert.Equal(1, (await early).Accepted);
    }

    [Fact]
    public async Task Accept_BeforeTheRebuildIsDone_EndsWithItsCaller()
    {
        var intake = new EventIntake(spool, store);
        using var caller = new CancellationTokenSource();
        var early = intake.AcceptAsync([Good(1)], caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => early);
        Assert.Equal(0, spool.Appended);
    }

    private static EventReading Good(int number, bool clientId = true, double value = 1) => EventReading.Of(SampleEvents.Outcome(number, clientId, value));

    private async Task<EventIntake> IntakeAsync(EventIntakeOptions? options = null)
    {
        var intake = new EventIntake(spool, store, options);
        await intake.RebuildAsync();
        return intake;
    }
}
