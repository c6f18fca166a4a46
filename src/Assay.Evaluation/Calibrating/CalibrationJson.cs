using System.Text.Json.Serialization;

namespace Assay.Evaluation;

/// <summary>Calibrations as JSON, one shape for files and the command line.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(CalibrationRecord))]
public sealed partial class CalibrationJson : JsonSerializerContext;
