using System.Text.Json.Serialization;
using Assay.Events;

namespace Assay.Storage;

/// <summary>JSON inside the control store's columns.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Conclusion))]
internal sealed partial class ControlJson : JsonSerializerContext;
