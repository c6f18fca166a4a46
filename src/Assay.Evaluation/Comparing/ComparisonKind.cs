using System.Text.Json.Serialization;

namespace Assay.Evaluation;

/// <summary>What a comparison rests on.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ComparisonKind>))]
public enum ComparisonKind
{
    /// <summary>A value of each answer by itself.</summary>
    [JsonStringEnumMemberName("score")] Score,

    /// <summary>Verdicts on two answers side by side.</summary>
    [JsonStringEnumMemberName("pairwise")] Pairwise,
}
