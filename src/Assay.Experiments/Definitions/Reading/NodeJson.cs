using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Experiments.Reading;

/// <summary>Opaque parts of a definition (parameters, tools, config) as JSON.</summary>
internal static class NodeJson
{
    public static JsonElement ToElement(Node node) => JsonSerializer.SerializeToElement(ToJson(node), DefinitionJsonContext.Default.JsonNode!);

    private static JsonNode? ToJson(Node node) => node switch
    {
        MappingNode mapping => new JsonObject(mapping.Entries.Select(e => KeyValuePair.Create(e.Key, ToJson(e.Value)))),
        SequenceNode sequence => new JsonArray([.. sequence.Items.Select(ToJson)]),
        ScalarNode { IsNull: true } => null,
        ScalarNode { Boolean: { } boolean } => JsonValue.Create(boolean),
        ScalarNode scalar when Scalars.TryNumber(scalar, out var number) =>
            long.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) ? JsonValue.Create(integer) : JsonValue.Create(number),
        ScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new InvalidOperationException("unknown node " + node.GetType().Name),
    };
}
