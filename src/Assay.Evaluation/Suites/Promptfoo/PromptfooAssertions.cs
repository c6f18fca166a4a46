using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Experiments;
using Assay.Experiments.Reading;

namespace Assay.Evaluation.Promptfoo;

/// <summary>promptfoo's assertions as checks, criteria and judges; what has no equal is named, and not checked.</summary>
internal static class PromptfooAssertions
{
    /// <summary>What an assertion's value is.</summary>
    private enum Form { Nothing, Text, List, Score, Limit, Schema, Length, Edits }

    /// <summary>Assertion to check, what else is said with it, what its value is, and the threshold where none is written.</summary>
    private static readonly Dictionary<string, (string Check, string More, Form Form, double? Threshold)> Equal = new(StringComparer.Ordinal)
    {
        ["equals"] = ("equals", """{"trim":false}""", Form.Text, null),
        ["contains"] = ("contains", "", Form.Text, null),
        ["icontains"] = ("contains", """{"ignoreCase":true}""", Form.Text, null),
        ["contains-all"] = ("contains", """{"match":"all"}""", Form.List, null),
        ["contains-any"] = ("contains", """{"match":"any"}""", Form.List, null),
        ["icontains-all"] = ("contains", """{"match":"all","ignoreCase":true}""", Form.List, null),
        ["icontains-any"] = ("contains", """{"match":"any","ignoreCase":true}""", Form.List, null),
        ["starts-with"] = ("starts-with", """{"trim":false}""", Form.Text, null),
        ["ends-with"] = ("ends-with", """{"trim":false}""", Form.Text, null),
        ["regex"] = ("regex", "", Form.Text, null),
        ["is-json"] = ("is-json", "", Form.Schema, null),
        ["contains-json"] = ("contains-json", """{"kind":"any"}""", Form.Schema, null),
        ["is-xml"] = ("xml", """{"fence":false}""", Form.Nothing, null),
        ["is-sql"] = ("sql", """{"fence":false}""", Form.Nothing, null),
        ["is-refusal"] = ("refusal", "", Form.Nothing, null),
        ["word-count"] = ("length", """{"unit":"words"}""", Form.Length, null),
        ["character-count"] = ("length", """{"unit":"characters"}""", Form.Length, null),
        ["levenshtein"] = ("levenshtein", "", Form.Edits, 5),
        ["rouge-n"] = ("rouge-n", "", Form.Score, 0.75),
        ["rouge-l"] = ("rouge-l", "", Form.Score, 0.75),
        ["bleu"] = ("bleu", "", Form.Score, 0.5),
        ["gleu"] = ("gleu", "", Form.Score, 0.5),
        ["meteor"] = ("meteor", "", Form.Score, 0.5),
        ["similar"] = ("embedding-similarity", "", Form.Score, 0.75),
        ["similar:cosine"] = ("embedding-similarity", "", Form.Score, 0.75),
        ["cost"] = ("cost", "", Form.Limit, null),
        ["latency"] = ("latency", "", Form.Limit, null),
    };

    private static readonly string[] Known = ["type", "value", "threshold", "weight", "metric", "provider", "description"];

    // Only what promptfoo itself knows; any other word before a colon is a part of a text.
    private static readonly string[] WithoutEqual = ["javascript", "python", "ruby", "webhook", "moderation", "classifier", "perplexity", "perplexity-score", "rouge-s", "contains-sql", "contains-xml", "contains-html", "is-html", "f-score", "guardrails", "finish-reason", "context-relevance", "is-valid-openai-function-call", "is-valid-openai-tools-call", "is-valid-function-call", "tool-call-f1", "max-score", "pi", "search-rubric"];

    public static bool IsKnown(string written) => written.StartsWith("not-", StringComparison.Ordinal) ? IsKnown(written[4..]) : Equal.ContainsKey(written) || PromptfooGraders.Judges(written) || WithoutEqual.Contains(written);

    /// <summary>The case with all that its assertions ask.</summary>
    public static GoldenCase Add(GoldenCase golden, IEnumerable<Node> asserts, Source source, PromptfooImport import)
    {
        foreach (var node in asserts)
        {
            if (node is not MappingNode assertion) source.Error("wrong-type", node.Line, "assert", $"an assertion must be a mapping, not {node.Kind}");
            else if (assertion["type"] is ScalarNode { Value: "assert-set" })
            {
                if (assertion["threshold"] is not null) import.LeftOut.Add("assert-set: its threshold is not used; every assertion in it counts for itself");
                golden = Add(golden, (assertion["assert"] as SequenceNode)?.Items ?? [], source, import);
            }
            else golden = One(golden, assertion, source, import);
        }
        return golden;
    }

    private static GoldenCase One(GoldenCase golden, MappingNode assertion, Source source, PromptfooImport import)
    {
        var written = (assertion["type"] as ScalarNode)?.Value ?? "";
        var negated = written.StartsWith("not-", StringComparison.Ordinal);
        var type = negated ? written[4..] : written;
        // An answer that is changed before it is looked at is another answer.
        if (assertion.Entries.FirstOrDefault(e => e.Key is "transform" or "contextTransform") is { Key: var program })
        {
            import.LeftOut.Add($"the assertion '{written}' has a {program}, which is a program, and is not checked");
            return golden;
        }
        foreach (var entry in assertion.Entries.Where(e => !Known.Contains(e.Key))) import.LeftOut.Add($"the assertion '{written}': its '{entry.Key}' has no equal here");
        if (!TryValue(assertion, written, source, import, out var value)) return golden;
        value = Filled(value, golden.Variables);
        if (PromptfooGraders.Judges(type)) return import.Graders.Add(golden, written, value, assertion, source, import);
        if (!Equal.TryGetValue(type, out var equal) || Check(golden, assertion, written, negated, type, value, source, import) is not { } check)
        {
            if (!Equal.ContainsKey(type)) import.LeftOut.Add($"the assertion '{written}' has no equal here and is not checked");
            return golden;
        }
        return golden with { Checks = golden.Checks.Add(check) };
    }

    private static CheckSpec? Check(GoldenCase golden, MappingNode assertion, string written, bool negated, string type, JsonNode? value, Source source, PromptfooImport import)
    {
        var (check, more, form, otherwise) = Equal[type];
        var arguments = more.Length == 0 ? [] : JsonNode.Parse(more)!.AsObject();
        double? threshold = assertion["threshold"] is ScalarNode given && Scalars.TryNumber(given, out var limit) ? limit : otherwise;
        if (form == Form.Limit && threshold is { } most) arguments["max"] = most;
        if (form == Form.Score && threshold is { } least) arguments["threshold"] = least;
        if (form == Form.Edits && threshold is { } edits) arguments["maxEdits"] = (int)edits;
        if (form == Form.Nothing && value is not null) import.LeftOut.Add($"the assertion '{written}' with a value: the value is not checked, the form is");
        if (value is not null && form is Form.Text or Form.List or Form.Score or Form.Edits) arguments["value"] = Texts(value, form, type);
        if (value is not null && form == Form.Length) Bounds(arguments, value);
        if (type is "similar" or "similar:cosine") PromptfooGraders.Embed(assertion, source, import);
        var services = import.Services.Checks with { Embedder = import.Services.Checks.Embedder ?? PromisedEmbedder.Instance };
        var spec = new CheckSpec
        {
            Type = check,
            IsNegated = negated,
            Weight = assertion["weight"] is ScalarNode weight && Scalars.TryNumber(weight, out var share) ? share : 1,
            Metric = (assertion["metric"] as ScalarNode)?.Value ?? written,
            Arguments = JsonElement.Parse(arguments.ToJsonString()),
            Place = PromptfooFiles.Place(source, assertion.Line),
        };
        if (form == Form.Schema && value is not null)
        {
            var schema = new JsonObject { ["schema"] = Schema(value), ["where"] = type == "is-json" ? "whole" : "anywhere" };
            var with = spec with { Type = "json-schema", Arguments = JsonElement.Parse(schema.ToJsonString()) };
            var problems = CheckCatalog.Create(with, services).Problems;
            if (problems.IsEmpty) return with;
            import.LeftOut.Add($"the assertion '{written}': its schema is not checked, the form is ({problems[0].Message})");
        }
        foreach (var problem in CheckCatalog.Create(spec, services).Problems) source.Error("check", assertion.Line, "assert", $"{written}: {problem.Message}", problem.Hint);
        return spec;
    }

    // False: the value is a program, so there is nothing to check with.
    private static bool TryValue(MappingNode assertion, string written, Source source, PromptfooImport import, out JsonNode? value)
    {
        value = assertion["value"] is { } node ? JsonNode.Parse(NodeJson.ToElement(node).GetRawText()) : null;
        if (assertion["value"] is not ScalarNode { Value: var text } || !PromptfooFiles.IsReference(text)) return true;
        var name = PromptfooFiles.Name(text);
        if (PromptfooFiles.IsProgram(name))
        {
            import.LeftOut.Add($"the assertion '{written}' has a program for its value ({name}) and is not checked");
            return false;
        }
        value = PromptfooFiles.Texts(text, assertion.Line, "assert", source).FirstOrDefault() is { } content ? JsonValue.Create(content.TrimEnd('\n')) : null;
        return value is not null;
    }

    private static JsonNode Texts(JsonNode value, Form form, string type)
    {
        if (value is JsonArray list) return form == Form.Text && type == "equals" ? list.DeepClone() : new JsonArray([.. list.Select(i => JsonValue.Create(Text(i)))]);
        if (value is JsonObject && type == "equals") return value.DeepClone();
        return form != Form.List ? JsonValue.Create(Text(value)) : new JsonArray([.. Separated(Text(value)).Select(t => JsonValue.Create(t))]);
    }

    // One text with commas is a list there; quotes keep a comma.
    private static IEnumerable<string> Separated(string text)
    {
        var part = new System.Text.StringBuilder();
        var quoted = false;
        foreach (var c in text.Append(','))
        {
            if (c == '"') quoted = !quoted;
            else if (c != ',' || (quoted && part.Length < text.Length)) part.Append(c);
            else
            {
                if (part.ToString().Trim() is { Length: > 0 } item) yield return item;
                part.Clear();
            }
        }
    }

    private static void Bounds(JsonObject arguments, JsonNode value)
    {
        foreach (var (bound, key) in ((string, string)[])[("min", "min"), ("max", "max")])
            if ((value is JsonObject range ? range[key] : value) is { } number) arguments[bound] = number.DeepClone();
    }

    private static JsonNode? Schema(JsonNode value) =>
        value is JsonValue text && text.TryGetValue<string>(out var content) && NodeText.Read(content, new Source(null, null, new ProblemList())) is [MappingNode schema] ? JsonNode.Parse(NodeJson.ToElement(schema).GetRawText()) : value.DeepClone();

    internal static string Text(JsonNode? value) => value is JsonValue plain && plain.TryGetValue<string>(out var text) ? text : value?.ToJsonString() ?? "";

    private static JsonNode? Filled(JsonNode? node, ImmutableSortedDictionary<string, JsonElement> variables) => node switch
    {
        JsonValue text when text.TryGetValue<string>(out var template) => TemplateText.Parse(template).Render(name => PromptRenderer.TextOf(variables, name)).Text ?? template,
        JsonArray list => new JsonArray([.. list.Select(i => Filled(i?.DeepClone(), variables))]),
        _ => node?.DeepClone(),
    };
}
