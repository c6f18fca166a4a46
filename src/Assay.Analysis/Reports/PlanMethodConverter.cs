using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>A plan's method as definitions write it; reports from before there was a choice were group-sequential.</summary>
internal sealed class PlanMethodConverter : JsonConverter<PlanMethod>
{
    private const string Hybrid = "hybrid", GroupSequential = "group-sequential";

    public override PlanMethod Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString() switch
    {
        Hybrid => PlanMethod.Hybrid,
        GroupSequential => PlanMethod.GroupSequential,
        var other => throw new JsonException($"'{other}' is not a plan's method"),
    };

    public override void Write(Utf8JsonWriter writer, PlanMethod value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value == PlanMethod.Hybrid ? Hybrid : GroupSequential);
}
