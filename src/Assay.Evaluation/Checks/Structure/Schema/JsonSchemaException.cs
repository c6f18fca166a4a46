namespace Assay.Evaluation.Checks;

/// <summary>A schema that cannot be applied to a value: a pattern that runs away, references that never end.</summary>
internal sealed class JsonSchemaException(string message) : Exception(message);
