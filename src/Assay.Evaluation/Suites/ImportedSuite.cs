using System.Collections.Immutable;
using Assay.Evaluation.Promptfoo;
using Assay.Experiments.Reading;

namespace Assay.Evaluation.Suites;

/// <summary>What promptfoo configurations among a suite's cases bring besides: variants where the suite has none, prompts, judges, embeddings.</summary>
internal static class ImportedSuite
{
    public static Suite Merge(Section item, Suite suite, List<PromptfooImport> imports)
    {
        var leftOut = new SortedSet<string>(StringComparer.Ordinal);
        if (!item.Has("variants") && !item.Has("experiment")) suite = suite with { Variants = [.. imports.SelectMany(i => i.Variants).DistinctBy(v => v.Key)] };
        else
            foreach (var import in imports)
            {
                if (!import.Variants.IsEmpty) leftOut.Add("its providers are not asked: the suite has variants of its own");
                suite = suite with { Cases = Prompted(item, suite, import, leftOut) };
            }
        foreach (var import in imports)
        {
            var judges = import.Graders.Judges(suite.Judges, import);
            suite = suite with { Judges = [.. suite.Judges, .. judges], Embeddings = suite.Embeddings ?? import.Embeddings };
            leftOut.UnionWith(import.LeftOut);
        }
        // Only those that somebody asks: a key that nobody needs must not stop a run.
        var used = suite.Variants.Select(v => v.Settings.Upstream).Concat(suite.Judges.SelectMany(j => j.Members).Select(m => m.Upstream)).Append(suite.Embeddings?.Upstream).ToHashSet();
        foreach (var upstream in imports.SelectMany(i => i.Upstreams.Values).Where(u => used.Contains(u.Name) && !suite.Upstreams.ContainsKey(u.Name)))
            suite = suite with { Upstreams = suite.Upstreams.Add(upstream.Name, upstream) };
        PromptfooReader.Warn(item.Source, item.LineOf("cases"), leftOut);
        return suite with { LeftOut = [.. leftOut] };
    }

    // Tests have variables and no text: what is asked is the prompt, of the variant or of the configuration.
    private static ImmutableArray<GoldenCase> Prompted(Section item, Suite suite, PromptfooImport import, SortedSet<string> leftOut)
    {
        var without = suite.Variants.Where(v => v.Prompt.IsEmpty && v.IsModel).Select(v => v.Key).ToList();
        if (without.Count == 0)
        {
            if (import.Prompts.Count > 0 && suite.Variants.Any(v => v.IsModel)) leftOut.Add("its prompts are not used: every variant of the suite has one of its own");
            return suite.Cases;
        }
        if (import.Prompts.Count != 1)
        {
            item.Error("prompt", "variants", $"{string.Join(", ", without)} {(without.Count == 1 ? "has" : "have")} no prompt, and the promptfoo configuration has {(import.Prompts.Count == 0 ? "none" : $"{import.Prompts.Count}: {string.Join(", ", import.Prompts.Select(p => p.Label))}")}",
                import.Prompts.Count == 0 ? "give the variant a prompt" : "give the variant a prompt, or leave out variants: then providers × prompts of the configuration are the variants");
            return suite.Cases;
        }
        var own = import.Cases.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        return [.. suite.Cases.Select(c => own.Contains(c.Id) ? c with { Messages = import.Prompts[0].Turns } : c)];
    }
}
