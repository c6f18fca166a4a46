using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Assay.Experiments.Reading;

namespace Assay.Evaluation.Checks;

/// <summary>Looks a schema over: keywords, their values, patterns, references.</summary>
internal sealed class SchemaReader(JsonElement root, TimeSpan patternTimeout)
{
    private readonly List<string> problems = [];

    public Dictionary<string, Regex> Patterns { get; } = [];

    public ImmutableArray<string> Read()
    {
        Schema(root, "#");
        return [.. problems];
    }

    /// <summary>Follows "#" and "#/…" inside one document; null when there is nothing there.</summary>
    public static JsonElement? Resolve(JsonElement root, string reference)
    {
        if (reference == "#") return root;
        if (!reference.StartsWith("#/", StringComparison.Ordinal)) return null;
        var at = root;
        foreach (var raw in reference[2..].Split('/'))
        {
            var step = Uri.UnescapeDataString(raw).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(step, out var next)) at = next;
            else if (at.ValueKind == JsonValueKind.Array && int.TryParse(step, out var index) && index >= 0 && index < at.GetArrayLength()) at = at[index];
            else return null;
        }
        return at;
    }

    private void Schema(JsonElement schema, string place)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False) return;
        if (schema.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"{place} is {CheckArguments.Describe(schema)}, where a schema stands: an object, true or false");
            return;
        }
        foreach (var keyword in schema.EnumerateObject()) Keyword(keyword, $"{place}/{keyword.Name}");
    }

    private void Keyword(JsonProperty keyword, string place)
    {
        var value = keyword.Value;
        switch (keyword.Name)
        {
            case "not" or "if" or "then" or "else" or "additionalProperties" or "propertyNames" or "items" or "contains":
                Schema(value, place);
                break;
            case "properties" or "patternProperties" or "$defs" or "definitions" or "dependentSchemas":
                if (!Is(value, JsonValueKind.Object, place, "an object")) break;
                foreach (var part in value.EnumerateObject())
                {
                    if (keyword.Name == "patternProperties") Pattern(part.Name, $"{place}/{part.Name}");
                    Schema(part.Value, $"{place}/{part.Name}");
                }
                break;
            case "allOf" or "anyOf" or "oneOf" or "prefixItems":
                if (!Is(value, JsonValueKind.Array, place, "a list of schemas")) break;
                foreach (var (i, part) in value.EnumerateArray().Index()) Schema(part, $"{place}/{i}");
                break;
            case "$ref":
                if (Is(value, JsonValueKind.String, place, "a text") && Resolve(root, value.GetString()!) is null)
                    problems.Add($"{place} refers to '{value.GetString()}', which is not in this schema; references go to '#' or '#/$defs/…'");
                break;
            case "type":
                var types = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [value];
                foreach (var type in types.Where(t => t.ValueKind != JsonValueKind.String || !SchemaKeywords.Types.Contains(t.GetString())))
                    problems.Add($"{place} is {CheckArguments.Describe(type)}; types are {string.Join(", ", SchemaKeywords.Types)}");
                break;
            case "pattern":
                if (Is(value, JsonValueKind.String, place, "a text")) Pattern(value.GetString()!, place);
                break;
            case "required":
                Names(value, place);
                break;
            case "dependentRequired":
                if (Is(value, JsonValueKind.Object, place, "an object"))
                    foreach (var part in value.EnumerateObject()) Names(part.Value, $"{place}/{part.Name}");
                break;
            case "enum":
                Is(value, JsonValueKind.Array, place, "a list");
                break;
            case "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum":
                Is(value, JsonValueKind.Number, place, "a number");
                break;
            case "multipleOf":
                if (Is(value, JsonValueKind.Number, place, "a number") && value.GetDouble() <= 0) problems.Add($"{place} is not above 0");
                break;
            case "minLength" or "maxLength" or "minItems" or "maxItems" or "minProperties" or "maxProperties" or "minContains" or "maxContains":
                if (!(value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var count) && count >= 0 && double.IsInteger(count))) problems.Add($"{place} is {CheckArguments.Describe(value)}, not a whole number of at least 0");
                break;
            case "uniqueItems":
                if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) problems.Add($"{place} is {CheckArguments.Describe(value)}, not true or false");
                break;
            case var name when !SchemaKeywords.Applied.Contains(name) && !SchemaKeywords.Described.Contains(name) && !name.StartsWith("x-", StringComparison.Ordinal):
                problems.Add(SchemaKeywords.Unsupported.Contains(name)
                    ? $"{place}: the keyword '{name}' is not supported here"
                    : $"{place}: '{name}' is no keyword" + (Suggestions.Hint(name, SchemaKeywords.Applied) is { } hint ? "; " + hint : "; a note of your own starts with x-"));
                break;
        }
    }

    private bool Is(JsonElement value, JsonValueKind kind, string place, string wanted)
    {
        if (value.ValueKind == kind) return true;
        problems.Add($"{place} is {CheckArguments.Describe(value)}, not {wanted}");
        return false;
    }

    private void Names(JsonElement value, string place)
    {
        if (Is(value, JsonValueKind.Array, place, "a list of names") && value.EnumerateArray().Any(n => n.ValueKind != JsonValueKind.String))
            problems.Add($"{place} holds something that is not a name");
    }

    private void Pattern(string pattern, string place)
    {
        try
        {
            Patterns[pattern] = new Regex(pattern, RegexOptions.CultureInvariant, patternTimeout);
        }
        catch (ArgumentException e)
        {
            problems.Add($"{place}: {e.Message}");
        }
    }
}
