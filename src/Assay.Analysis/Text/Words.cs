using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>The user's own words for units and metrics.</summary>
internal static class Words
{
    public static string UnitOf(UnitKind unit) => unit switch
    {
        UnitKind.Request => "request",
        UnitKind.Session => "session",
        UnitKind.Conversation => "conversation",
        UnitKind.User => "user",
        UnitKind.Cluster => "cluster",
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "not a unit"),
    };

    public static string Plural(string unit) => unit + "s";

    /// <summary>"resolved" or "solved" stands by itself after "conversations"; other names are introduced by "with".</summary>
    public static string LabelOf(Metric metric) => metric.Type != MetricType.Proportion ? metric.Name
        : metric.Source.Column is null && metric.Source.Where is null && metric.Source.Event.EndsWith("ed", StringComparison.Ordinal) ? metric.Source.Event
        : metric.Name.EndsWith("ed", StringComparison.Ordinal) ? metric.Name
        : "with " + metric.Name;

    public static string TypeOf(MetricType type) => type switch
    {
        MetricType.Proportion => "proportion",
        MetricType.Mean => "mean",
        MetricType.Count => "count",
        MetricType.Ratio => "ratio",
        MetricType.Quantile => "quantile",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a metric type"),
    };

    /// <summary>What the mean counts once: the unit; of a ratio what its denominator counts; of a quantile the event.</summary>
    public static string EstimandOf(Metric metric, UnitKind unit) => "per " + metric.Type switch
    {
        MetricType.Ratio when metric.Denominator is { } denominator => CountedBy(denominator),
        MetricType.Quantile => metric.Source.Column is null ? EventOf(metric.Source.Event) : UnitOf(unit),
        _ => UnitOf(unit),
    };

    private static string CountedBy(MetricSource source) => source.Column
        ?? (source.Value == "value" || source.Aggregate == AggregateKind.Count ? EventOf(source.Event) : source.Value);

    /// <summary>A generation is the answer to one request.</summary>
    private static string EventOf(string name) => name == "generation" ? "request" : name;

    public static string RoleOf(MetricRole role) => role switch
    {
        MetricRole.Primary => "primary",
        MetricRole.Guardrail => "guardrail",
        _ => "secondary",
    };
}
