using System.Text.Json.Serialization;

namespace Assay.Evaluation;

/// <summary>What a gate says; in the order of what outranks what.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GateOutcome>))]
public enum GateOutcome
{
    [JsonStringEnumMemberName("pass")] Pass,

    /// <summary>The cases do not decide.</summary>
    [JsonStringEnumMemberName("inconclusive")] Inconclusive,

    [JsonStringEnumMemberName("fail")] Fail,

    /// <summary>Something is missing or broken that the decision would rest on.</summary>
    [JsonStringEnumMemberName("invalid")] Invalid,
}
