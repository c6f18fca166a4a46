using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Assay.Evaluation.Checks;

/// <summary>A JSON Schema, draft 2020-12, of which the keywords in <see cref="SchemaKeywords"/> are applied. A schema with others is refused.</summary>
internal sealed class JsonSchema
{
    private readonly JsonElement root;
    private readonly Dictionary<string, Regex> patterns;

    private JsonSchema(JsonElement root, Dictionary<string, Regex> patterns) => (this.root, this.patterns) = (root, patterns);

    /// <summary>Reads a schema; every keyword, pattern and reference is looked at before an answer is.</summary>
    /// <returns>Null when there are problems.</returns>
    public static JsonSchema? Parse(JsonElement root, TimeSpan patternTimeout, out ImmutableArray<string> problems)
    {
        var reader = new SchemaReader(root, patternTimeout);
        problems = reader.Read();
        return problems.IsEmpty ? new JsonSchema(root, reader.Patterns) : null;
    }

    /// <summary>What is wrong with a value, each with the place as a JSON pointer; empty when the schema allows it.</summary>
    /// <exception cref="JsonSchemaException">The schema cannot be applied.</exception>
    public ImmutableArray<string> Validate(JsonElement value)
    {
        var faults = new List<string>();
        new SchemaValidation(root, patterns).Validate(root, value, "", faults, 0);
        return [.. faults];
    }
}
