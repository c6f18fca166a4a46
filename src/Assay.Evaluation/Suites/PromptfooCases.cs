using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Experiments;
using Assay.Experiments.Reading;

namespace Assay.Evaluation;

/// <summary>promptfoo's tests: variables, descriptions and the assertions that have an equal here.</summary>
internal static class PromptfooCases
{
    /// <summary>Assertion to check, and what else is said with it.</summary>
    private static readonly Dictionary<string, (string Check, string More)> Equal = new(StringComparer.Ordinal)
    {
        ["equals"] = ("equals", ""),
        ["contains"] = ("contains", ""),
        ["icontains"] = ("contains", """{"ignoreCase":true}"""),
        ["contains-all"] = ("contains", """{"match":"all"}"""),
        ["contains-any"] = ("contains", """{"match":"any"}"""),
        ["icontains-all"] = ("contains", """{"match":"all","ignoreCase":true}"""),
        ["icontains-any"] = ("contains", """{"match":"any","ignoreCase":true}"""),
        ["starts-with"] = ("starts-with", ""),
        ["regex"] = ("regex", ""),
        ["is-json"] = ("is-json", ""),
        ["contains-json"] = ("contains-json", ""),
        ["is-xml"] = ("xml", ""),
        ["is-sql"] = ("sql", ""),
        ["is-refusal"] = ("refusal", ""),
        ["levenshtein"] = ("levenshtein", ""),
        ["rouge-n"] = ("rouge-n", ""),
        ["bleu"] = ("bleu", ""),
        ["gleu"] = ("gleu", ""),
        ["meteor"] = ("meteor", ""),
        ["similar"] = ("embedding-similarity", ""),
        ["cost"] = ("cost", ""),
        ["latency"] = ("latency", ""),
    };

    /// <summary>A row of a CSV file: columns are variables, <c>__expected</c> (1, 2, …) are assertions.</summary>
    public static MappingNode OfRow(Node row)
    {
        var cells = ((MappingNode)row).Entries;
        var asserts = cells.Where(c => c.Key.StartsWith("__expected", StringComparison.Ordinal)).Select(c => Assertion((ScalarNode)c.Value)).ToList();
        var vars = new MappingNode([.. cells.Where(c => !c.Key.StartsWith("__", StringComparison.Ordinal))], row.Line);
        var description = cells.FirstOrDefault(c => c.Key == "__description");
        return new MappingNode([.. description is null ? [] : (MappingEntry[])[description with { Key = "description" }], new("vars", row.Line, vars), new("assert", row.Line, new SequenceNode(asserts, row.Line))], row.Line);
    }

    private static MappingNode Assertion(ScalarNode cell)
    {
        var colon = cell.Value.IndexOf(':', StringComparison.Ordinal);
        var type = colon > 0 ? cell.Value[..colon].Trim() : "";
        var known = Equal.ContainsKey(type.StartsWith("not-", StringComparison.Ordinal) ? type[4..] : type) || type is "llm-rubric" or "javascript" or "python" or "fn";
        return new MappingNode([new("type", cell.Line, new ScalarNode(known ? type : "equals", false, cell.Line)), new("value", cell.Line, new ScalarNode(known ? cell.Value[(colon + 1)..].Trim() : cell.Value, false, cell.Line))], cell.Line);
    }

    public static GoldenCase Of(MappingNode test, MappingNode? defaults, int number, Source source, CheckServices services, SortedSet<string> leftOut)
    {
        var variables = ImmutableSortedDictionary.CreateBuilder<string, JsonElement>(StringComparer.Ordinal);
        foreach (var entry in (defaults?["vars"] as MappingNode)?.Entries ?? []) variables[entry.Key] = NodeJson.ToElement(entry.Value);
        foreach (var entry in (test["vars"] as MappingNode)?.Entries ?? [])
        {
            variables[entry.Key] = NodeJson.ToElement(entry.Value);
            if (entry.Value is SequenceNode) leftOut.Add($"the variable '{entry.Key}' is a list: it is filled in as JSON, not expanded into several tests");
            if (entry.Value is ScalarNode { Value: var text } && text.StartsWith("file://", StringComparison.Ordinal))
            {
                if (source.ReadReferenced(text[7..], entry.Line, "vars." + entry.Key, out _) is { } content) variables[entry.Key] = JsonElement.Parse(JsonValue.Create(content).ToJsonString());
            }
        }
        var values = variables.ToImmutable();
        foreach (var entry in test.Entries.Where(e => e.Key is not ("vars" or "assert" or "description" or "metadata"))) leftOut.Add($"tests: '{entry.Key}' has no equal here");
        var asserts = ((defaults?["assert"] as SequenceNode)?.Items ?? []).Concat((test["assert"] as SequenceNode)?.Items ?? []);
        return new GoldenCase
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{number}"),
            Messages = [],
            Variables = values,
            Tags = (test["description"] as ScalarNode)?.Value is { Length: > 0 } description ? [description] : [],
            Checks = [.. asserts.OfType<MappingNode>().Select(a => Check(a, values, source, services, leftOut)).OfType<CheckSpec>()],
            Place = string.Create(CultureInfo.InvariantCulture, $"{source.File}:{test.Line}"),
        };
    }

    private static CheckSpec? Check(MappingNode assertion, ImmutableSortedDictionary<string, JsonElement> variables, Source source, CheckServices services, SortedSet<string> leftOut)
    {
        var written = (assertion["type"] as ScalarNode)?.Value ?? "";
        var negated = written.StartsWith("not-", StringComparison.Ordinal);
        var type = negated ? written[4..] : written;
        if (!Equal.TryGetValue(type, out var equal) || CheckCatalog.Find(equal.Check) is null)
        {
            leftOut.Add($"the assertion '{written}' has no equal here and is not checked");
            return null;
        }
        var arguments = equal.More.Length == 0 ? [] : JsonNode.Parse(equal.More)!.AsObject();
        var isLimit = type is "cost" or "latency";
        if (assertion["threshold"] is ScalarNode threshold && Scalars.TryNumber(threshold, out var limit)) arguments[isLimit ? "max" : "threshold"] = limit;
        if (assertion["value"] is { } value && !isLimit) arguments["value"] = Filled(JsonNode.Parse(NodeJson.ToElement(value).GetRawText()), variables);
        if (type is "is-json" or "contains-json" or "is-sql" or "is-xml" && arguments.Remove("value")) leftOut.Add($"the assertion '{written}' with a value: the value is not checked, the form is");
        var spec = new CheckSpec
        {
            Type = equal.Check,
            IsNegated = negated,
            Weight = assertion["weight"] is ScalarNode weight && Scalars.TryNumber(weight, out var share) ? share : 1,
            Metric = (assertion["metric"] as ScalarNode)?.Value ?? written,
            Arguments = JsonElement.Parse(arguments.ToJsonString()),
            Place = string.Create(CultureInfo.InvariantCulture, $"{source.File}:{assertion.Line}"),
        };
        foreach (var problem in CheckCatalog.Create(spec, services).Problems) source.Error("check", assertion.Line, "assert", $"{written}: {problem.Message}", problem.Hint);
        return spec;
    }

    private static JsonNode? Filled(JsonNode? node, ImmutableSortedDictionary<string, JsonElement> variables) => node switch
    {
        JsonValue text when text.TryGetValue<string>(out var template) => TemplateText.Parse(template).Render(name => PromptRenderer.TextOf(variables, name)).Text ?? template,
        JsonArray list => new JsonArray([.. list.Select(i => Filled(i?.DeepClone(), variables))]),
        _ => node?.DeepClone(),
    };
}
