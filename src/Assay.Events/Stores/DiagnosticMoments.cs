using System.Collections.Immutable;

namespace Assay.Events;

/// <summary>What the checks of the traffic and of an effect's shape need beyond the moments; sufficient statistics, no rows of units.</summary>
/// <remarks>Arms are in the definition's order everywhere. Without times (a wide file) what is about time is empty.</remarks>
public sealed record DiagnosticMoments
{
    /// <summary>Units by the hour of their first exposure, cumulated: what the running sample ratio is tested on. Crossed units count in their first arm.</summary>
    public ImmutableArray<ArrivalCounts> Arrivals { get; init; } = [];

    /// <summary>Units by where their first exposure came from, such as the reason of the assignment; empty when there is only one.</summary>
    public ImmutableArray<SourceCounts> Sources { get; init; } = [];

    /// <summary>One per primary whose effect can be followed over days; quantiles cannot.</summary>
    public ImmutableArray<MetricDays> Days { get; init; } = [];

    /// <summary>One per mean, count and ratio.</summary>
    public ImmutableArray<MetricTail> Tails { get; init; } = [];

    /// <summary>One per condition or kind of row that decides which units a mean or quantile is about.</summary>
    public ImmutableArray<FilterMoments> Filters { get; init; } = [];

    /// <summary>Units that are in another experiment too, by both arms.</summary>
    public ImmutableArray<ExperimentOverlap> Overlaps { get; init; } = [];
}
