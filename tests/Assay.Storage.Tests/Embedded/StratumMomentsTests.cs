using Assay.Events;
using Assay.Experiments;
using static Assay.Storage.Tests.Given;

namespace Assay.Storage.Tests.Embedded;

public sealed class StratumMomentsTests
{
    private static async Task<MetricMoments> ReadAsync(Experiment experiment, IEnumerable<AssayEvent> events, Func<MomentsQuery, MomentsQuery>? change = null)
    {
        using var store = await StoreAsync([.. events]);
        var query = new MomentsQuery(experiment, 1);
        return (await store.ReadMomentsAsync(change?.Invoke(query) ?? query, TestContext.Current.CancellationToken)).Metrics[0];
    }

    private static Experiment Of(params string[] strata) => Experiment(Mean("csat")) is var e ? e with { Plan = new AnalysisPlan { Strata = [.. strata] } } : null!;

    [Fact]
    public async Task ReadMoments_ValuesOfAnyKind_AreStrataOfTheirOwn()
    {
        // Text that looks like JSON, nothing, empty text, numbers, truth.
        string[] attributes = ["""{"plan":"a\",null"}""", """{"plan":""}""", "{}", """{"plan":null}""", """{"plan":7}""", """{"plan":true}""", """{"plan":"7"}"""];
        var moments = await ReadAsync(Of("plan"), attributes.SelectMany((a, i) => new AssayEvent[] { Exposure("u" + i, i % 2 == 0 ? "control" : "treatment", attributes: a), Outcome("u" + i, "csat", i) }));
        Assert.Equal(new HashSet<string?> { null, "7", "", "a\",null", "true" }, moments.Arms[0].Strata.Select(s => s.Stratum[0]).ToHashSet());
        Assert.Equal(moments.Arms[0].Strata.Select(s => s.Name), moments.Arms[1].Strata.Select(s => s.Name));
        Assert.Equal(7, moments.Arms[0].Strata.Sum(s => s.AllUnits));
        var none = moments.Arms[0].Strata.Single(s => s.Stratum[0] is null);
        Assert.Equal((1, 2, 2.0), (none.Units, none.AllUnits, none.Mean));
    }

    [Fact]
    public async Task ReadMoments_MoreStrataThanAreToldApart_AreOneBeyond()
    {
        List<AssayEvent> events = [];
        for (var i = 0; i < 500; i++)
        {
            events.Add(Exposure("u" + i, i % 2 == 0 ? "control" : "treatment", attributes: i < 100 ? """{"plan":"big"}""" : $$"""{"plan":"p{{i}}"}"""));
            events.Add(Outcome("u" + i, "csat", i % 5));
        }
        var arms = (await ReadAsync(Of("plan"), events)).Arms;
        Assert.Equal(201, arms[0].Strata.Length);
        var rest = Assert.Single(arms[0].Strata, s => s.Stratum.IsEmpty);
        // All but the big one and 199 others.
        Assert.Equal(500 - 100 - 199, rest.AllUnits);
        foreach (var arm in arms) Assert.Equal(arm.Units, arm.Strata.Sum(s => s.Units));
        Assert.Equal(arms[0].Mean, arms[0].Strata.Sum(s => s.Units * s.Mean) / arms[0].Units, 1e-12);
    }

    [Fact]
    public async Task ReadMoments_FrozenStrata_AreTheOnlyOnes()
    {
        string?[] plans = ["free", "pro", null, "team"];
        var events = Enumerable.Range(0, 40).SelectMany(i => new AssayEvent[]
        {
            Exposure("u" + i, i % 8 < 4 ? "control" : "treatment", attributes: plans[i % 4] is { } plan ? $$"""{"plan":"{{plan}}"}""" : "{}"), Outcome("u" + i, "csat", i),
        }).ToList();
        var frozen = (await ReadAsync(Of("plan"), events, q => q with { Strata = [["pro"], [null], ["gone"]] })).Arms[0].Strata;
        Assert.Equal([20L, 10, 10], frozen.Select(s => s.AllUnits));
        Assert.Equal([[], [null], ["pro"]], frozen.Select(s => s.Stratum.ToArray()));
        var none = (await ReadAsync(Of("plan"), events, q => q with { Strata = [] })).Arms[0].Strata;
        Assert.Equal(40, Assert.Single(none).AllUnits);
    }

    [Fact]
    public async Task ReadMoments_WithoutStrataOrCovariates_HasNone()
    {
        var moments = await ReadAsync(Experiment(Mean("csat")), [Exposure("a", "control", attributes: """{"plan":"x"}"""), Outcome("a", "csat", 1)]);
        Assert.All(moments.Arms, a => Assert.True(a.Strata.IsEmpty && a.Covariate is null));
    }

    [Fact]
    public void Align_ArmsWithUnlikeStrata_GetTheSameOnes()
    {
        static MetricArmMoments Arm(string variant, params (string Name, long Units)[] strata) => new()
        {
            Variant = variant,
            Units = 0,
            Matured = 0,
            Answered = 0,
            Strata = [.. strata.Select(s => new StratumMoments([s.Name]) { Units = s.Units })],
        };
        var arms = StratumMoments.Align([Arm("control", ("a", 5), ("b", 1)), Arm("treatment", ("c", 9), ("a", 2))]);
        foreach (var arm in arms) Assert.Equal(["c", "a", "b"], arm.Strata.Select(s => s.Stratum[0]));
        Assert.Equal([(0L, 9L, 0L), (5, 7, 2), (1, 1, 0)], arms[0].Strata.Select(s => (s.Units, s.AllUnits, s.FewestUnits)));
    }
}
