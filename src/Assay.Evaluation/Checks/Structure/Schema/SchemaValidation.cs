using System.Text.Json;
using System.Text.RegularExpressions;

namespace Assay.Evaluation.Checks;

/// <summary>Applies a schema that was looked over to a value.</summary>
internal sealed class SchemaValidation(JsonElement root, Dictionary<string, Regex> patterns)
{
    private const int Deepest = 500;

    public void Validate(JsonElement schema, JsonElement value, string place, List<string> faults, int depth)
    {
        if (depth > Deepest) throw new JsonSchemaException("the schema's references never end");
        if (schema.ValueKind == JsonValueKind.True) return;
        if (schema.ValueKind == JsonValueKind.False)
        {
            faults.Add($"{At(place)} may not be there");
            return;
        }
        foreach (var keyword in schema.EnumerateObject())
        {
            var fault = Alone(keyword.Name, keyword.Value, value) ?? Combined(keyword.Name, schema, keyword.Value, value, place, faults, depth);
            if (fault is not null) faults.Add($"{At(place)} {fault}");
        }
        if (value.ValueKind == JsonValueKind.Object) Members(schema, value, place, faults, depth);
        else if (value.ValueKind == JsonValueKind.Array) Items(schema, value, place, faults, depth);
    }

    /// <summary>Keywords that look at the value alone; null: nothing wrong, or not one of them.</summary>
    private string? Alone(string keyword, JsonElement argument, JsonElement value) => keyword switch
    {
        "type" => SchemaTypes.Matches(argument, value) ? null : $"is {SchemaTypes.Of(value)}, not {SchemaTypes.Named(argument)}",
        "enum" => argument.EnumerateArray().Any(a => JsonElement.DeepEquals(a, value)) ? null : $"is {Shown.Short(value.GetRawText())}, not one of {Shown.Short(argument.GetRawText())}",
        "const" => JsonElement.DeepEquals(argument, value) ? null : $"is {Shown.Short(value.GetRawText())}, not {Shown.Short(argument.GetRawText())}",
        "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" or "multipleOf" when value.ValueKind == JsonValueKind.Number => SchemaNumbers.Fault(keyword, argument, value),
        "minLength" or "maxLength" when value.ValueKind == JsonValueKind.String => Size(keyword, argument, value.GetString()!.EnumerateRunes().Count(), "characters"),
        "pattern" when value.ValueKind == JsonValueKind.String => Matches(argument.GetString()!, value.GetString()!) ? null : $"does not match {Shown.Short(argument.GetString()!)}",
        "minItems" or "maxItems" when value.ValueKind == JsonValueKind.Array => Size(keyword, argument, value.GetArrayLength(), "items"),
        "uniqueItems" when value.ValueKind == JsonValueKind.Array && argument.ValueKind == JsonValueKind.True => Repeated(value) ? "has an item twice" : null,
        "minProperties" or "maxProperties" when value.ValueKind == JsonValueKind.Object => Size(keyword, argument, value.GetPropertyCount(), "keys"),
        "required" when value.ValueKind == JsonValueKind.Object => Lacks(argument, value),
        "dependentRequired" when value.ValueKind == JsonValueKind.Object => argument.EnumerateObject().Where(d => value.TryGetProperty(d.Name, out _)).Select(d => Lacks(d.Value, value)).FirstOrDefault(f => f is not null),
        _ => null,
    };

    /// <summary>Keywords that apply other schemas to the same value.</summary>
    private string? Combined(string keyword, JsonElement schema, JsonElement argument, JsonElement value, string place, List<string> faults, int depth)
    {
        switch (keyword)
        {
            case "$ref":
                Validate(SchemaReader.Resolve(root, argument.GetString()!)!.Value, value, place, faults, depth + 1);
                return null;
            case "allOf":
                foreach (var part in argument.EnumerateArray()) Validate(part, value, place, faults, depth + 1);
                return null;
            case "anyOf":
                return argument.EnumerateArray().Any(part => Allows(part, value, depth)) ? null : "fits none of anyOf";
            case "oneOf":
                var fitting = argument.EnumerateArray().Count(part => Allows(part, value, depth));
                return fitting == 1 ? null : $"fits {fitting} of oneOf, not 1";
            case "not":
                return Allows(argument, value, depth) ? "fits what it may not" : null;
            case "if":
                if (schema.TryGetProperty(Allows(argument, value, depth) ? "then" : "else", out var branch)) Validate(branch, value, place, faults, depth + 1);
                return null;
            case "dependentSchemas" when value.ValueKind == JsonValueKind.Object:
                foreach (var part in argument.EnumerateObject())
                    if (value.TryGetProperty(part.Name, out _)) Validate(part.Value, value, place, faults, depth + 1);
                return null;
            default:
                return null;
        }
    }

    private void Members(JsonElement schema, JsonElement value, string place, List<string> faults, int depth)
    {
        var named = Part(schema, "properties");
        var matching = Part(schema, "patternProperties")?.EnumerateObject().ToArray() ?? [];
        foreach (var member in value.EnumerateObject())
        {
            var (at, known) = ($"{place}/{member.Name}", false);
            if (named is { } properties && properties.TryGetProperty(member.Name, out var own))
            {
                known = true;
                Validate(own, member.Value, at, faults, depth + 1);
            }
            foreach (var pattern in matching)
            {
                if (!Matches(pattern.Name, member.Name)) continue;
                known = true;
                Validate(pattern.Value, member.Value, at, faults, depth + 1);
            }
            if (!known && Part(schema, "additionalProperties") is { } additional) Validate(additional, member.Value, at, faults, depth + 1);
            if (Part(schema, "propertyNames") is { } names && !Allows(names, JsonSerializer.SerializeToElement(member.Name), depth)) faults.Add($"{At(at)} has a name that is not allowed");
        }
    }

    private void Items(JsonElement schema, JsonElement value, string place, List<string> faults, int depth)
    {
        var first = Part(schema, "prefixItems")?.EnumerateArray().ToArray() ?? [];
        var rest = Part(schema, "items");
        foreach (var (i, item) in value.EnumerateArray().Index())
        {
            if (i < first.Length) Validate(first[i], item, $"{place}/{i}", faults, depth + 1);
            else if (rest is { } items) Validate(items, item, $"{place}/{i}", faults, depth + 1);
        }
        if (Part(schema, "contains") is not { } contains) return;
        var found = value.EnumerateArray().Count(item => Allows(contains, item, depth));
        var (least, most) = (Part(schema, "minContains")?.GetDouble() ?? 1, Part(schema, "maxContains")?.GetDouble() ?? double.PositiveInfinity);
        if (found < least) faults.Add($"{At(place)} contains {found} items that fit, fewer than {least}");
        if (found > most) faults.Add($"{At(place)} contains {found} items that fit, more than {most}");
    }

    private bool Allows(JsonElement schema, JsonElement value, int depth)
    {
        var faults = new List<string>();
        Validate(schema, value, "", faults, depth + 1);
        return faults.Count == 0;
    }

    private bool Matches(string pattern, string text)
    {
        try
        {
            return patterns[pattern].IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new JsonSchemaException($"the pattern {Shown.Short(pattern)} takes too long on this answer");
        }
    }

    private static string? Lacks(JsonElement names, JsonElement value) =>
        names.EnumerateArray().Select(n => n.GetString()!).FirstOrDefault(n => !value.TryGetProperty(n, out _)) is { } absent ? $"lacks '{absent}'" : null;

    private static string? Size(string keyword, JsonElement bound, int found, string unit) =>
        keyword.StartsWith("min", StringComparison.Ordinal)
            ? found < bound.GetDouble() ? $"has {found} {unit}, fewer than {bound}" : null
            : found > bound.GetDouble() ? $"has {found} {unit}, more than {bound}" : null;

    private static bool Repeated(JsonElement list)
    {
        var items = list.EnumerateArray().ToArray();
        for (var i = 1; i < items.Length; i++)
            for (var j = 0; j < i; j++)
                if (JsonElement.DeepEquals(items[i], items[j])) return true;
        return false;
    }

    private static JsonElement? Part(JsonElement schema, string name) => schema.TryGetProperty(name, out var part) ? part : null;

    private static string At(string place) => place.Length == 0 ? "the value" : place;
}
