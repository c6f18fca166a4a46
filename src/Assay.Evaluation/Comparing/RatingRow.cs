using System.Text.Json.Serialization;
using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>Strength of one variant in a round of pairs: Bradley and Terry's model, ties by Davidson's, an effect of the order where both were seen.</summary>
public sealed record RatingRow
{
    public required string Metric { get; init; }
    public required string Variant { get; init; }

    /// <summary>On the scale of chess: 1000 on average over the variants, 400 more is ten times the odds. Null when not estimable.</summary>
    public double? Rating { get; init; }

    /// <summary>Points above the control; null for the control itself.</summary>
    public double? AboveControl { get; init; }

    /// <summary>Of the points above the control, verdicts of one case kept together; needs 30 cases.</summary>
    [JsonConverter(typeof(IntervalJson))]
    public Interval? Interval { get; init; }

    public required int Wins { get; init; }
    public required int Losses { get; init; }
    public required int Ties { get; init; }
    public required int Cases { get; init; }

    /// <summary>Why there is no rating or no interval.</summary>
    public string? Reason { get; init; }
}
