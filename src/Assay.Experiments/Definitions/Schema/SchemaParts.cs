using System.Text.Json.Nodes;

namespace Assay.Experiments;

/// <summary>Small pieces of JSON Schema.</summary>
internal static class SchemaParts
{
    public static JsonObject Object(string? description, IEnumerable<(string Key, JsonObject Schema)> properties, params string[] required)
    {
        var schema = Described("object", description);
        schema["properties"] = new JsonObject(properties.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Key, p.Schema)));
        schema["patternProperties"] = new JsonObject { ["^x-"] = true };
        schema["additionalProperties"] = false;
        if (required.Length > 0) schema["required"] = new JsonArray([.. required.Select(r => JsonValue.Create(r))]);
        return schema;
    }

    /// <summary>A mapping from names to values of one kind.</summary>
    public static JsonObject Map(string description, JsonObject values)
    {
        var schema = Described("object", description);
        schema["additionalProperties"] = values;
        return schema;
    }

    public static JsonObject Free(string description) => new() { ["description"] = description };
    public static JsonObject String(string? description = null) => Described("string", description);
    public static JsonObject Duration(string description) => Described("string", description + " As 7d, 24h, 30m, 10s or 1h30m.");

    public static JsonObject OneOf(string description, IEnumerable<string> values)
    {
        var schema = Described("string", description);
        schema["enum"] = new JsonArray([.. values.Select(v => JsonValue.Create(v))]);
        return schema;
    }

    public static JsonObject Number(string? description, double? least = null, double? most = null)
    {
        var schema = Described("number", description);
        if (least is not null) schema["minimum"] = least;
        if (most is not null) schema["maximum"] = most;
        return schema;
    }

    public static JsonObject Integer(string description, int least)
    {
        var schema = Described("integer", description);
        schema["minimum"] = least;
        return schema;
    }

    public static JsonObject List(string? description, JsonObject items)
    {
        var schema = Described("array", description);
        schema["items"] = items;
        return schema;
    }

    public static JsonObject Range(string? description)
    {
        var schema = List(description, Number(null, 0, 1));
        schema["minItems"] = 2;
        schema["maxItems"] = 2;
        return schema;
    }

    public static JsonObject Either(string? description, params JsonObject[] schemas)
    {
        var schema = new JsonObject { ["anyOf"] = new JsonArray([.. schemas]) };
        if (description is not null) schema["description"] = description;
        return schema;
    }

    public static JsonObject OneOrMany(JsonObject item) => Either(null, (JsonObject)item.DeepClone(), List(null, item));

    private static JsonObject Described(string type, string? description)
    {
        var schema = new JsonObject { ["type"] = type };
        if (description is not null) schema["description"] = description;
        return schema;
    }
}
