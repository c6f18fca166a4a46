using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Assay.Experiments.Reading;

/// <summary>The list <c>variants</c>; their weights and ranges are worked out by <see cref="WeightSection"/>.</summary>
internal static partial class VariantSection
{
    /// <summary>Body fields that the client or another key of the variant decides.</summary>
    private static readonly Dictionary<string, string> Reserved = new(StringComparer.Ordinal)
    {
        ["model"] = "set the variant's model",
        ["tools"] = "set the variant's tools",
        ["messages"] = "set the variant's system",
        ["input"] = "the client decides it",
        ["stream"] = "the client decides it",
    };

    public static ImmutableArray<Variant> Read(Section experiment, HashKind hash, DefinitionContext context)
    {
        if (!experiment.Has("variants")) experiment.Missing("variants", "at least two; the first is the control");
        var items = new List<Section>();
        foreach (var (node, path) in experiment.List("variants"))
            if (Section.Of(node, path, experiment.Source) is { } item) items.Add(item);
        if (experiment.Has("variants") && items.Count < 2)
            experiment.Error("variants-few", "variants", "an experiment needs at least two variants", "the first is the control");

        var keys = new HashSet<string>(StringComparer.Ordinal);
        var shares = items.Select(WeightSection.Take).ToList();
        var variants = items.Select(item => ReadOne(item, keys, context)).ToList();
        var ranges = WeightSection.Resolve(experiment, items, shares, hash);
        return [.. variants.Select((v, i) => v with { Weight = ranges[i].Weight ?? 0, Ranges = ranges[i].Ranges })];
    }

    private static Variant ReadOne(Section item, HashSet<string> keys, DefinitionContext context)
    {
        var variant = ReadSettings(item, keys, context);
        item.Finish();
        return variant;
    }

    /// <summary>All but weights and ranges, which only live traffic has; the caller finishes the section.</summary>
    public static Variant ReadSettings(Section item, HashSet<string> keys, DefinitionContext context)
    {
        var key = item.RequiredText("key") ?? "";
        if (key.Length > 0 && !Key().IsMatch(key)) item.Error("key-format", "key", $"'{key}' is not a variant key", "letters, digits, '-', '_' and '.'");
        if (key.Length > 0 && !keys.Add(key)) item.Error("duplicate-variant", "key", $"the variant '{key}' is declared twice");
        var upstream = item.Text("upstream");
        if (upstream is not null) context.CheckUpstream(upstream, item.Source, item.LineOf("upstream"), item.PathOf("upstream"));
        return new Variant
        {
            Key = key,
            Weight = 0,
            Ranges = [],
            Upstream = upstream,
            Model = item.Text("model"),
            System = System(item),
            PromptVersion = item.Text("promptVersion"),
            Parameters = Parameters(item),
            Tools = Tools(item),
            Config = item.Take("config") is { } config ? NodeJson.ToElement(config) : null,
        };
    }

    private static SystemPrompt? System(Section item)
    {
        var node = item.Take("system");
        if (node is null) return null;
        if (node is ScalarNode text) return new SystemPrompt(text.Value, SystemPromptMode.Replace);
        if (item.Map("system") is not { } system) return null;
        var (inline, file) = (system.Text("text"), system.Text("file"));
        var mode = system.OneOf("mode", Names.PromptModes) ?? SystemPromptMode.Replace;
        system.Finish();
        if (inline is null == file is null)
        {
            system.Source.Error("system", system.Line, system.Path, "system needs either text or file");
            return null;
        }
        if (inline is not null) return new SystemPrompt(inline, mode);
        var read = item.Source.ReadReferenced(file!, system.LineOf("file"), system.PathOf("file"), out var name);
        return read is null ? null : new SystemPrompt(read, mode, name);
    }

    private static ImmutableSortedDictionary<string, JsonElement> Parameters(Section item)
    {
        var parameters = ImmutableSortedDictionary.CreateBuilder<string, JsonElement>(StringComparer.Ordinal);
        if (item.Map("parameters") is not { } map) return parameters.ToImmutable();
        foreach (var entry in map.Entries)
        {
            if (Reserved.TryGetValue(entry.Key, out var hint)) map.Error("parameter-reserved", entry.Key, $"'{entry.Key}' cannot be a parameter", hint);
            else parameters[entry.Key] = NodeJson.ToElement(entry.Value);
        }
        return parameters.ToImmutable();
    }

    private static JsonElement? Tools(Section item)
    {
        var node = item.Take("tools");
        if (node is ScalarNode file)
        {
            var text = item.Source.ReadReferenced(file.Value, node.Line, item.PathOf("tools"), out var name);
            if (text is null) return null;
            item.Source.Problems.Opened(name);
            node = NodeText.Read(text, item.Source with { File = name }) is [var root, ..] ? root : null;
        }
        if (node is null) return null;
        if (node is SequenceNode) return NodeJson.ToElement(node);
        item.Error("wrong-type", "tools", $"tools must be a list, or a file that holds one, not {node.Kind}");
        return null;
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}
