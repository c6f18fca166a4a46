using System.Text.Json.Serialization;
using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>How much more a judge favours the variant that runs on its own model family than the other judges do, on the same cases.</summary>
public sealed record SelfPreference
{
    /// <summary>The variant that shares the judge's family.</summary>
    public required string Variant { get; init; }

    /// <summary>Judges of other families, whom it is held against.</summary>
    public required int OtherJudges { get; init; }

    public required int Cases { get; init; }

    /// <summary>The judge's share (or score difference) for its own − the others'.</summary>
    public double? Difference { get; init; }

    [JsonConverter(typeof(IntervalJson))]
    public Interval? Interval { get; init; }

    public double? PValue { get; init; }
    public string? Reason { get; init; }
}
