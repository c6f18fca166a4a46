using Assay.Events;
using static Assay.Storage.Tests.Given;

namespace Assay.Storage.Tests.Embedded;

public sealed class EventStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Write_BatchThatComesAgain_IsIgnored()
    {
        using var store = Open();
        AssayEvent[] batch = [Exposure("a", "control"), Outcome("a", "resolved", 1)];

        await store.WriteAsync(batch, new SpoolPosition(1, 100));
        await store.WriteAsync(batch, new SpoolPosition(1, 100));
        await store.WriteAsync(batch, new SpoolPosition(1, 50));

        Assert.Equal(1, (await store.CountRowsAsync())["outcomes"]);
        Assert.Equal(new SpoolPosition(1, 100), await store.ReadPositionAsync());
    }

    [Fact]
    public async Task Write_ThenReopen_KeepsEventsAndPosition()
    {
        using (var store = Open())
        {
            Assert.Equal(SpoolPosition.Start, await store.ReadPositionAsync());
            await store.WriteAsync([Exposure("a", "control"), Generation("a")], new SpoolPosition(2, 7));
        }

        using var reopened = Open();

        Assert.Equal(new SpoolPosition(2, 7), await reopened.ReadPositionAsync());
        var rows = await reopened.CountRowsAsync();
        Assert.Equal((1, 1), (rows["exposures"], rows["generations"]));
    }

    [Fact]
    public async Task Write_ThatFailsMidway_LeavesNothing()
    {
        using var store = Open();
        AssayEvent[] batch = [Outcome("a", "resolved", 1), Outcome("b", null!)];

        await Assert.ThrowsAsync<EventStoreUnavailableException>(() => store.WriteAsync(batch, new SpoolPosition(1, 100)));

        Assert.Equal(0, (await store.CountRowsAsync())["outcomes"]);
        Assert.Equal(SpoolPosition.Start, await store.ReadPositionAsync());
        await store.WriteAsync([batch[0]], new SpoolPosition(1, 100));
        Assert.Equal(1, (await store.CountRowsAsync())["outcomes"]);
    }

    [Fact]
    public async Task Write_ClientIdTwice_IsKeptOnce()
    {
        using var store = Open();
        await store.WriteAsync([Outcome("a", "m", 1, clientId: "x"), Outcome("a", "m", 1, clientId: "x")], new SpoolPosition(1, 1));
        await store.WriteAsync([Outcome("a", "m", 1, clientId: "x"), Outcome("a", "m", 2, clientId: "y")], new SpoolPosition(1, 2));

        Assert.Equal(2, (await store.CountRowsAsync())["outcomes"]);
    }

    [Fact]
    public async Task Find_StoredIds_GivesTheirContentHashes()
    {
        using var store = Open();
        var stored = Outcome("a", "m", 1, clientId: "x");
        await store.WriteAsync([stored, Outcome("a", "m", 1)], new SpoolPosition(1, 1));

        var found = await store.FindAsync([EventFingerprint.OfId("x"), EventFingerprint.OfId("y")]);

        Assert.Equal([KeyValuePair.Create(EventFingerprint.OfId("x"), EventJson.ContentHash(stored))], found);
        Assert.Equal([EventFingerprint.OfId("x")], await store.ReadIdHashesAsync().ToListAsync());
    }

    [Fact]
    public async Task Write_RepeatedExposures_CollapseToTheEarliestPerVariant()
    {
        using var store = Open();
        await store.WriteAsync([Exposure("a", "control", 5), Exposure("a", "control", 9), Exposure("b", "control", 3)], new SpoolPosition(1, 1));
        await store.WriteAsync([Exposure("a", "control", 2), Exposure("a", "control", 7), Exposure("b", "treatment", 4), Exposure("b", "treatment", 8)], new SpoolPosition(1, 2));

        Assert.Equal(3, (await store.CountRowsAsync())["exposures"]);
        // The outcome at minute 2 counts only if the exposure's time went back to it.
        await store.WriteAsync([Outcome("a", "resolved", 1, 2)], new SpoolPosition(1, 3));
        var moments = await store.ReadMomentsAsync(new MomentsQuery(Experiment(Proportion("resolved")), 1));
        Assert.Equal(1, moments.Metrics[0].Arms[0].Successes);
        Assert.Equal(new ArmUnits("control", 2, 1), moments.Arms[0]);
    }

    [Fact]
    public async Task Write_TextWithHalfASurrogatePair_StoresTheReplacementCharacter()
    {
        using var store = Open();

        await store.WriteAsync([Outcome("a", "m", text: "x\ud800y")], new SpoolPosition(1, 1));

        Assert.Equal("x\ufffdy", store.WithConnection(c => { using var r = c.Query("SELECT text FROM outcomes"); return r.Rows().First().GetString(0); }));
    }

    [Fact]
    public async Task Write_MoreRowsThanAChunk_KeepsAll()
    {
        using var store = Open();
        var events = Enumerable.Range(0, 5_000).Select(i => (AssayEvent)Outcome("u" + i, "m", i)).ToArray();

        await store.WriteAsync(events, new SpoolPosition(1, 1));

        Assert.Equal(5_000, (await store.CountRowsAsync())["outcomes"]);
        Assert.Equal(12_497_500, store.WithConnection(c => { using var r = c.Query("SELECT sum(value) FROM outcomes"); return r.Rows().First().GetDouble(0); }));
    }

    [Fact]
    public void Open_FileThatIsNoDatabase_IsUnavailable()
    {
        var path = _folder.Write("events.duckdb", new string('x', 10_000));

        Assert.Throws<EventStoreUnavailableException>(() => DuckDbEventStore.Open(path));
    }

    private DuckDbEventStore Open() => DuckDbEventStore.Open(_folder.File("events.duckdb"), new DuckDbStoreOptions("500MB", 2));
}
