using FsCheck;
using FsCheck.Fluent;

namespace Assay.Events.Tests.Spool;

[Trait("Kind", "property")]
public sealed class SpoolRecoveryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Open_AfterACrashAtAnyByteOfAWrite_HasWhatWasAcknowledgedOnceAndInOrder()
    {
        var (bytes, ends) = await WriteAsync(groups: 4, perGroup: 2);
        for (var cut = ends[^2]; cut <= ends[^1]; cut++)
        {
            using var crashed = new TemporaryFolder();
            await File.WriteAllBytesAsync(crashed.File("00000001.log"), bytes[..(int)cut]);
            var kept = cut == ends[^1] ? 8 : 6;
            await using (var spool = EventSpool.Open(crashed.Path))
            {
                Assert.Equal(SampleEvents.Outcomes(0, kept), await EventSpoolTests.ReadAllAsync(spool));
                Assert.InRange(spool.TornBytes, cut > ends[^2] && cut < ends[^1] ? 1 : 0, cut == ends[^1] ? 0 : cut - ends[^2]);
                Assert.Empty(spool.Damages);
                await spool.AppendAsync([SampleEvents.Outcome(99)]);
            }
            await using var again = EventSpool.Open(crashed.Path);
            Assert.Equal([.. SampleEvents.Outcomes(0, kept), SampleEvents.Outcome(99)], await EventSpoolTests.ReadAllAsync(again));
        }
    }

    [Fact]
    public async Task Open_AfterRandomBytesAtTheEnd_HasWhatWasAcknowledged()
    {
        var (bytes, _) = await WriteAsync(groups: 3, perGroup: 1);
        Prop.ForAll<byte[], byte>((garbage, zeros) =>
        {
            using var crashed = new TemporaryFolder();
            File.WriteAllBytes(crashed.File("00000001.log"), [.. bytes, .. new byte[zeros], .. garbage]);
            using var disk = new SpoolFolder(crashed.Path);
            var damages = new List<SpoolDamage>();
            return SpoolRecovery.FindEnd(disk, 1, damages.Add) == bytes.Length && damages.Count == 0;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Open_WithPagesOfATornGroupMissing_DropsThatGroupOnly()
    {
        // Pages reach the disk in any order: the end of an unacknowledged group may be there without its beginning.
        var (bytes, ends) = await WriteAsync(groups: 3, perGroup: 40);
        bytes.AsSpan((int)ends[1], 4096).Clear();
        await File.WriteAllBytesAsync(folder.File("00000001.log"), bytes);
        await using var spool = EventSpool.Open(folder.Path);
        Assert.Equal(SampleEvents.Outcomes(0, 80), await EventSpoolTests.ReadAllAsync(spool));
        Assert.Empty(spool.Damages);
    }

    [Fact]
    public async Task Open_WithAnyByteOfAnAcknowledgedGroupChanged_ReportsItAndKeepsAllOthers()
    {
        var (bytes, ends) = await WriteAsync(groups: 4, perGroup: 1);
        for (var at = ends[0]; at < ends[1]; at++)
        {
            using var damaged = new TemporaryFolder();
            var changed = bytes.ToArray();
            changed[at] ^= 0x10;
            await File.WriteAllBytesAsync(damaged.File("00000001.log"), changed);
            var told = new List<SpoolDamage>();
            await using var spool = EventSpool.Open(damaged.Path, new EventSpoolOptions { OnDamage = told.Add });
            Assert.Equal([SampleEvents.Outcome(0), .. SampleEvents.Outcomes(2, 2)], await EventSpoolTests.ReadAllAsync(spool));
            var damage = Assert.Single(spool.Damages);
            Assert.Equal(new SpoolPosition(1, ends[0]), damage.Position);
            Assert.Equal(ends[1] - ends[0], damage.Bytes);
            Assert.Equal([damage], told);
            Assert.Equal(0, spool.TornBytes);
        }
    }

    [Fact]
    public async Task DeleteBefore_OfADamagedSegment_SetsItAside()
    {
        var options = new EventSpoolOptions { SegmentBytes = 500 };
        await using (var spool = EventSpool.Open(folder.Path, options))
            for (var i = 0; i < 10; i++) await spool.AppendAsync([SampleEvents.Outcome(i)]);
        var first = folder.File("00000001.log");
        var bytes = await File.ReadAllBytesAsync(first);
        bytes[40] ^= 1;
        await File.WriteAllBytesAsync(first, bytes);

        await using var reopened = EventSpool.Open(folder.Path, options);
        Assert.Equal(SampleEvents.Outcomes(1, 9), await EventSpoolTests.ReadAllAsync(reopened));
        reopened.DeleteBefore(reopened.End);

        Assert.Equal(bytes, await File.ReadAllBytesAsync(first + ".damaged"));
        Assert.Single(Directory.GetFiles(folder.Path, "*.log"));
    }

    private static async Task<(byte[] Bytes, List<long> Ends)> WriteAsync(int groups, int perGroup)
    {
        using var written = new TemporaryFolder();
        var ends = new List<long>();
        await using (var spool = EventSpool.Open(written.Path))
        {
            for (var i = 0; i < groups; i++)
            {
                await spool.AppendAsync(SampleEvents.Outcomes(i * perGroup, perGroup));
                ends.Add(spool.End.Offset);
            }
        }
        return (await File.ReadAllBytesAsync(written.File("00000001.log")), ends);
    }
}
