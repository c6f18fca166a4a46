using System.Text.Json.Serialization;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Server;

/// <summary>JSON of the control API: camelCase, null for unknown.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ExperimentSnapshot))]
[JsonSerializable(typeof(ExperimentSnapshot[]))]
[JsonSerializable(typeof(CreateResponse))]
[JsonSerializable(typeof(StepRequest))]
[JsonSerializable(typeof(AuditEntry[]))]
[JsonSerializable(typeof(DefinitionProblem[]))]
[JsonSerializable(typeof(HealthSnapshot))]
public sealed partial class ServerJson : JsonSerializerContext;
