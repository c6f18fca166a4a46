using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Evaluation.Cases;
using Assay.Experiments;
using Assay.Experiments.Reading;

namespace Assay.Evaluation.Promptfoo;

/// <summary>Tests and scenarios as cases: defaults merged in, list-valued variables expanded to every combination, as promptfoo does.</summary>
internal static class PromptfooTests
{
    private static readonly string[] Known = ["vars", "assert", "description", "metadata", "options"];

    public static void Read(Section root, PromptfooImport import, int first)
    {
        var defaults = Mapping(root.Take("defaultTest"), "defaultTest", root.Source);
        if (defaults is not null) Name(defaults, "defaultTest", import);
        import.Graders.Use(defaults, "defaultTest", root.Source, import);
        var number = first;
        foreach (var (test, source) in Tests(root, "tests", import)) Add([defaults, test], test, source);
        foreach (var (node, path) in root.List("scenarios"))
        {
            if (Section.Of(node, path, root.Source) is not { } scenario) continue;
            var configs = scenario.List("config").Select(c => Mapping(c.Node, c.Path, root.Source)).ToList();
            foreach (var config in configs)
                foreach (var (test, source) in Tests(scenario, "tests", import)) Add([defaults, config, test], test, source);
            scenario.Take("description");
            scenario.Finish();
        }

        void Add(MappingNode?[] layers, MappingNode test, Source source)
        {
            Name(test, "tests", import);
            import.Graders.Use(test, "tests", source, import);
            AddCases([.. layers.OfType<MappingNode>()], test, number++, source, import);
        }
    }

    private static IEnumerable<(MappingNode Test, Source Source)> Tests(Section owner, string key, PromptfooImport import)
    {
        foreach (var (node, path) in owner.List(key, orOne: true))
        {
            if (node is MappingNode test && test["path"] is null)
            {
                yield return (test, owner.Source);
                continue;
            }
            if ((node as ScalarNode ?? (node as MappingNode)?["path"] as ScalarNode) is not { } reference)
            {
                owner.Source.Error("wrong-type", node.Line, path, $"a test must be a mapping or the name of a file, not {node.Kind}");
                continue;
            }
            foreach (var name in PromptfooFiles.Expand(PromptfooFiles.Name(reference.Value), owner.Source))
            {
                if (PromptfooFiles.IsProgram(name) || name.Contains("://", StringComparison.Ordinal))
                    owner.Source.Error("promptfoo-program", node.Line, path, $"tests that '{name}' would give have no equal here", "write them to a YAML, CSV or JSON lines file");
                else if (CaseFiles.Read(name, node.Line, path, owner.Source, import.Services.Tables, out var source) is { } read)
                    foreach (var row in read.IsTable ? [.. PromptfooTable.Tests(read, import)] : read.Rows)
                    {
                        if (row is MappingNode mapping) yield return (mapping, source);
                        else source.Error("wrong-type", row.Line, "", $"a test must be a mapping, not {row.Kind}");
                    }
            }
        }
    }

    private static MappingNode? Mapping(Node? node, string path, Source source)
    {
        if (node is null or MappingNode) return node as MappingNode;
        if (node is ScalarNode file && PromptfooFiles.IsReference(file.Value))
            return PromptfooFiles.Texts(file.Value, file.Line, path, source).Take(1).SelectMany(t => NodeText.Read(t, source)).OfType<MappingNode>().FirstOrDefault();
        source.Error("wrong-type", node.Line, path, $"{path} must be a mapping, not {node.Kind}");
        return null;
    }

    // What is not read must not be lost without a word.
    private static void Name(MappingNode test, string where, PromptfooImport import)
    {
        foreach (var entry in test.Entries.Where(e => !Known.Contains(e.Key))) import.LeftOut.Add($"{where}: '{entry.Key}' has no equal here");
        foreach (var entry in (test["options"] as MappingNode)?.Entries.Where(e => e.Key is not ("provider" or "disableVarExpansion")) ?? [])
            import.LeftOut.Add(entry.Key is "transform" or "postprocess" ? $"{where}: options.{entry.Key} is a program; checks see the answer as it came" : $"{where}: options.{entry.Key} has no equal here");
    }

    private static void AddCases(List<MappingNode> layers, MappingNode test, int number, Source source, PromptfooImport import)
    {
        var values = new SortedDictionary<string, ImmutableArray<JsonElement>>(StringComparer.Ordinal);
        var expands = !layers.Any(l => (l["options"] as MappingNode)?["disableVarExpansion"] is ScalarNode { Boolean: true });
        foreach (var layer in layers)
            foreach (var entry in Vars(layer, source)) values[entry.Key] = [.. Values(entry, expands, source)];
        var combinations = Combinations(values).ToList();
        var asserts = layers.SelectMany(l => (l["assert"] as SequenceNode)?.Items ?? []).ToList();
        ImmutableArray<string> tags = [.. Scalar(test["description"]), .. layers.SelectMany(l => (l["metadata"] as MappingNode)?.Entries ?? []).SelectMany(m => Scalar(m.Value).Select(v => $"{m.Key}: {v}")).Distinct(StringComparer.Ordinal)];
        for (var i = 0; i < combinations.Count; i++)
        {
            var variables = Resolved(combinations[i]);
            var golden = new GoldenCase
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"{number}{(combinations.Count > 1 ? $"-{i + 1}" : "")}"),
                Messages = [],
                Variables = variables,
                Context = variables.TryGetValue("context", out var context) ? [.. context.ValueKind == JsonValueKind.Array ? context.EnumerateArray().Select(TextOf) : [TextOf(context)]] : [],
                Tags = tags,
                Place = PromptfooFiles.Place(source, test.Line),
            };
            import.Cases.Add(PromptfooAssertions.Add(golden, asserts, source, import));
        }
    }

    // vars may be a file of its own.
    private static IEnumerable<MappingEntry> Vars(MappingNode layer, Source source) => Mapping(layer["vars"], "vars", source)?.Entries ?? [];

    private static IEnumerable<JsonElement> Values(MappingEntry entry, bool expands, Source source)
    {
        if (entry.Value is SequenceNode list && expands) return list.Items.SelectMany(item => Values(entry with { Value = item }, false, source));
        if (entry.Value is ScalarNode { Value: var text } && PromptfooFiles.IsReference(text))
            return PromptfooFiles.Texts(text, entry.Line, "vars." + entry.Key, source).Select(t => JsonElement.Parse(JsonValue.Create(t).ToJsonString()));
        return [NodeJson.ToElement(entry.Value)];
    }

    private static IEnumerable<ImmutableSortedDictionary<string, JsonElement>> Combinations(SortedDictionary<string, ImmutableArray<JsonElement>> values)
    {
        IEnumerable<ImmutableSortedDictionary<string, JsonElement>> all = [ImmutableSortedDictionary.Create<string, JsonElement>(StringComparer.Ordinal)];
        foreach (var (name, choices) in values) all = all.SelectMany(a => choices.Select(c => a.SetItem(name, c))).ToList();
        return all;
    }

    // A variable may use another one: {{name}} in its own text.
    private static ImmutableSortedDictionary<string, JsonElement> Resolved(ImmutableSortedDictionary<string, JsonElement> variables)
    {
        foreach (var (name, value) in variables.ToList())
        {
            if (value.ValueKind != JsonValueKind.String || TemplateText.Parse(value.GetString()!) is not { Names.IsEmpty: false } template) continue;
            if (template.Render(other => other == name ? null : PromptRenderer.TextOf(variables, other)).Text is { } text) variables = variables.SetItem(name, JsonElement.Parse(JsonValue.Create(text).ToJsonString()));
        }
        return variables;
    }

    private static IEnumerable<string> Scalar(Node? node) => node is ScalarNode { IsNull: false, Value: { Length: > 0 } text } ? [text] : [];

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
