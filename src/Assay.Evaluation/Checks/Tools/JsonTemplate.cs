using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Evaluation.Checks;

/// <summary>JSON whose texts may hold <c>{{name}}</c>, filled from the case's variables.</summary>
internal sealed class JsonTemplate(JsonElement json)
{
    private readonly bool isPlain = !json.GetRawText().Contains("{{", StringComparison.Ordinal);

    public bool TryFor(GoldenCase golden, out JsonElement filled, [NotNullWhen(false)] out CheckResult? missing)
    {
        (filled, missing) = (json, null);
        if (isPlain) return true;
        var node = Fill(JsonNode.Parse(json.GetRawText()), golden, ref missing);
        if (missing is not null) return false;
        filled = JsonSerializer.SerializeToElement(node);
        return true;
    }

    private static JsonNode? Fill(JsonNode? node, GoldenCase golden, ref CheckResult? missing)
    {
        switch (node)
        {
            case JsonObject members:
                var filled = new JsonObject();
                foreach (var (name, value) in members) filled[name] = Fill(value?.DeepClone(), golden, ref missing);
                return filled;
            case JsonArray items:
                var list = new JsonArray();
                foreach (var item in items) list.Add(Fill(item?.DeepClone(), golden, ref missing));
                return list;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                if (Wanted.Of(value.GetValue<string>()).TryFor(golden, out var text, out var absent)) return JsonValue.Create(text);
                missing ??= absent;
                return value;
            default:
                return node;
        }
    }
}
