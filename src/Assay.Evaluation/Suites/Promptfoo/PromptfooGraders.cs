using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Experiments.Reading;

namespace Assay.Evaluation.Promptfoo;

/// <summary>Assertions that a model decides, as judges: the model is the grader that the configuration names.</summary>
internal sealed class PromptfooGraders
{
    private static readonly Dictionary<string, JudgeMode> Modes = new(StringComparer.Ordinal)
    {
        ["llm-rubric"] = JudgeMode.Criteria,
        ["model-graded-closedqa"] = JudgeMode.Criteria,
        ["g-eval"] = JudgeMode.Criteria,
        ["factuality"] = JudgeMode.Criteria,
        ["model-graded-factuality"] = JudgeMode.Criteria,
        ["answer-relevance"] = JudgeMode.AnswerRelevance,
        ["context-faithfulness"] = JudgeMode.Faithfulness,
        ["context-recall"] = JudgeMode.ContextRecall,
        ["select-best"] = JudgeMode.Pairwise,
    };

    /// <summary>By judge key and what it is told: who is judged.</summary>
    private readonly SortedDictionary<(string Key, string Task), (JudgeMode Mode, SortedSet<string> Cases)> wanted = [];
    private (JudgeMember Member, ImmutableSortedDictionary<string, JsonElement> Parameters)? grader;

    public static bool Judges(string type) => Modes.ContainsKey(type);

    /// <summary>Takes the grader and the embeddings that a test's or the defaults' options name.</summary>
    public void Use(MappingNode? owner, string where, Source source, PromptfooImport import)
    {
        if ((owner?["options"] as MappingNode)?["provider"] is not { } node) return;
        var path = where + ".options.provider";
        if (node is MappingNode several && (several["text"] ?? several["embedding"]) is not null)
        {
            if (several["text"] is { } text) Grader(text, path, source, import);
            if (several["embedding"] is { } embedding) Embeddings(embedding, path, source, import);
        }
        else Grader(node, path, source, import);
    }

    /// <summary>The case with what is asked of a judge about its answers.</summary>
    public GoldenCase Add(GoldenCase golden, string written, JsonNode? value, MappingNode assertion, Source source, PromptfooImport import)
    {
        if (!Modes.TryGetValue(written, out var mode))
        {
            import.LeftOut.Add($"the assertion '{written}' has no equal here and is not checked");
            return golden;
        }
        if (assertion["provider"] is { } own) Grader(own, "assert.provider", source, import);
        foreach (var name in (string[])["threshold", "metric", "weight"])
            if (assertion[name] is not null) import.LeftOut.Add($"the assertion '{written}': its {name} is not used; it is a metric of its own");
        ImmutableArray<string> texts = value switch { null => [], JsonArray list => [.. list.Select(PromptfooAssertions.Text)], _ => [PromptfooAssertions.Text(value)] };
        if (texts.IsEmpty && mode is JudgeMode.Criteria or JudgeMode.Pairwise or JudgeMode.ContextRecall)
        {
            source.Error("check", assertion.Line, "assert", $"{written} needs a value");
            return golden;
        }
        var (key, task) = mode switch { JudgeMode.Criteria => ("llm-rubric", ""), JudgeMode.Pairwise => ("select-best", string.Join('\n', texts)), _ => (written, "") };
        if (!wanted.TryGetValue((key, task), out var judged)) wanted[(key, task)] = judged = (mode, new SortedSet<string>(StringComparer.Ordinal));
        judged.Cases.Add(golden.Id);
        if (mode == JudgeMode.Criteria)
            return golden with { Criteria = [.. golden.Criteria, .. written.EndsWith("factuality", StringComparison.Ordinal) ? texts.Select(t => "Says nothing that contradicts this, which is true: " + t) : texts] };
        return mode == JudgeMode.ContextRecall ? golden with { Expected = golden.Expected ?? texts[0] } : golden;
    }

    /// <summary>Takes the embeddings of a <c>similar</c> assertion: its own, those named before, or else promptfoo's default.</summary>
    public static void Embed(MappingNode assertion, Source source, PromptfooImport import)
    {
        if (assertion["provider"] is { } own) Embeddings(own, "assert.provider", source, import);
        else if (import.Embeddings is null) Embeddings(new ScalarNode("openai:embedding:text-embedding-3-large", false, assertion.Line), "assert", source, import);
    }

    /// <summary>The judges, beside those that a suite declares itself; without a grader they are named as left out.</summary>
    public ImmutableArray<JudgeSpec> Judges(ImmutableArray<JudgeSpec> own, PromptfooImport import)
    {
        var judges = ImmutableArray.CreateBuilder<JudgeSpec>();
        foreach (var ((key, task), (mode, cases)) in wanted)
        {
            // What is asked of each case goes to the suite's own judge of criteria when it has one.
            if (mode == JudgeMode.Criteria && own.Any(j => j.Mode == mode)) continue;
            if (grader is not { } model)
            {
                import.LeftOut.Add($"{key} is not judged: no model that grades is named; name one with defaultTest.options.provider{(mode == JudgeMode.Criteria ? ", or give a suite with these cases a judge with mode: criteria" : "")}");
                continue;
            }
            var taken = own.Concat(judges).Select(j => j.Key).ToHashSet(StringComparer.Ordinal);
            var unique = key;
            for (var n = 2; taken.Contains(unique); n++) unique = $"{key}-{n}";
            judges.Add(new JudgeSpec
            {
                Key = unique,
                Members = [model.Member],
                Mode = mode,
                Rubric = mode == JudgeMode.Pairwise ? Rubric.Of("select-best", task, "best", "does not do what is asked", "does all that is asked") : Rubric.Of(unique, mode.ToString(), "share", "none", "all"),
                Parameters = model.Parameters,
                Seed = import.Run.Seed,
                Only = mode == JudgeMode.Criteria ? null : [.. cases],
            });
        }
        return judges.ToImmutable();
    }

    private void Grader(Node node, string path, Source source, PromptfooImport import)
    {
        if (PromptfooProviders.Model(node, path, source, import) is not { } found) return;
        if (grader is { } first && first.Member != found.Member) import.LeftOut.Add($"a second grader, {found.Member.Model}, is named; {first.Member.Model} judges all");
        else grader = found;
    }

    private static void Embeddings(Node node, string path, Source source, PromptfooImport import)
    {
        if (PromptfooProviders.Model(node, path, source, import) is not { } found) return;
        var model = new EmbeddingModel(found.Member.Upstream, found.Member.Model);
        if (import.Embeddings is { } first && first != model) import.LeftOut.Add($"a second model for embeddings, {model.Model}, is named; {first.Model} is used for all");
        else import.Embeddings = model;
    }
}
