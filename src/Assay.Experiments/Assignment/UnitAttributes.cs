using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Assay.Experiments;

/// <summary>
/// What is known of a unit at the moment of one decision. A view over the caller's dictionary, passed by value into each call and
/// kept by nothing: an object that held the current user's attributes would leak one user's targeting to another.
/// </summary>
public readonly struct UnitAttributes
{
    private readonly IReadOnlyDictionary<string, JsonElement>? values;

    /// <param name="values">Attribute name → value; null for none. Not copied: it must not change during the call.</param>
    public UnitAttributes(IReadOnlyDictionary<string, JsonElement>? values) => this.values = values;

    public static UnitAttributes None => default;

    /// <summary>The value under exactly this name, else, for <c>a.b</c>, the property <c>b</c> of the object <c>a</c>.</summary>
    /// <returns>False when it is absent or null.</returns>
    public bool TryGet(string name, out JsonElement value)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TryGet(name, name.Contains('.', StringComparison.Ordinal) ? name.Split('.') : null, out value);
    }

    /// <summary>Reads a JSON object, as in the header <c>x-assay-attributes</c>.</summary>
    /// <param name="json">Null or empty gives no attributes.</param>
    /// <param name="attributes">The attributes when true is returned.</param>
    /// <param name="error">What is wrong when false is returned.</param>
    public static bool TryParse(string? json, out UnitAttributes attributes, [NotNullWhen(false)] out string? error)
    {
        attributes = default;
        error = null;
        if (string.IsNullOrWhiteSpace(json)) return true;
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                error = "attributes must be a JSON object";
                return false;
            }
            var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (var property in document.RootElement.EnumerateObject()) values[property.Name] = property.Value.Clone();
            attributes = new UnitAttributes(values);
            return true;
        }
        catch (JsonException e)
        {
            error = "attributes are not valid JSON: " + e.Message;
            return false;
        }
    }

    /// <summary>The same with the path already split, so that the hot path allocates nothing.</summary>
    internal bool TryGet(string name, string[]? path, out JsonElement value)
    {
        value = default;
        if (values is null) return false;
        if (values.TryGetValue(name, out value)) return IsPresent(value);
        if (path is null || !values.TryGetValue(path[0], out value)) return false;
        for (var i = 1; i < path.Length; i++)
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(path[i], out value)) return false;
        return IsPresent(value);
    }

    private static bool IsPresent(JsonElement value) => value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);
}
