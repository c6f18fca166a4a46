using System.Text.Json.Nodes;

namespace Assay.Experiments.Tests.Definitions;

public sealed class DefinitionSchemaTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(DefinitionSchema.Text)!;

    [Fact]
    public void Text_EveryKeyOfTheSchema_IsKnownToTheReader()
    {
        foreach (var part in new[] { "experiment", "data", "upstreams", "routes", "prices" })
        {
            var document = new JsonObject { [part] = Instance(Schema["properties"]![part]!) };
            Assert.DoesNotContain(DefinitionReader.ReadText(document.ToJsonString()).Problems, p => p.Code == "unknown-key");
        }
        var metrics = new JsonObject { ["metrics"] = Instance(Schema["properties"]!["metrics"]!["anyOf"]![1]!) };
        Assert.DoesNotContain(DefinitionReader.ReadText(metrics.ToJsonString()).Problems, p => p.Code == "unknown-key");
    }

    [Fact]
    public void Text_EveryKeyOfTheExample_IsKnownToTheSchema()
    {
        using var example = new Example();
        var written = JsonNode.Parse(DefinitionWriter.ToJson(example.Read(Example.Yaml).Definitions!))!;
        Assert.Empty(Unknown(written, Schema, ""));
        written["experiments"]![0]!["plan"]!["pover"] = 1;
        Assert.Equal([".experiments.plan.pover"], Unknown(written, Schema, ""));
    }

    /// <summary>A value with every key that the schema names.</summary>
    private static JsonNode? Instance(JsonNode schema)
    {
        if (schema["anyOf"] is JsonArray any) return Instance(any[0]!);
        if (schema["properties"] is JsonObject properties)
            return new JsonObject(properties.Select(p => KeyValuePair.Create(p.Key, Instance(p.Value!))));
        if (schema["additionalProperties"] is JsonObject values) return new JsonObject { ["name"] = Instance(values) };
        return schema["items"] is JsonObject items ? new JsonArray(Instance(items)) : null;
    }

    private static IEnumerable<string> Unknown(JsonNode? value, JsonNode? schema, string path)
    {
        if (schema is null) return [];
        if (schema["anyOf"] is JsonArray any) return any.Select(a => Unknown(value, a, path).ToArray()).MinBy(u => u.Length)!;
        if (value is JsonArray list) return list.SelectMany(item => Unknown(item, schema["items"], path));
        if (value is not JsonObject mapping) return [];
        if (schema["properties"] is JsonObject properties)
            return mapping.SelectMany(p => properties.ContainsKey(p.Key) ? Unknown(p.Value, properties[p.Key], $"{path}.{p.Key}") : [$"{path}.{p.Key}"]);
        return schema["additionalProperties"] is JsonObject values ? mapping.SelectMany(p => Unknown(p.Value, values, $"{path}.{p.Key}")) : [];
    }
}
