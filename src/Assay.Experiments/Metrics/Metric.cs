namespace Assay.Experiments;

/// <summary>What is measured, declared once and meant the same offline and online.</summary>
public sealed record Metric
{
    public required string Name { get; init; }
    public required MetricType Type { get; init; }
    public required Direction Better { get; init; }

    /// <summary>Rows of every type but ratio; the numerator of a ratio.</summary>
    public required MetricSource Source { get; init; }

    /// <summary>Only of a ratio.</summary>
    public MetricSource? Denominator { get; init; }

    /// <summary>Only of a quantile, in (0, 1).</summary>
    public double? Quantile { get; init; }

    /// <summary>Only of means and ratios: the percentile, in (0, 1), at which unit values are capped.</summary>
    public double? CapPercentile { get; init; }

    public required MissingRule Missing { get; init; }

    /// <summary>Counted from a unit's first exposure; null for no window.</summary>
    public MetricWindow? Window { get; init; }

    /// <summary>True for the ones Assay knows without a definition.</summary>
    public bool IsBuiltIn { get; init; }

    /// <summary>Unit shown after values: "USD", "ms", "tokens"; null for plain numbers.</summary>
    public string? DisplayUnit { get; init; }

    /// <summary>What stands after a value of it: the declared unit, else the one that the field's name carries (latencyMs, costUsd, outputTokens).</summary>
    public string? ShownUnit => DisplayUnit ?? (Type is MetricType.Proportion || Source.Aggregate == AggregateKind.Count || Source.Column is not null ? null : Source.Value switch
    {
        _ when Source.Value.EndsWith("Ms", StringComparison.Ordinal) => "ms",
        _ when Source.Value.EndsWith("Usd", StringComparison.Ordinal) => "USD",
        _ when Source.Value.EndsWith("Tokens", StringComparison.Ordinal) => "tokens",
        _ => null,
    });

    /// <summary>True when its rows are written with the model call itself; false when they come later (outcomes, scores, labels), so that silence means nothing yet.</summary>
    public bool IsMeasuredAtOnce => Source.Event == "generation" && Denominator is null or { Event: "generation" };
}
