using System.Collections.Immutable;
using System.Globalization;
using Assay.Evaluation.Cases;
using Assay.Evaluation.Suites;
using Assay.Experiments;
using Assay.Experiments.Reading;

namespace Assay.Evaluation;

/// <summary>Reads a promptfoo configuration: providers × prompts become variants, tests cases. What has no equal here is named.</summary>
internal static class PromptfooReader
{
    public static bool IsConfiguration(MappingNode root) => root["suite"] is null && root["prompts"] is not null && (root["providers"] ?? root["targets"]) is not null;
    public static bool IsConfiguration(Section root) => !root.Has("suite") && root.Has("prompts") && (root.Has("providers") || root.Has("targets"));

    public static Suite Read(Section root, SuiteServices services)
    {
        var leftOut = new SortedSet<string>(StringComparer.Ordinal);
        var upstreams = ImmutableSortedDictionary.CreateBuilder<string, Upstream>(StringComparer.Ordinal);
        var prompts = Prompts(root);
        var providers = PromptfooProviders.Read(root, upstreams, leftOut);
        var variants = ImmutableArray.CreateBuilder<SuiteVariant>();
        foreach (var provider in providers)
            foreach (var (label, turns) in prompts)
            {
                var key = prompts.Count == 1 ? provider.Key : providers.Count == 1 ? label : $"{provider.Key}-{label}";
                variants.Add(provider with { Settings = provider.Settings with { Key = Unique(key, variants) }, Prompt = provider.IsModel ? turns : [] });
            }
        var suite = new Suite
        {
            Key = "promptfoo",
            Variants = variants.ToImmutable(),
            Cases = Cases(root, services, leftOut),
            Upstreams = upstreams.ToImmutable(),
            Run = new RunSettings { Repeats = root.Map("evaluateOptions")?.Integer("repeat", 1) ?? 1, Concurrency = root.Map("evaluateOptions")?.Integer("maxConcurrency", 1) ?? 8 },
        };
        string[] known = ["prompts", "providers", "targets", "tests", "defaultTest", "description", "evaluateOptions", "include"];
        foreach (var entry in root.Entries.Where(e => !known.Contains(e.Key))) leftOut.Add($"the key '{entry.Key}' has no equal here");
        foreach (var what in leftOut) root.Warning("promptfoo-left-out", "prompts", what);
        return suite with { LeftOut = [.. leftOut] };
    }

    private static List<(string Label, ImmutableArray<ChatTurn> Turns)> Prompts(Section root)
    {
        var prompts = new List<(string, ImmutableArray<ChatTurn>)>();
        foreach (var (node, path) in root.List("prompts", orOne: true))
        {
            var mapping = node as MappingNode;
            var text = (mapping?["raw"] ?? mapping?["id"] ?? node) as ScalarNode;
            if (text is null)
            {
                root.Error("prompt", "prompts", "a prompt is a text, file://NAME, or { label, raw }");
                continue;
            }
            var label = Label((mapping?["label"] as ScalarNode)?.Value ?? string.Create(CultureInfo.InvariantCulture, $"prompt-{prompts.Count + 1}"));
            var isFile = text.Value.StartsWith("file://", StringComparison.Ordinal);
            if (isFile && Path.GetExtension(text.Value) is ".js" or ".py" or ".ts" or ".mjs")
                root.Error("prompt", "prompts", $"{text.Value}: prompts that are programs have no equal here", "write the prompt as a text");
            else prompts.Add((label, isFile ? PromptTurns.ReadFile(text.Value[7..], text.Line, path, root.Source) : PromptTurns.OfText(text.Value, path, root.Source)));
        }
        return prompts;
    }

    private static ImmutableArray<GoldenCase> Cases(Section root, SuiteServices services, SortedSet<string> leftOut)
    {
        var defaults = root.Take("defaultTest") as MappingNode;
        var cases = ImmutableArray.CreateBuilder<GoldenCase>();
        foreach (var (node, path) in root.List("tests", orOne: true))
        {
            if (node is ScalarNode file)
            {
                var name = file.Value.StartsWith("file://", StringComparison.Ordinal) ? file.Value[7..] : file.Value;
                if (CaseFiles.Read(name, node.Line, path, root.Source, services.Tables, out var source) is not { } read) continue;
                foreach (var row in read.Rows) Add(read.IsTable ? PromptfooCases.OfRow(row) : row, source);
            }
            else Add(node, root.Source);
        }
        if (cases.Count == 0) root.Error("cases-none", "tests", "there is no test");
        return cases.ToImmutable();

        void Add(Node node, Source source)
        {
            if (node is MappingNode test) cases.Add(PromptfooCases.Of(test, defaults, cases.Count + 1, source, services.Checks, leftOut));
            else source.Error("wrong-type", node.Line, "tests", $"a test must be a mapping, not {node.Kind}");
        }
    }

    public static string Label(string text)
    {
        var key = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-')).Trim('-', '.', '_');
        return key.Length == 0 ? "variant" : key.Length > 60 ? key[..60] : key;
    }

    private static string Unique(string key, ImmutableArray<SuiteVariant>.Builder variants)
    {
        var unique = key;
        for (var n = 2; variants.Any(v => v.Key == unique); n++) unique = string.Create(CultureInfo.InvariantCulture, $"{key}-{n}");
        return unique;
    }
}
