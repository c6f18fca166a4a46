using System.Collections.Immutable;
using Assay.Experiments;

namespace Assay.Evaluation.Promptfoo;

/// <summary>What a promptfoo configuration holds, in the words of this program; what has no equal is named.</summary>
internal sealed class PromptfooImport(SuiteServices services)
{
    public SuiteServices Services { get; } = services;

    /// <summary>Providers × prompts.</summary>
    public ImmutableArray<SuiteVariant> Variants { get; set; } = [];

    public List<PromptfooPrompt> Prompts { get; } = [];
    public List<GoldenCase> Cases { get; } = [];
    public SortedDictionary<string, Upstream> Upstreams { get; } = new(StringComparer.Ordinal);
    public PromptfooGraders Graders { get; } = new();
    public EmbeddingModel? Embeddings { get; set; }
    public RunSettings Run { get; set; } = new();

    /// <summary>By name, each once.</summary>
    public SortedSet<string> LeftOut { get; } = new(StringComparer.Ordinal);
}
