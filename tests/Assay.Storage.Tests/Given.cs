using System.Collections.Immutable;
using System.Text.Json;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Storage.Tests;

/// <summary>Short ways to say what was recorded.</summary>
internal static class Given
{
    public const string Key = "exp";

    public static DateTimeOffset Start { get; } = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset At(double minutes) => Start.AddMinutes(minutes);

    public static JsonElement Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    public static Experiment Experiment(params Metric[] metrics) => new()
    {
        Key = Key,
        Unit = UnitKind.Conversation,
        Hash = HashKind.Sha256,
        Salt = Key,
        Variants =
        [
            new Variant { Key = "control", Weight = 0.5, Ranges = [new BucketRange(0, 0.5)] },
            new Variant { Key = "treatment", Weight = 0.5, Ranges = [new BucketRange(0.5, 1)] },
        ],
        Metrics = [.. metrics.Select((m, i) => new ExperimentMetric(m, i == 0 ? MetricRole.Primary : MetricRole.Secondary))],
        Plan = new AnalysisPlan(),
        DefinitionHash = "00",
    };

    public static Metric Metric(
        string name, MetricType type, string source, AggregateKind aggregate, string value = "value", string? where = null,
        MissingRule? missing = null, MetricWindow? window = null, double? cap = null, double? quantile = null, MetricSource? denominator = null) => new()
        {
            Name = name,
            Type = type,
            Better = Direction.Higher,
            Source = new MetricSource(source, value, aggregate, where),
            Denominator = denominator,
            Quantile = quantile,
            CapPercentile = cap,
            Missing = missing ?? (type is MetricType.Proportion or MetricType.Count ? MissingRule.Zero : MissingRule.Exclude),
            Window = window,
        };

    public static Metric Proportion(string name, MetricWindow? window = null, string? where = null, MissingRule missing = MissingRule.Zero) =>
        Metric(name, MetricType.Proportion, name, AggregateKind.Any, where: where, missing: missing, window: window);

    public static Metric Mean(string name, double? cap = null, AggregateKind aggregate = AggregateKind.Mean) =>
        Metric(name, MetricType.Mean, name, aggregate, cap: cap);

    public static Metric Quantile(string name, double quantile, string field = "latencyMs") =>
        Metric(name, MetricType.Quantile, "generation", AggregateKind.Last, field, quantile: quantile);

    public static ExposureEvent Exposure(
        string unit, string variant, double minutes = 0, int version = 1, UnitIds? ids = null, string? attributes = null, string experiment = Key) => new()
        {
            Id = ExposureId.For(experiment, version, unit),
            Timestamp = At(minutes),
            Experiment = experiment,
            Version = version,
            Unit = unit,
            Variant = variant,
            Bucket = 0.25,
            Propensity = 0.5,
            Reason = "assigned",
            Ids = ids ?? UnitIds.None,
            Attributes = attributes is null ? null : Json(attributes),
        };

    public static OutcomeEvent Outcome(
        string? unit, string metric, double? value = null, double minutes = 1, string? experiment = null, string? attributes = null,
        string? text = null, EventTarget? target = null, string? clientId = null) => new()
        {
            Id = clientId ?? Guid.CreateVersion7().ToString(),
            HasClientId = clientId is not null,
            Timestamp = At(minutes),
            Experiment = experiment,
            Target = target ?? new EventTarget(unit),
            Metric = metric,
            Value = value,
            Text = text,
            Attributes = attributes is null ? null : Json(attributes),
        };

    public static GenerationEvent Generation(
        string? conversation, double minutes = 1, double? latencyMs = null, double? costUsd = null, GenerationStatus status = GenerationStatus.Ok,
        ImmutableArray<GenerationAssignment>? assignments = null, string? id = null, string? responseId = null, string? unit = null,
        string? cache = null, long? outputTokens = null) => new()
        {
            Id = id ?? Guid.CreateVersion7().ToString(),
            Timestamp = At(minutes),
            Ids = new UnitIds(Conversation: conversation),
            Target = new EventTarget(unit),
            Assignments = assignments ?? [],
            ResponseId = responseId,
            LatencyMs = latencyMs,
            CostUsd = costUsd,
            OutputTokens = outputTokens,
            Status = status,
            Cache = cache,
        };

    public static GenerationAssignment Assigned(string unit, string variant, int version = 1, string experiment = Key) =>
        new(experiment, version, variant, ExposureId.For(experiment, version, unit), "assigned");

    /// <summary>A store in memory that holds the events.</summary>
    public static async Task<DuckDbEventStore> StoreAsync(params AssayEvent[] events)
    {
        var store = DuckDbEventStore.Open(DuckDbEventStore.InMemory, new DuckDbStoreOptions(Threads: 2));
        await store.WriteAsync(events, new SpoolPosition(1, 100));
        return store;
    }

    /// <summary>The moments of an experiment with these metrics over these events.</summary>
    public static async Task<ExperimentMoments> MomentsAsync(Metric[] metrics, AssayEvent[] events, DateTimeOffset? asOf = null)
    {
        using var store = await StoreAsync(events);
        return await store.ReadMomentsAsync(new MomentsQuery(Experiment(metrics), 1, asOf));
    }
}
