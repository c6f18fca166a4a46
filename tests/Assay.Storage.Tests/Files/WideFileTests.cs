using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;
using Assay.Testing;
using static Assay.Storage.Tests.Given;

namespace Assay.Storage.Tests.Files;

public sealed class WideFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Kind", "reference")]
    public async Task ReadMoments_CookieCats_AreTheCountsOfTheFile()
    {
        var path = SharedData.Require("data/cookie-cats/cookie_cats.csv");
        Metric[] metrics = [Proportion("retention_7"), Proportion("retention_1"), Mean("sum_gamerounds")];
        var mapping = Mapping("userid", "version", metrics) with
        {
            Variants = new Dictionary<string, string> { ["control"] = "gate_30", ["treatment"] = "gate_40" }.ToImmutableSortedDictionary(),
        };

        var moments = await ReadAsync(path, mapping, metrics);

        Assert.Equal([new ArmUnits("control", 44_700, 0), new ArmUnits("treatment", 45_489, 0)], moments.Arms);
        Assert.Null(moments.DataUntil);
        var retention7 = moments.Metrics[0].Arms;
        Assert.Equal((8_502, 8_279), (retention7[0].Successes, retention7[1].Successes));
        Assert.Equal(0.1902, retention7[0].Mean, 4);
        Assert.Equal(0.1820, retention7[1].Mean, 4);
        var retention1 = moments.Metrics[1].Arms;
        Assert.Equal(-0.00591, retention1[1].Mean - retention1[0].Mean, 5);
        // Rounds, summed over the file by other means: 52.4563 and 51.2988 a unit.
        Assert.Equal(52.4563, moments.Metrics[2].Arms[0].Mean, 4);
        Assert.Equal(51.2988, moments.Metrics[2].Arms[1].Mean, 4);
    }

    [Fact]
    public async Task ReadMoments_DeclaredUserColumn_GathersTheUnits()
    {
        // Eight users with three rows each, one row without a user.
        var rows = Enumerable.Range(0, 24).Select(i => $"c{i},{(i % 2 == 0 ? "control" : "treatment")},{(i == 23 ? "" : $"u{i / 3}")},{i % 5}");
        var path = _folder.Write("a.csv", "conversation,arm,person,csat\n" + string.Join('\n', rows) + "\n");
        Metric[] metrics = [Mean("csat")];
        var mapping = Mapping("conversation", "arm", metrics) with { Ids = new Dictionary<UnitKind, string> { [UnitKind.User] = "person" }.ToImmutableSortedDictionary() };

        var coarser = Assert.Single((await ReadAsync(path, mapping, metrics)).Metrics[0].Coarser);

        Assert.Equal(("user", "treatment", 24, 23, 9, 8), (coarser.Id, coarser.Variant, coarser.Units, coarser.UnitsWithId, coarser.Clusters, coarser.SharedClusters));
        Assert.Equal((8, 9), (coarser.ControlClusters, coarser.TreatmentClusters));
        Assert.Equal(7 * 9 + 4 + 1, coarser.SquaredSizes);
        Assert.Empty((await ReadAsync(path, Mapping("conversation", "arm", metrics), metrics)).Metrics[0].Coarser);
    }

    private static DataMapping Mapping(string? unit, string variant, params Metric[] metrics) => new()
    {
        Unit = unit,
        Variant = variant,
        Metrics = [.. metrics.Select(m => m with { Source = m.Source with { Column = m.Name } })],
    };

    private static async Task<ExperimentMoments> ReadAsync(string path, DataMapping mapping, Metric[] metrics)
    {
        var experiment = Experiment(metrics);
        var result = await FileMomentSource.OpenAsync([path], mapping, experiment);
        Assert.Empty(result.Problems);
        using var source = result.Source!;
        return await source.ReadMomentsAsync(new MomentsQuery(experiment, 1) { WithDiagnostics = true });
    }
}
