using System.Text.Json.Serialization;

namespace Assay.Analysis;

/// <summary>What an interval promises. Only fixed ones are made so far.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IntervalKind>))]
public enum IntervalKind
{
    [JsonStringEnumMemberName("fixed")] Fixed,
    [JsonStringEnumMemberName("repeated")] Repeated,
    [JsonStringEnumMemberName("stage-wise")] StageWise,
    [JsonStringEnumMemberName("always-valid")] AlwaysValid,
}
