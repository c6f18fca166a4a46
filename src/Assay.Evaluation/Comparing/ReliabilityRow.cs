using System.Text.Json.Serialization;
using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>pass^k of one variant: the share of cases that would pass k times in a row.</summary>
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

    public required int Cases { get; init; }
    public string? Reason { get; init; }
}
