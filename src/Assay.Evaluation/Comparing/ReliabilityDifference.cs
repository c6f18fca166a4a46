using System.Text.Json.Serialization;
using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>pass^k of a treatment minus that of the control, paired by case.</summary>
public sealed record ReliabilityDifference
{
    public required string Metric { get; init; }
    public required string Control { get; init; }
    public required string Treatment { get; init; }
    public required int K { get; init; }

    /// <summary>Cases with at least k tries under both.</summary>
    public required int Cases { get; init; }

    /// <summary>What counts as one: cases, or declared clusters of them.</summary>
    public required int Units { get; init; }

    /// <summary>Of shares of cases that would pass k times in a row, in [−1, 1].</summary>
    public required double Difference { get; init; }

    [JsonConverter(typeof(IntervalJson))]
    public Interval? Interval { get; init; }

    /// <summary>Two-sided, unadjusted.</summary>
    public double? PValue { get; init; }

    /// <summary>Holm's, over all k and treatments of the metric.</summary>
    public double? AdjustedPValue { get; init; }

    /// <summary>sign-flip-exact or paired-t.</summary>
    public required string Method { get; init; }

    /// <summary>Why there is no interval or no p-value.</summary>
    public string? Reason { get; init; }
}
