using System.Collections.Immutable;
using System.Globalization;
using Assay.Experiments.Reading;

namespace Assay.Evaluation.Promptfoo;

/// <summary>Reads a promptfoo configuration: providers × prompts become variants, tests cases. What has no equal here is named.</summary>
internal static class PromptfooReader
{
    private static readonly string[] Known = ["prompts", "providers", "targets", "tests", "scenarios", "defaultTest", "description", "evaluateOptions", "include", "$schema"];

    public static bool IsConfiguration(MappingNode root) => root["suite"] is null && root["prompts"] is not null && (root["providers"] ?? root["targets"]) is not null;
    public static bool IsConfiguration(Section root) => !root.Has("suite") && root.Has("prompts") && (root.Has("providers") || root.Has("targets"));

    /// <summary>Whether a file that a suite names as its cases is a configuration: it has tests where a list of cases has cases.</summary>
    public static bool HoldsTests(MappingNode root) => root["cases"] is null && (root["tests"] ?? root["scenarios"]) is not null;

    /// <summary>The whole configuration as a suite.</summary>
    public static Suite Read(Section root, SuiteServices services)
    {
        var import = Import(root, services, 1);
        if (import.Cases.Count == 0) root.Error("cases-none", "tests", "there is no test");
        var judges = import.Graders.Judges([], import);
        Warn(root.Source, root.LineOf("prompts"), import.LeftOut);
        return new Suite
        {
            Key = "promptfoo",
            Variants = import.Variants,
            Cases = [.. import.Cases],
            Judges = judges,
            Embeddings = import.Embeddings,
            Upstreams = import.Upstreams.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Run = import.Run,
            LeftOut = [.. import.LeftOut],
        };
    }

    /// <summary>The parts of a configuration.</summary>
    /// <param name="root">Its mapping.</param>
    /// <param name="services">For making checks.</param>
    /// <param name="first">Number of its first test among all cases.</param>
    public static PromptfooImport Import(Section root, SuiteServices services, int first)
    {
        var import = new PromptfooImport(services);
        PromptfooPrompts.Read(root, import);
        var variants = ImmutableArray.CreateBuilder<SuiteVariant>();
        var providers = PromptfooProviders.Read(root, import);
        foreach (var (provider, only) in providers)
        {
            var prompts = only is null ? import.Prompts : import.Prompts.FindAll(p => only.Contains(p.Label) || only.Contains(p.Id));
            if (prompts.Count == 0 && import.Prompts.Count > 0) root.Error("provider", root.Has("providers") ? "providers" : "targets", $"'{provider.Key}' names prompts that are not there: {string.Join(", ", only!)}");
            foreach (var prompt in prompts)
            {
                var key = import.Prompts.Count == 1 ? provider.Key : providers.Count == 1 ? prompt.Label : $"{provider.Key}-{prompt.Label}";
                variants.Add(provider with { Settings = provider.Settings with { Key = Unique(key, variants) }, Prompt = prompt.Turns });
            }
        }
        import.Variants = variants.ToImmutable();
        if (root.Map("evaluateOptions") is { } options)
        {
            import.Run = new RunSettings { Repeats = options.Integer("repeat", 1) ?? 1, Concurrency = options.Integer("maxConcurrency", 1) ?? 8 };
            foreach (var entry in options.Entries.Where(e => e.Key is not ("repeat" or "maxConcurrency" or "showProgressBar"))) import.LeftOut.Add($"evaluateOptions: '{entry.Key}' has no equal here");
        }
        PromptfooTests.Read(root, import, first);
        foreach (var entry in root.Entries.Where(e => !Known.Contains(e.Key))) import.LeftOut.Add($"the key '{entry.Key}' has no equal here");
        return import;
    }

    public static void Warn(Source source, int line, IEnumerable<string> leftOut)
    {
        foreach (var what in leftOut) source.Warning("promptfoo-left-out", line, "", what);
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
