using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Evaluation;

/// <summary>The JSON form of reports.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ArenaReport))]
[JsonSerializable(typeof(EarlierRun))]
[JsonSerializable(typeof(ImmutableArray<ComparisonRow>))]
public sealed partial class ArenaJson : JsonSerializerContext
{
    public static string Write(ArenaReport report) => JsonSerializer.Serialize(report, Default.ArenaReport);

    /// <exception cref="JsonException">Not a report.</exception>
    public static ArenaReport Read(string json) => JsonSerializer.Deserialize(json, Default.ArenaReport) ?? throw new JsonException("no report");
}
