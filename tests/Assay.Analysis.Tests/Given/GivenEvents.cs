using System.Text.Json;
using Assay.Events;
using Assay.Experiments;
using Assay.Storage;

namespace Assay.Analysis.Tests;

/// <summary>Events as a gateway would record them, and the report of a store that holds them.</summary>
internal static class GivenEvents
{
    public static DateTimeOffset Start { get; } = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    public static ExposureEvent Exposure(string unit, string variant, double days = 0, string? attributes = null, string reason = "assigned", string experiment = "support-prompt") => new()
    {
        Id = ExposureId.For(experiment, 1, unit),
        Timestamp = Start.AddDays(days),
        Experiment = experiment,
        Version = 1,
        Unit = unit,
        Variant = variant,
        Bucket = 0.5,
        Propensity = 0.5,
        Reason = reason,
        Attributes = attributes is null ? null : Json(attributes),
    };

    public static OutcomeEvent Outcome(string unit, string metric, double value, double days, string? attributes = null) => new()
    {
        Id = Guid.CreateVersion7().ToString(),
        Timestamp = Start.AddDays(days),
        Target = new EventTarget(unit),
        Metric = metric,
        Value = value,
        Attributes = attributes is null ? null : Json(attributes),
    };

    public static GenerationEvent Generation(string id, string unit, double costUsd) => new()
    {
        Id = id,
        Timestamp = Start.AddHours(1),
        Experiment = "support-prompt",
        Target = new EventTarget(unit),
        CostUsd = costUsd,
        Status = GenerationStatus.Ok,
    };

    public static async Task<ExperimentMoments> MomentsAsync(Experiment experiment, IReadOnlyList<AssayEvent> events, DateTimeOffset? asOf = null)
    {
        using var store = DuckDbEventStore.Open(DuckDbEventStore.InMemory, new DuckDbStoreOptions(Threads: 2));
        await store.WriteAsync(events, new SpoolPosition(1, 1));
        return await store.ReadMomentsAsync(MomentsQueries.For(experiment, 1) with { AsOf = asOf });
    }

    public static async Task<Report> ReportAsync(Experiment experiment, IReadOnlyList<AssayEvent> events, ReportOptions? options = null, DateTimeOffset? asOf = null) =>
        ReportBuilder.Build(experiment, await MomentsAsync(experiment, events, asOf), options ?? new ReportOptions { IsFinal = true });

    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static JsonElement Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
