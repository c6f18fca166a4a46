using System.Globalization;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;
using Assay.Storage;

namespace Assay.Analysis.Tests;

/// <summary>Units with a past, in three arms, some of which cross; as events of a real store, and as columns for the statistics library.</summary>
internal static class GivenAdjustment
{
    private static readonly DateTimeOffset Start = new(2026, 1, 20, 8, 0, 0, TimeSpan.Zero);

    public static string Definition(string plan) => $$"""
        key: exp
        unit: user
        variants: [{ key: control }, { key: b }, { key: c }]
        metrics: { primary: spend, secondary: [bought, per_visit] }
        plan: { minimumEffect: 0.16, sd: 1, {{plan}} }
        segments: [country]
        ---
        metrics:
          spend: { type: mean, event: spend, aggregate: sum, better: higher, window: { to: 7d } }
          bought: { type: proportion, event: bought, better: higher }
          per_visit: { type: ratio, numerator: { event: spend }, denominator: { event: visits }, better: higher }
        """;

    public sealed record Unit(string Id, string Arm, bool Crossed, double? Past, double? Age, string? Plan, string Country, double? Spend, bool Bought, int Visits);

    public static List<Unit> Draw(int seed, int count)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var units = new List<Unit>();
        for (var i = 0; i < count; i++)
        {
            var arm = (i % 3) switch { 0 => "control", 1 => "b", _ => "c" };
            var plan = random.Next(12) switch { 0 => null, < 7 => "free", < 10 => "pro", _ => "team" };
            double past = 10 + 2 * Normal(), age = 30 + 5 * Normal(), level = plan switch { "pro" => 4, "team" => 8, _ => 0 };
            var spend = 20 + past + 0.3 * age + level + Normal() + (arm == "b" ? 0.4 : 0);
            units.Add(new Unit(
                "u" + i.ToString(CultureInfo.InvariantCulture), arm, random.Next(25) == 0, random.Next(10) == 0 ? null : past, random.Next(6) == 0 ? null : age, plan,
                random.Next(3) == 0 ? "DE" : "FR", random.Next(9) == 0 ? null : spend, spend + 2 * Normal() > 41, 1 + random.Next(3)));
        }
        return units;
    }

    public static Task<Report> ReportAsync(string plan, IReadOnlyList<Unit> units, CancellationToken cancellationToken) =>
        ReportAsync(plan, units, q => q, new ReportOptions { IsFinal = true }, cancellationToken);

    public static async Task<Report> ReportAsync(
        string plan, IReadOnlyList<Unit> units, Func<MomentsQuery, MomentsQuery> query, ReportOptions options, CancellationToken cancellationToken)
    {
        var read = DefinitionReader.ReadText(Definition(plan));
        Assert.True(read.Definitions is not null, string.Join('\n', read.Errors));
        var experiment = read.Definitions.Experiments[0];
        using var store = DuckDbEventStore.Open(DuckDbEventStore.InMemory);
        await store.WriteAsync([.. units.SelectMany(Events)], new SpoolPosition(1, 1), cancellationToken);
        var moments = await store.ReadMomentsAsync(query(MomentsQueries.For(experiment, 1) with { AsOf = Start.AddDays(30) }), cancellationToken);
        return ReportBuilder.Build(experiment, moments, options);
    }

    /// <summary>Value (numerator and denominator), both covariates filled with any number, and their marks.</summary>
    public static JointMoments Joint(IEnumerable<Unit> units, string metric)
    {
        Unit[] used = [.. units.Where(u => metric != "spend" || u.Spend is not null)];
        double[] Column(Func<Unit, double> of) => [.. used.Select(of)];
        double[][] covariates = [Column(u => u.Past ?? 3), Column(u => u.Age ?? 7), Column(u => u.Past is null ? 1 : 0), Column(u => u.Age is null ? 1 : 0)];
        return JointMoments.FromColumns([.. Values(used, metric), .. covariates]);
    }

    public static RatioMoments Ratio(IEnumerable<Unit> units, string metric)
    {
        Unit[] used = [.. units.Where(u => metric != "spend" || u.Spend is not null)];
        var values = Values(used, metric);
        return RatioMoments.FromValues(values[0], values.Length > 1 ? values[1] : [.. used.Select(_ => 1.0)]);
    }

    private static double[][] Values(Unit[] used, string metric) => metric switch
    {
        "spend" => [[.. used.Select(u => u.Spend!.Value)]],
        "bought" => [[.. used.Select(u => u.Bought ? 1.0 : 0)]],
        _ => [[.. used.Select(u => u.Spend ?? 0)], [.. used.Select(u => (double)u.Visits)]],
    };

    private static IEnumerable<AssayEvent> Events(Unit unit)
    {
        yield return Exposure(unit, unit.Arm, Start);
        if (unit.Crossed) yield return Exposure(unit, unit.Arm == "b" ? "c" : "b", Start.AddHours(1));
        if (unit.Spend is { } spend) yield return Outcome(unit, "spend", spend);
        if (unit.Bought) yield return Outcome(unit, "bought", 1);
        yield return Outcome(unit, "visits", unit.Visits);
    }

    private static OutcomeEvent Outcome(Unit unit, string metric, double value) => new()
    {
        Id = Guid.CreateVersion7().ToString(),
        Timestamp = Start.AddMinutes(5),
        Metric = metric,
        Value = value,
        Target = new EventTarget(Unit: unit.Id),
    };

    // What is said of a unit later does not count: the second exposure tells other attributes.
    private static ExposureEvent Exposure(Unit unit, string variant, DateTimeOffset at) => new()
    {
        Id = at == Start ? ExposureId.For("exp", 1, unit.Id) : Guid.CreateVersion7().ToString(),
        Timestamp = at,
        Experiment = "exp",
        Version = 1,
        Unit = unit.Id,
        Variant = variant,
        Bucket = 0.1,
        Propensity = 0.5,
        Reason = "assigned",
        Attributes = System.Text.Json.JsonSerializer.SerializeToElement(at == Start
            ? new Dictionary<string, object?> { ["past"] = unit.Past, ["age"] = unit.Age, ["plan"] = unit.Plan, ["country"] = unit.Country }
            : new Dictionary<string, object?> { ["past"] = 1e6, ["age"] = -1e6, ["plan"] = "later", ["country"] = "XX" }),
    };
}
