using System.Text.Json.Serialization;

namespace Assay.Analysis;

/// <summary>Where the interval lies against the smallest effect worth having (0 when none was declared), good turned upwards.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Practical>))]
public enum Practical
{
    /// <summary>Wholly at or above it.</summary>
    [JsonStringEnumMemberName("better")] Better,

    /// <summary>Wholly at or below its negative.</summary>
    [JsonStringEnumMemberName("worse")] Worse,

    /// <summary>The (1 − 2 alpha) interval lies wholly between the two.</summary>
    [JsonStringEnumMemberName("equivalent")] Equivalent,

    [JsonStringEnumMemberName("undecided")] Undecided,
}
