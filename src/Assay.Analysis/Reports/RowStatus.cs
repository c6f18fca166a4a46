using System.Text.Json.Serialization;

namespace Assay.Analysis;

[JsonConverter(typeof(JsonStringEnumConverter<RowStatus>))]
public enum RowStatus
{
    [JsonStringEnumMemberName("estimated")] Estimated,
    [JsonStringEnumMemberName("not-estimable")] NotEstimable,
}
