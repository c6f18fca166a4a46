using System.Text.Json;

namespace Assay.Evaluation.Checks;

/// <summary>Whether a JSON value holds all of another.</summary>
internal static class JsonSubset
{
    /// <summary>Objects may have more keys, at every depth; lists must be equally long and each item must hold its like; anything else must be equal.</summary>
    public static bool Holds(JsonElement found, JsonElement wanted) => wanted.ValueKind switch
    {
        JsonValueKind.Object => found.ValueKind == JsonValueKind.Object
            && wanted.EnumerateObject().All(p => found.TryGetProperty(p.Name, out var value) && Holds(value, p.Value)),
        JsonValueKind.Array => found.ValueKind == JsonValueKind.Array && found.GetArrayLength() == wanted.GetArrayLength()
            && found.EnumerateArray().Zip(wanted.EnumerateArray()).All(pair => Holds(pair.First, pair.Second)),
        _ => JsonElement.DeepEquals(found, wanted),
    };
}
