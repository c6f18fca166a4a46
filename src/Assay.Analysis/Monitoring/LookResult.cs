using System.Text.Json.Serialization;

namespace Assay.Analysis;

/// <summary>What a registered look found of one comparison.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LookResult>))]
public enum LookResult
{
    /// <summary>No bound was reached.</summary>
    [JsonStringEnumMemberName("continue")] Continue,

    /// <summary>The boundary was reached, and the treatment is better.</summary>
    [JsonStringEnumMemberName("benefit")] Benefit,

    /// <summary>The boundary was reached, and the treatment is worse.</summary>
    [JsonStringEnumMemberName("harm")] Harm,

    /// <summary>The planned effect has become implausible; nobody has to obey.</summary>
    [JsonStringEnumMemberName("futility")] Futility,
}
