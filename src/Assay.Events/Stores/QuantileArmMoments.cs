namespace Assay.Events;

/// <summary>A quantile over an arm's events, with its order-statistic interval from the unit-level (clustered) error of the empirical distribution.</summary>
/// <param name="Events">Number of events; failures and time-outs included as +∞ for latencies.</param>
/// <param name="Units">Number of units that they come from.</param>
/// <param name="Value">The sample quantile (inverse of the empirical distribution); may be +∞.</param>
/// <param name="StandardErrorOfProbability">Clustered standard error of the share of events at or below <paramref name="Value"/>.</param>
/// <param name="Low">Order statistic at p − z·SE; null when that rank is below 1.</param>
/// <param name="High">Order statistic at p + z·SE; null when that rank is above the number of events; may be +∞.</param>
public sealed record QuantileArmMoments(long Events, long Units, double Value, double StandardErrorOfProbability, double? Low, double? High)
{
    /// <summary>For each <c>max</c> that a sequential guardrail sets to the quantile: how many events lie above it.</summary>
    public System.Collections.Immutable.ImmutableArray<EventsAbove> Above { get; init; } = [];

    /// <summary>For each <c>min</c>: how many lie below it.</summary>
    public System.Collections.Immutable.ImmutableArray<EventsBelow> Below { get; init; } = [];
}
