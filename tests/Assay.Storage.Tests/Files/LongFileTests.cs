using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;
using static Assay.Storage.Tests.Given;

namespace Assay.Storage.Tests.Files;

public sealed class LongFileTests : IDisposable
{
    private static readonly MetricWindow Hour = new(TimeSpan.Zero, TimeSpan.FromHours(1), MetricWindow.DefaultIdle);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_RowsWithTimes_HaveWindowsAndAttributes()
    {
        var path = _folder.Write("a.csv", """
            conversation_id,ts,name,v,arm,plan
            a,2026-01-05T08:00:00Z,turn,1,control,pro
            a,2026-01-05T08:30:00Z,resolved,TRUE,,pro
            b,2026-01-05T08:00:00Z,turn,1,treatment,free
            b,2026-01-05 09:00:00,resolved,1,treatment,free
            b,1767603660,csat,4,treatment,free
            b,1767603660500,csat,5,treatment,
            c,2026-01-05T08:30:00+00:00,comment,great,control,

            """);
        Metric[] metrics = [Proportion("resolved", Hour), Mean("csat"), Proportion("turn", where: "plan == 'pro'")];

        var moments = await ReadAsync(path, Mapping("ts") with { Attributes = ["plan"] }, metrics);

        Assert.Equal([2L, 1], moments.Arms.Select(a => a.Exposed));
        // c is open at 09:01:00.5, the newest time: its hour ends at 09:30.
        Assert.Equal((1, 1, 1), (moments.Metrics[0].Arms[0].Matured, moments.Metrics[0].Arms[0].Immature, moments.Metrics[0].Arms[0].Successes));
        Assert.Equal((1, 0), (moments.Metrics[0].Arms[1].Matured, moments.Metrics[0].Arms[1].Successes));
        Assert.Equal((1, 4.5), (moments.Metrics[1].Arms[1].Units, moments.Metrics[1].Arms[1].Mean));
        Assert.Equal([1L, 0], moments.Metrics[2].Arms.Select(a => a.Successes));
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 9, 1, 0, 500, TimeSpan.Zero), moments.DataUntil);
    }

    [Fact]
    public async Task Read_RowsWithoutTimes_KeepTheOrderOfTheFile()
    {
        var path = _folder.Write("a.csv", """
            conversation_id,name,v,arm
            x,csat,1,treatment
            a,csat,2,control
            a,csat,5,control
            a,csat,3,control
            x,csat,9,control

            """);

        var moments = await ReadAsync(path, Mapping(null), [Mean("csat", aggregate: AggregateKind.Last)]);

        Assert.Null(moments.DataUntil);
        Assert.Equal([new ArmUnits("control", 1, 0), new ArmUnits("treatment", 1, 1)], moments.Arms);
        Assert.Equal(3, moments.Metrics[0].Arms[0].Mean);
        Assert.Equal(9, moments.Metrics[0].IntentionToTreat[1].Mean);
    }

    [Fact]
    public async Task Open_TextOfAUsedMetric_AndBadTimes_AreNamed_OtherTextIsNot()
    {
        var path = _folder.Write("a.csv", """
            conversation_id,ts,name,v,arm
            a,2026-01-05T08:00:00Z,comment,good,control
            a,2026-01-05T08:00:00Z,csat,four,control
            a,yesterday,csat,4,control

            """);

        var result = await FileMomentSource.OpenAsync([path], Mapping("ts"), Experiment(Mean("csat")));

        Assert.Equal([("not-a-number", 3L), ("not-a-time", 4)], result.Problems.Select(p => (p.Code, p.Line!.Value)));
    }

    [Fact]
    public async Task Open_MetricWithoutRows_AndUnitWithoutVariant_AreWarnedAbout()
    {
        var path = _folder.Write("a.csv", "conversation_id,name,v,arm\na,csat,1,control\nb,csat,1,\n");

        var result = await FileMomentSource.OpenAsync([path], Mapping(null), Experiment(Mean("csat"), Mean("cast")));

        using var source = result.Source;
        Assert.Equal(["no-metric-rows", "no-variant"], result.Warnings.Select(p => p.Code));
        Assert.Contains("did you mean csat?", result.Problems[0].Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_DeclaredUserColumn_GathersTheUnitsAndMayBeNamed()
    {
        var rows = Enumerable.Range(0, 16).Select(i => $"c{i},csat,{i % 5},{(i % 2 == 0 ? "control" : "treatment")},u{i / 4}");
        // The last row names a user: it belongs to that user's newest conversation.
        var path = _folder.Write("a.csv", "conversation_id,name,v,arm,person\n" + string.Join('\n', rows) + "\nu0,csat,9,,\n");
        var mapping = Mapping(null) with { Ids = new Dictionary<UnitKind, string> { [UnitKind.User] = "person" }.ToImmutableSortedDictionary() };

        var metric = (await ReadAsync(path, mapping, [Mean("csat")])).Metrics[0];

        var coarser = Assert.Single(metric.Coarser);
        Assert.Equal(("user", 16, 16, 4, 4, 4), (coarser.Id, coarser.Units, coarser.UnitsWithId, coarser.Clusters, coarser.ControlClusters, coarser.SharedClusters));
        Assert.Equal(metric.Arms[1].Mean - metric.Arms[0].Mean, coarser.TreatmentMean - coarser.ControlMean, 12);
        // Values 0 to 15 by five sum to 30; the row of the user brings one of them from its value to the mean with 9.
        Assert.NotEqual(30.0 / 16, (metric.Arms[0].Mean + metric.Arms[1].Mean) / 2, 6);
    }

    private static DataMapping Mapping(string? timestamp) => new()
    {
        Unit = "conversation_id",
        Variant = "arm",
        Columns = new LongColumns("conversation_id", timestamp, "name", "v", "arm"),
    };

    private static async Task<ExperimentMoments> ReadAsync(string path, DataMapping mapping, Metric[] metrics)
    {
        var result = await FileMomentSource.OpenAsync([path], mapping, Experiment(metrics));
        Assert.Empty(result.Problems);
        using var source = result.Source!;
        return await source.ReadMomentsAsync(new MomentsQuery(Experiment(metrics), 1) { WithDiagnostics = true });
    }
}
