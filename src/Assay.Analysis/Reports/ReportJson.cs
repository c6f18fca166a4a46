using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Analysis;

/// <summary>Reports to and from the JSON of the contract: camelCase keys, every key always there, null for what is unknown.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Report))]
[JsonSerializable(typeof(PairedReport))]
public sealed partial class ReportJson : JsonSerializerContext
{
    public static string Write(Report report) => JsonSerializer.Serialize(report, Default.Report);

    /// <exception cref="JsonException">The text is not a report.</exception>
    public static Report Read(string json) =>
        JsonSerializer.Deserialize(json, Default.Report) ?? throw new JsonException("the report is null");
}
