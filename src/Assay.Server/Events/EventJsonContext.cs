using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Events;

namespace Assay.Server;

/// <summary>JSON of the events API's answers.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IntakeResult))]
internal sealed partial class EventJsonContext : JsonSerializerContext;
