using System.Text.Json.Serialization;

namespace Assay.Analysis;

/// <summary>Where an interval lies against a limit that must be kept.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LimitState>))]
public enum LimitState
{
    /// <summary>Wholly on the good side: the bound excludes the limit.</summary>
    [JsonStringEnumMemberName("kept")] Kept,

    /// <summary>The interval holds the limit.</summary>
    [JsonStringEnumMemberName("undecided")] Undecided,

    /// <summary>Wholly on the bad side.</summary>
    [JsonStringEnumMemberName("broken")] Broken,

    [JsonStringEnumMemberName("not-estimable")] NotEstimable,
}
