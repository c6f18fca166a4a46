using System.Collections.Immutable;

namespace Assay.Experiments;

/// <summary>How the columns of a recorded file map to units, variants and metrics (the <c>data</c> document).</summary>
public sealed record DataMapping
{
    /// <summary>Column of the unit's id; null when each row is a unit of its own.</summary>
    public string? Unit { get; init; }

    /// <summary>Column of the variant.</summary>
    public string? Variant { get; init; }

    /// <summary>Variant key → value in the variant column; empty: the values are the keys.</summary>
    public ImmutableSortedDictionary<string, string> Variants { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Metrics of a wide file, one row a unit: each has a <see cref="MetricSource.Column"/>.</summary>
    public ImmutableArray<Metric> Metrics { get; init; } = [];

    public ImmutableArray<string> Attributes { get; init; } = [];
    public ImmutableArray<string> Covariates { get; init; } = [];

    /// <summary>Columns of ids coarser than the unit, such as the user of a conversation; each coarser than the experiment's unit is used.</summary>
    public ImmutableSortedDictionary<UnitKind, string> Ids { get; init; } = ImmutableSortedDictionary<UnitKind, string>.Empty;

    /// <summary>Column of the unit's first exposure in a wide file; null when the file has no times.</summary>
    public string? Timestamp { get; init; }

    /// <summary>Columns of a long file, one row an event; null for a wide file.</summary>
    public LongColumns? Columns { get; init; }
}
