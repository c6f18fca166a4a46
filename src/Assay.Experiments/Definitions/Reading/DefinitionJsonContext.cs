using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Assay.Experiments.Reading;

[JsonSerializable(typeof(JsonNode))]
internal sealed partial class DefinitionJsonContext : JsonSerializerContext;
