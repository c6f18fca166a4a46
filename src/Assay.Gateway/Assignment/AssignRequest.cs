using System.Text.Json;

namespace Assay.Gateway;

/// <summary>The body of POST /api/v1/assign.</summary>
/// <param name="Units">Ids by unit: request, session, conversation, user, cluster, and unit for the experiment's own.</param>
/// <param name="Attributes">A JSON object, or nothing.</param>
/// <param name="Experiments">Keys; null: every experiment.</param>
/// <param name="Expose">Whether the assignment counts as an exposure. Default true.</param>
internal sealed record AssignRequest(RequestUnits Units, JsonElement? Attributes, IReadOnlyList<string>? Experiments, bool Expose)
{
    private static readonly string[] Kinds = ["request", "session", "conversation", "user", "cluster", "unit"];
    private static readonly string[] Fields = ["units", "attributes", "experiments", "expose"];

    /// <returns>The request, or every problem with it.</returns>
    public static (AssignRequest? Request, List<string> Problems) Parse(ReadOnlyMemory<byte> body, string newRequestId)
    {
        var problems = new List<string>();
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return (null, ["the body must be a JSON object"]);
            foreach (var property in root.EnumerateObject())
                if (!Fields.Contains(property.Name, StringComparer.Ordinal)) problems.Add($"unknown field '{property.Name}'; known are {string.Join(", ", Fields)}");
            var units = ReadUnits(root, problems, newRequestId);
            var attributes = Optional(root, "attributes", JsonValueKind.Object, "an object", problems)?.Clone();
            var experiments = Keys(root, problems);
            var expose = true;
            if (root.TryGetProperty("expose", out var e))
            {
                if (e.ValueKind is JsonValueKind.True or JsonValueKind.False) expose = e.GetBoolean();
                else problems.Add("'expose' must be true or false");
            }
            return problems.Count > 0 ? (null, problems) : (new AssignRequest(units, attributes, experiments, expose), problems);
        }
        catch (JsonException e)
        {
            return (null, [$"the body is not valid JSON (line {(e.LineNumber ?? 0) + 1}, byte {e.BytePositionInLine})"]);
        }
    }

    private static RequestUnits ReadUnits(JsonElement root, List<string> problems, string newRequestId)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Optional(root, "units", JsonValueKind.Object, "an object", problems) is { } units)
        {
            foreach (var unit in units.EnumerateObject())
            {
                if (!Kinds.Contains(unit.Name, StringComparer.Ordinal)) problems.Add($"unknown unit '{unit.Name}'; known are {string.Join(", ", Kinds)}");
                else if (unit.Value.ValueKind == JsonValueKind.String) ids[unit.Name] = unit.Value.GetString()!;
                else if (unit.Value.ValueKind == JsonValueKind.Number) ids[unit.Name] = unit.Value.GetRawText();
                else if (unit.Value.ValueKind != JsonValueKind.Null) problems.Add($"unit '{unit.Name}' must be a string");
            }
        }
        else if (!root.TryGetProperty("units", out _))
        {
            problems.Add("'units' is missing: an object such as {\"conversation\":\"c-1\"}");
        }
        string? Of(string kind) => ids.GetValueOrDefault(kind) is { Length: > 0 } id ? id : null;
        return new RequestUnits(new Events.UnitIds(Of("request") ?? newRequestId, Of("session"), Of("conversation"), Of("user"), Of("cluster")), Of("unit"));
    }

    private static List<string>? Keys(JsonElement root, List<string> problems)
    {
        if (Optional(root, "experiments", JsonValueKind.Array, "an array of keys", problems) is not { } array) return null;
        var keys = new List<string>();
        foreach (var key in array.EnumerateArray())
        {
            if (key.ValueKind == JsonValueKind.String) keys.Add(key.GetString()!);
            else problems.Add("'experiments' must hold keys only");
        }
        return keys;
    }

    private static JsonElement? Optional(JsonElement root, string name, JsonValueKind kind, string what, List<string> problems)
    {
        if (!root.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == kind) return value;
        problems.Add($"'{name}' must be {what}");
        return null;
    }
}
