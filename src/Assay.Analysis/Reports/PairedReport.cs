using System.Collections.Immutable;

namespace Assay.Analysis;

/// <summary>Two recordings of the same items, compared item by item.</summary>
public sealed record PairedReport
{
    public required string Metric { get; init; }

    /// <summary>Items found on both sides with a value on both.</summary>
    public required long Pairs { get; init; }

    public required double? Control { get; init; }
    public required double? Treatment { get; init; }

    /// <summary>Treatment − control.</summary>
    public required double? Difference { get; init; }

    public required ReportInterval? Interval { get; init; }
    public required double IntervalLevel { get; init; }
    public required double? PValue { get; init; }

    /// <summary>mcnemar or paired-t.</summary>
    public required string Method { get; init; }

    /// <summary>Pairs where the treatment has the larger value.</summary>
    public required long Wins { get; init; }

    /// <summary>Pairs where the control has the larger value.</summary>
    public required long Losses { get; init; }

    public required long Ties { get; init; }

    /// <summary>Ids that the first file has and the second lacks; the first 20.</summary>
    public required ImmutableArray<string> OnlyInControl { get; init; }

    public required long OnlyInControlCount { get; init; }

    /// <summary>Ids that the second file has and the first lacks; the first 20.</summary>
    public required ImmutableArray<string> OnlyInTreatment { get; init; }

    public required long OnlyInTreatmentCount { get; init; }
    public required RowStatus Status { get; init; }
    public required string? Reason { get; init; }
}
