namespace Assay.Events.Tests.Intake;

public sealed class IdFilterTests
{
    [Fact]
    public void MayContain_WhatWasAdded_IsAlwaysTrue_AndSeldomForOthers()
    {
        const int Ids = 50_000;
        var random = new Random(7);
        var filter = new IdFilter(1000);
        var added = Enumerable.Range(0, Ids).Select(_ => Next(random)).ToList();
        added.ForEach(filter.Add);
        Assert.All(added, id => Assert.True(filter.MayContain(id)));
        var wrong = Enumerable.Range(0, 200_000).Count(_ => filter.MayContain(Next(random)));
        // Six layers at about 1e-4 each: 120 expected.
        Assert.InRange(wrong, 0, 240);
        Assert.InRange(filter.Bytes, Ids * 20L / 8, Ids * 20L / 8 * 3);
    }

    private static UInt128 Next(Random random) => new((ulong)random.NextInt64(long.MinValue, long.MaxValue), (ulong)random.NextInt64(long.MinValue, long.MaxValue));
}
