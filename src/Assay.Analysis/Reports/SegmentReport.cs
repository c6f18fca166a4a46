using System.Collections.Immutable;

namespace Assay.Analysis;

/// <summary>The primaries among the units with one value of an attribute. Exploratory, but for critical values.</summary>
public sealed record SegmentReport
{
    public required string Attribute { get; init; }

    /// <summary>Null for units without the attribute.</summary>
    public required string? Value { get; init; }

    public required IReadOnlyDictionary<string, long> Units { get; init; }
    public required ImmutableArray<MetricRow> Metrics { get; init; }

    /// <summary>The largest loss of the primary that is tolerated here; null when the value is not critical.</summary>
    public required double? MaxLoss { get; init; }

    /// <summary>The worst of the rows against <see cref="MaxLoss"/>; null when the value is not critical.</summary>
    public required LimitState? State { get; init; }
}
