using System.Text.Json.Serialization;

namespace Assay.Evaluation;

/// <summary>What the cases say about a difference.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EvidenceStrength>))]
public enum EvidenceStrength
{
    /// <summary>Nothing: there is no error to judge by.</summary>
    [JsonStringEnumMemberName("none")] None,

    /// <summary>The cases allow both directions, however lopsided the count looks.</summary>
    [JsonStringEnumMemberName("weak")] Weak,

    /// <summary>The adjusted p-value is below alpha and the interval lies on one side.</summary>
    [JsonStringEnumMemberName("clear")] Clear,
}
