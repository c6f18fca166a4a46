using System.Text.Json.Serialization;

namespace Assay.Analysis;

/// <summary>What a verdict says; the rules stand in docs/report.md.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Decision>))]
public enum Decision
{
    [JsonStringEnumMemberName("invalid")] Invalid,
    [JsonStringEnumMemberName("rolled-back")] RolledBack,
    [JsonStringEnumMemberName("do-not-ship")] DoNotShip,
    [JsonStringEnumMemberName("ship")] Ship,
    [JsonStringEnumMemberName("hold")] Hold,
    [JsonStringEnumMemberName("no-difference")] NoDifference,
    [JsonStringEnumMemberName("inconclusive")] Inconclusive,
    [JsonStringEnumMemberName("keep-running")] KeepRunning,
}
