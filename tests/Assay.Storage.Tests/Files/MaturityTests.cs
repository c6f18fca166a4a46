using Assay.Events;
using Assay.Experiments;
using static Assay.Storage.Tests.Given;

namespace Assay.Storage.Tests.Files;

/// <summary>When units matured, in the order of a file's own times: found by running sums, held against reading the file as of each moment.</summary>
public sealed class MaturityTests : IDisposable
{
    private static readonly MetricWindow Hour = new(TimeSpan.Zero, TimeSpan.FromHours(1), MetricWindow.DefaultIdle);
    private static readonly MetricWindow UntilClosed = new(TimeSpan.Zero, null, TimeSpan.FromMinutes(30));

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("none")]
    [InlineData("hour")]
    [InlineData("closed")]
    public async Task ReadMaturity_LongFileWithCrossings_IsTheFirstMomentWithSoManyMaturedUnits(string window)
    {
        var random = new Random(20261127);
        var rows = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            var (unit, start) = ($"u{i}", random.Next(0, 600));
            var arm = random.Next(2) == 0 ? "control" : "treatment";
            rows.Add($"{unit},{At(start):O},turn,1,{arm}");
            for (var turn = random.Next(0, 4); turn > 0; turn--) rows.Add($"{unit},{At(start + random.Next(1, 90)):O},resolved,{random.Next(2)},");
            if (random.Next(6) == 0) rows.Add($"{unit},{At(start + random.Next(1, 120)):O},turn,1,{(arm == "control" ? "treatment" : "control")}");
        }
        var path = _folder.Write("a.csv", "conversation_id,ts,name,v,arm\n" + string.Join('\n', rows.OrderBy(_ => random.Next())) + "\n");
        var metric = Proportion("resolved", window switch { "hour" => Hour, "closed" => UntilClosed, _ => null });
        var mapping = new DataMapping { Unit = "conversation_id", Variant = "arm", Columns = new LongColumns("conversation_id", "ts", "name", "v", "arm") };
        await AssertFirstMomentsAsync(path, mapping, [metric]);
    }

    [Fact]
    public async Task ReadMaturity_WideFileWithTimes_IsTheFirstMomentWithSoManyUnits()
    {
        var random = new Random(20261127);
        var rows = Enumerable.Range(0, 60).SelectMany(i =>
        {
            var start = random.Next(0, 600);
            var row = $"u{i},{At(start):O},{(i % 2 == 0 ? "control" : "treatment")},{random.Next(2)},{random.Next(100, 900)}";
            return random.Next(6) == 0 ? [row, $"u{i},{At(start + random.Next(1, 120)):O},{(i % 2 == 0 ? "treatment" : "control")},1,400"] : new[] { row };
        }).OrderBy(_ => random.Next());
        var path = _folder.Write("a.csv", "person,seen,arm,ok,ms\n" + string.Join('\n', rows) + "\n");
        Metric[] metrics = [Proportion("ok"), Quantile("ms", 0.5)];
        var mapping = new DataMapping
        {
            Unit = "person",
            Variant = "arm",
            Timestamp = "seen",
            Metrics = [.. metrics.Select(m => m with { Source = m.Source with { Column = m.Name } })],
        };
        var last = await AssertFirstMomentsAsync(path, mapping, metrics);
        // What is read as of the end is what is read of all.
        using var source = (await FileMomentSource.OpenAsync([path], mapping, Experiment(metrics))).Source!;
        var query = new MomentsQuery(Experiment(metrics), 1) { WithDiagnostics = true };
        var (all, asOf) = (await source.ReadMomentsAsync(query), await source.ReadMomentsAsync(query with { AsOf = last }));
        Assert.Equal(all.Arms, asOf.Arms);
        Assert.Equal(all.Metrics.Select(m => m.Arms[0]), asOf.Metrics.Select(m => m.Arms[0]));
        // And reading as of an earlier time left nothing behind.
        await source.ReadMomentsAsync(query with { AsOf = At(100) });
        Assert.Equal(all.Arms, (await source.ReadMomentsAsync(query)).Arms);
    }

    [Fact]
    public async Task Read_WideFileWithABadTime_NamesFileLineAndColumn()
    {
        var path = _folder.Write("a.csv", "person,seen,arm,ok\nu1,2026-01-05,control,1\nu2,soon,treatment,1\n");
        Metric[] metrics = [Proportion("ok")];
        var mapping = new DataMapping { Unit = "person", Variant = "arm", Timestamp = "seen", Metrics = [.. metrics.Select(m => m with { Source = m.Source with { Column = m.Name } })] };
        var result = await FileMomentSource.OpenAsync([path], mapping, Experiment(metrics));
        var problem = Assert.Single(result.Problems);
        Assert.Equal(("not-a-time", 3L, "seen"), (problem.Code, problem.Line, problem.Column));
    }

    private static async Task<DateTimeOffset> AssertFirstMomentsAsync(string path, DataMapping mapping, Metric[] metrics)
    {
        var experiment = Experiment(metrics);
        var opened = await FileMomentSource.OpenAsync([path], mapping, experiment);
        Assert.Empty(opened.Problems);
        using var source = opened.Source!;
        var query = new MomentsQuery(experiment, 1);
        long[] units = [1, 10, 25, 40, 1000];
        var maturity = (await source.ReadMaturityAsync(query, units))!;
        Assert.Equal(units.Length, maturity.Times.Length);
        for (var i = 0; i < 4; i++)
        {
            var time = maturity.Times[i]!.Value;
            Assert.Equal(units[i], await MaturedAsync(time));
            Assert.True(await MaturedAsync(time.AddTicks(-TimeSpan.TicksPerMicrosecond)) < units[i]);
        }
        Assert.Null(maturity.Times[4]);
        return maturity.LastEvent!.Value;

        async Task<long> MaturedAsync(DateTimeOffset asOf) => (await source.ReadMomentsAsync(query with { AsOf = asOf })).Metrics[0].Arms.Sum(a => a.Matured);
    }
}
