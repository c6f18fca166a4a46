namespace Assay.Gateway.Tests;

public sealed class NewIdsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Next_IsAVersion7UuidOfTheTime()
    {
        var id = Guid.Parse(NewIds.Next(Now));
        var expected = Guid.CreateVersion7(Now);
        Assert.Equal(7, id.Version);
        Assert.InRange(id.Variant, 8, 11);
        Assert.Equal(expected.ToString()[..13], id.ToString()[..13]);
    }

    [Fact]
    public void Next_OnSeveralThreads_NeverRepeats()
    {
        var ids = Enumerable.Range(0, 20_000).AsParallel().WithDegreeOfParallelism(4).Select(_ => NewIds.Next(Now)).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }
}
