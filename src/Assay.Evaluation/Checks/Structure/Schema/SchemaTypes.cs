using System.Text.Json;

namespace Assay.Evaluation.Checks;

/// <summary>The types of JSON Schema. 1.0 is an integer, as the draft says.</summary>
internal static class SchemaTypes
{
    public static bool Matches(JsonElement declared, JsonElement value) => declared.ValueKind == JsonValueKind.Array
        ? declared.EnumerateArray().Any(t => Matches(t, value))
        : declared.GetString() switch
        {
            "integer" => IsInteger(value),
            "number" => value.ValueKind == JsonValueKind.Number,
            var name => name == Of(value),
        };

    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => IsInteger(value) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };

    public static string Named(JsonElement declared) => declared.ValueKind == JsonValueKind.Array
        ? string.Join(" or ", declared.EnumerateArray().Select(t => t.GetString()))
        : declared.GetString()!;

    private static bool IsInteger(JsonElement value) => value.ValueKind == JsonValueKind.Number
        && (value.TryGetInt64(out _) || (value.TryGetDecimal(out var exact) ? decimal.IsInteger(exact) : value.TryGetDouble(out var near) && double.IsInteger(near)));
}
