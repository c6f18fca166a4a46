using System.Collections.Immutable;

namespace Assay.Analysis;

/// <summary>Whether the effect differs between segments.</summary>
public sealed record HeterogeneityRow
{
    public required string Attribute { get; init; }
    public required string Metric { get; init; }

    /// <summary>The treatment.</summary>
    public required string Variant { get; init; }

    /// <summary>Cochran's Q; null when not estimable.</summary>
    public double? Q { get; init; }

    public int? DegreesOfFreedom { get; init; }

    /// <summary>Of one effect in all segments.</summary>
    public double? PValue { get; init; }

    /// <summary>Over all rows of heterogeneity, by the plan's correction.</summary>
    public double? AdjustedPValue { get; init; }

    /// <summary>Share of the variation that error does not explain.</summary>
    public double? ISquared { get; init; }

    /// <summary>The segments that were compared.</summary>
    public ImmutableArray<GroupEffect> Segments { get; init; } = [];

    /// <summary>Segments too small to be judged.</summary>
    public ImmutableArray<string> LeftOut { get; init; } = [];

    public required RowStatus Status { get; init; }
    public string? Reason { get; init; }
}
