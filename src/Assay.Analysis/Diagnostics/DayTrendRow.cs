using System.Collections.Immutable;

namespace Assay.Analysis;

/// <summary>An effect over days.</summary>
public sealed record DayTrendRow
{
    public required string Metric { get; init; }

    /// <summary>The treatment.</summary>
    public required string Variant { get; init; }

    /// <summary>Units per variant that are followed.</summary>
    public required IReadOnlyDictionary<string, long> Units { get; init; }

    /// <summary>The effect of each day, in order.</summary>
    public ImmutableArray<GroupEffect> Days { get; init; } = [];

    /// <summary>Change of the effect per day; null when not estimable.</summary>
    public double? Slope { get; init; }

    public ReportInterval? SlopeInterval { get; init; }

    /// <summary>Of no trend.</summary>
    public double? PValue { get; init; }

    /// <summary>Over all rows of this kind, by Holm.</summary>
    public double? AdjustedPValue { get; init; }

    /// <summary>The line through the days, on the first and on the last of them.</summary>
    public double? First { get; init; }

    public double? Last { get; init; }

    /// <summary>fading or growing, whether or not the trend is more than chance; null when not estimable.</summary>
    public string? Shape { get; init; }

    public required RowStatus Status { get; init; }
    public string? Reason { get; init; }
}
