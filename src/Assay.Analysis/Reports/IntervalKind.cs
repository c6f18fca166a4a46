using System.Text.Json.Serialization;

namespace Assay.Analysis;

/// <summary>What an interval promises.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IntervalKind>))]
public enum IntervalKind
{
    /// <summary>Holds at the one look of the planned end.</summary>
    [JsonStringEnumMemberName("fixed")] Fixed,

    /// <summary>Holds at all registered looks at once.</summary>
    [JsonStringEnumMemberName("repeated")] Repeated,

    /// <summary>After a boundary was reached: around the median-unbiased estimate.</summary>
    [JsonStringEnumMemberName("stage-wise")] StageWise,

    /// <summary>Holds however often one looks; decides nothing about a goal.</summary>
    [JsonStringEnumMemberName("always-valid")] AlwaysValid,
}
