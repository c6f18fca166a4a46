using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Experiments;

namespace Assay.Evaluation;

/// <summary>What an application is sent, and where in its response the answer is.</summary>
internal static class ApplicationBody
{
    public static JsonObject Whole(SuiteVariant variant, GoldenCase golden)
    {
        var whole = Case(variant, golden);
        if (!variant.Prompt.IsEmpty) whole["prompt"] = Prompt(variant, golden);
        return whole;
    }

    /// <summary>The variant's prompt, filled: the text of a single user turn, else the turns as JSON.</summary>
    public static string Prompt(SuiteVariant variant, GoldenCase golden)
    {
        var (turns, _) = PromptRenderer.Render(variant, golden);
        return turns is [{ Role: "user", Content: var text }] ? text : SuiteHash.Turns(turns).ToJsonString();
    }

    /// <summary>The first placeholder of a template that nothing fills; null when all are.</summary>
    public static string? Missing(JsonElement template, JsonObject values) => template.ValueKind switch
    {
        JsonValueKind.Object => template.EnumerateObject().Select(p => Missing(p.Value, values)).FirstOrDefault(m => m is not null),
        JsonValueKind.Array => template.EnumerateArray().Select(i => Missing(i, values)).FirstOrDefault(m => m is not null),
        JsonValueKind.String => TemplateText.Parse(template.GetString()!).Names.FirstOrDefault(n => !values.ContainsKey(n) && Value(n, values) is null),
        _ => null,
    };

    private static JsonObject Case(SuiteVariant variant, GoldenCase golden) => new()
    {
        ["id"] = golden.Id,
        ["input"] = golden.Input,
        ["messages"] = SuiteHash.Turns(golden.Messages),
        ["vars"] = new JsonObject(golden.Variables.Select(v => KeyValuePair.Create(v.Key, JsonNode.Parse(v.Value.GetRawText())))),
        ["context"] = new JsonArray([.. variant.ContextOf(golden).Select(c => JsonValue.Create(c))]),
        ["config"] = variant.Settings.Config is { } config ? JsonNode.Parse(config.GetRawText()) : null,
    };

    /// <summary>The template filled; a text that is nothing but <c>{{messages}}</c>, <c>{{vars}}</c> or <c>{{context}}</c> becomes the value itself.</summary>
    public static JsonNode? Filled(JsonElement template, JsonObject values)
    {
        switch (template.ValueKind)
        {
            case JsonValueKind.Object:
                return new JsonObject(template.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Filled(p.Value, values))));
            case JsonValueKind.Array:
                return new JsonArray([.. template.EnumerateArray().Select(i => Filled(i, values))]);
            case JsonValueKind.String:
                var text = template.GetString()!;
                var parsed = TemplateText.Parse(text);
                if (parsed.Names is [var only] && text.Trim().Length == only.Length + 4 && Value(only, values) is { } whole) return whole.DeepClone();
                return parsed.Render(name => Value(name, values) is { } v ? v is JsonValue plain && plain.TryGetValue<string>(out var s) ? s : v.ToJsonString() : "").Text;
            default:
                return JsonNode.Parse(template.GetRawText());
        }
    }

    /// <summary>The value at a path such as <c>choices[0].message.content</c>; null when there is none.</summary>
    public static JsonNode? At(JsonNode? root, string path)
    {
        var node = root;
        foreach (var part in path.TrimStart('$').Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part[0] == '[') node = node is JsonArray list && int.TryParse(part.AsSpan(1, part.Length - 2), System.Globalization.CultureInfo.InvariantCulture, out var i) && i >= 0 && i < list.Count ? list[i] : null;
            else node = node is JsonObject o ? o[part] : null;
        }
        return node;
    }

    public static string Text(JsonNode node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : node.ToJsonString();

    private static JsonNode? Value(string name, JsonObject values) => values[name] ?? (values["vars"] as JsonObject)?[name] ?? At(values["vars"], name);
}
