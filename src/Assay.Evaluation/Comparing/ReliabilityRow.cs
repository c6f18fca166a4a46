using System.Text.Json.Serialization;
using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>pass^k of one variant: the share of cases that would pass k times in a row; beside it pass@k.</summary>
public sealed record ReliabilityRow
{
    public required string Metric { get; init; }
    public required string Variant { get; init; }
    public required int K { get; init; }
    public double? Estimate { get; init; }

    /// <summary>From the spread between cases.</summary>
    public double? StandardError { get; init; }

    /// <summary>What the error would be if every try were a case of its own: too small, shown to warn; for k = 1 only.</summary>
    public double? NaiveStandardError { get; init; }

    [JsonConverter(typeof(IntervalJson))]
    public Interval? Interval { get; init; }

    /// <summary>pass@k: the share of cases of which at least one of k tries passes.</summary>
    public double? AnyEstimate { get; init; }

    public double? AnyStandardError { get; init; }

    [JsonConverter(typeof(IntervalJson))]
    public Interval? AnyInterval { get; init; }

    public required int Cases { get; init; }
    public string? Reason { get; init; }
}
