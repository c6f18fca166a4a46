using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Assay.Experiments;
using Assay.Experiments.Reading;

namespace Assay.Evaluation.Suites;

/// <summary>The document that starts with <c>suite</c>.</summary>
internal static partial class SuiteSection
{
    public static Suite Read(Section item, Experiment? experiment, DefinitionContext context, DefinitionSet known, SuiteServices services)
    {
        var key = item.RequiredText("suite") ?? "";
        if (key.Length > 0 && !Key().IsMatch(key)) item.Error("key-format", "suite", $"'{key}' is not a suite's name", "letters, digits, '-', '_' and '.'");
        var run = RunSection.Read(item);
        var embeddings = Embeddings(item, context);
        // Whether there is one is known now; the real one comes with the run.
        if (embeddings is not null) services = services with { Checks = services.Checks with { Embedder = services.Checks.Embedder ?? PromisedEmbedder.Instance } };
        var (cases, imports) = CasesSection.Read(item, services);
        var suite = new Suite
        {
            Key = key,
            Variants = Variants(item, experiment, context, services, !imports.All(i => i.Variants.IsEmpty)),
            Cases = cases,
            Checks = CheckSection.ReadAll(item, services.Checks),
            Gate = GateSection.Read(item),
            Run = run,
            Embeddings = embeddings,
            Judges = Judges(item, context, run.Seed),
            Upstreams = known.Upstreams.SetItems(context.Upstreams).ToImmutableSortedDictionary(StringComparer.Ordinal),
            Prices = [.. context.Prices, .. known.Prices.Where(k => !context.Prices.Exists(p => p.Model == k.Model && p.From == k.From))],
        };
        if (imports.Count > 0) suite = ImportedSuite.Merge(item, suite, imports);
        foreach (var later in (string[])["hypothesis", "owner", "description"]) item.Take(later);
        CheckUpstreams(item, suite, context);
        CheckRecordings(item, suite);
        if (suite.Checks.IsEmpty && suite.Judges.IsEmpty && !suite.Cases.Any(c => !c.Checks.IsEmpty))
            item.Warning("nothing-scored", "suite", "no check and no judge is declared: answers are shown, but nothing is compared but latency, tokens and cost");
        if (suite.Gate is { } gate)
            GateSection.CheckNames(item, gate, SuiteMetrics.Names(suite), [.. suite.Cases.SelectMany(c => c.Tags).Distinct(StringComparer.Ordinal)], [.. suite.Cases.Select(c => c.Id)], !suite.Judges.IsEmpty);
        return suite;
    }

    private static ImmutableArray<SuiteVariant> Variants(Section item, Experiment? experiment, DefinitionContext context, SuiteServices services, bool areImported)
    {
        if (experiment is not null && item.Has("variants")) item.Error("variants-twice", "variants", "variants stand here, or in the experiment, not in both");
        if (experiment is not null) return [.. experiment.Variants.Select(v => new SuiteVariant { Settings = Routed(v, experiment, context) })];
        if (!item.Has("variants") && !item.Has("experiment") && !areImported) item.Missing("variants", "the first is the control; or experiment: support.yaml");
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var variants = ImmutableArray.CreateBuilder<SuiteVariant>();
        foreach (var (node, path) in item.List("variants"))
            if (SuiteVariantSection.Read(node, path, item.Source, keys, context, services) is { } variant) variants.Add(variant);
        return variants.ToImmutable();
    }

    private static EmbeddingModel? Embeddings(Section item, DefinitionContext context)
    {
        if (item.Map("embeddings") is not { } map) return null;
        var (upstream, model) = (map.RequiredText("upstream"), map.RequiredText("model"));
        map.Finish();
        if (upstream is not null) context.CheckUpstream(upstream, item.Source, map.LineOf("upstream"), map.PathOf("upstream"));
        return upstream is null || model is null ? null : new EmbeddingModel(upstream, model);
    }

    private static ImmutableArray<JudgeSpec> Judges(Section item, DefinitionContext context, long seed)
    {
        var judges = ImmutableArray.CreateBuilder<JudgeSpec>();
        foreach (var (node, path) in item.List("judges"))
        {
            if (JudgeSection.Read(node, path, item.Source, seed) is not { } judge) continue;
            if (judges.Any(j => j.Key == judge.Key)) item.Error("duplicate-judge", "judges", $"the judge '{judge.Key}' is declared twice");
            foreach (var member in judge.Members) context.CheckUpstream(member.Upstream, item.Source, node.Line, path);
            judges.Add(judge);
        }
        return judges.ToImmutable();
    }

    // Live, what a variant leaves open comes from the route.
    private static Variant Routed(Variant variant, Experiment experiment, DefinitionContext context) =>
        context.FindRoute(experiment.Route) is { } route ? variant with { Upstream = variant.Upstream ?? route.Upstream, Model = variant.Model ?? route.Model ?? route.Name } : variant;

    private static void CheckUpstreams(Section item, Suite suite, DefinitionContext context)
    {
        foreach (var variant in suite.Variants.Where(v => v.IsModel))
        {
            if (variant.Settings.Upstream is not { } name) item.Error("variant-incomplete", "variants", $"'{variant.Key}' has no upstream, and its experiment no route that names one");
            else if (!suite.Upstreams.ContainsKey(name) && !context.KnowsUpstreams)
                item.Error("unknown-upstream", "variants", $"there is no upstream '{name}'", "declare it: upstreams: { " + name + ": { baseUrl: https://api.openai.com/v1, keyEnv: OPENAI_API_KEY } }");
        }
    }

    private static void CheckRecordings(Section item, Suite suite)
    {
        var ids = suite.Cases.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var variant in suite.Variants)
        {
            if (variant.Outputs is not { } outputs) continue;
            var strangers = outputs.Keys.Where(k => !ids.Contains(k)).Order(StringComparer.Ordinal).ToList();
            if (strangers.Count > 0) item.Warning("outputs-unknown", "variants", $"{variant.OutputsFile}: {strangers.Count} recorded answers belong to no case, such as '{strangers[0]}'");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}
