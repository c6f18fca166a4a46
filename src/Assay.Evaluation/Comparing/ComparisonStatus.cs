using System.Text.Json.Serialization;

namespace Assay.Evaluation;

/// <summary>Whether a difference has an error to judge it by.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ComparisonStatus>))]
public enum ComparisonStatus
{
    /// <summary>There is an interval.</summary>
    [JsonStringEnumMemberName("estimated")] Estimated,

    /// <summary>There is none; the reason says why.</summary>
    [JsonStringEnumMemberName("not-estimable")] NotEstimable,
}
