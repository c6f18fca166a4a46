using System.Collections.Immutable;
using Assay.Evaluation.Similarity;

namespace Assay.Evaluation.Checks;

/// <summary>Level 2 with a model: vectors of whole texts, of sentences, of tokens.</summary>
internal static class EmbeddingChecks
{
    public static CheckDefinition Cosine { get; } = new(
        new CheckKind("embedding-similarity", 2, "cosine of the embeddings of answer and reference, 0 where it is negative", IsBinary: false, [References.Argument, Threshold.Argument]),
        (arguments, services) =>
        {
            var (references, threshold) = (References.Read(arguments), Threshold.Read(arguments));
            if (Embedder(arguments, services) is not { } embedder) return null;
            return async (golden, answer, stop) =>
            {
                if (!references.TryFor(golden, out var texts, out var missing)) return missing;
                if (Blank(answer, texts, threshold) is { } blank) return blank;
                var (vectors, problem) = await VectorsAsync(embedder, [answer.Text, .. texts], stop);
                if (problem is not null) return problem;
                return threshold.Result(Threshold.Best(vectors.Skip(1).Select(v => Evaluation.Cosine.Similarity(vectors[0], v))).Map(c => Math.Max(0, c)));
            };
        });

    public static CheckDefinition SentenceMatch { get; } = new(
        new CheckKind("sentence-match", 2, "greedy match of sentence embeddings; not BERTScore, which needs a vector per token", IsBinary: false,
        [
            References.Argument, Threshold.Argument, new("part", "f, precision or recall", "which of the three is the score", "f"),
        ]),
        (arguments, services) =>
        {
            var (references, threshold, part) = (References.Read(arguments), Threshold.Read(arguments), SimilarityChecks.PartOf(arguments));
            if (Embedder(arguments, services) is not { } embedder) return null;
            return async (golden, answer, stop) =>
            {
                if (!references.TryFor(golden, out var texts, out var missing)) return missing;
                if (Blank(answer, texts, threshold) is { } blank) return blank;
                ImmutableArray<string>[] sentences = [Sentences.Of(answer.Text), .. texts.Select(Sentences.Of)];
                if (sentences[0].IsEmpty) return threshold.Result(0, "the answer has no sentence");
                var (vectors, problem) = await VectorsAsync(embedder, [.. sentences.SelectMany(s => s)], stop);
                if (problem is not null) return problem;
                var groups = new List<ArraySegment<float[]>>();
                foreach (var group in sentences) groups.Add(new ArraySegment<float[]>(vectors, groups.Sum(g => g.Count), group.Length));
                return threshold.Result(Threshold.Best(groups.Skip(1).Select(g => GreedyMatch.Score(groups[0], g).Map(part))).Map(s => Math.Max(0, s)));
            };
        });

    private static IEmbedder? Embedder(CheckArguments arguments, CheckServices services)
    {
        if (services.Embedder is null) arguments.Problem(null, "this check needs an embedding model", "declare the suite's embedding upstream and model");
        return services.Embedder;
    }

    /// <summary>An empty text has no direction: a blank reference is missing, a blank answer is nothing like the reference.</summary>
    internal static CheckResult? Blank(Answer answer, ImmutableArray<string> references, Threshold threshold) =>
        references.Any(string.IsNullOrWhiteSpace) ? CheckResult.Missing("a reference is blank")
        : string.IsNullOrWhiteSpace(answer.Text) ? threshold.Result(0, "the answer is blank") : null;

    private static async Task<(float[][] Vectors, CheckResult? Problem)> VectorsAsync(IEmbedder embedder, ImmutableArray<string> texts, CancellationToken stop)
    {
        var (vectors, detail) = await embedder.EmbedAsync(texts, stop);
        if (vectors is not { } found) return ([], CheckResult.Error("no embeddings: " + (detail ?? "the endpoint did not say why")));
        if (found.Length != texts.Length) return ([], CheckResult.Error($"{texts.Length} texts were sent, and {found.Length} embeddings came back"));
        if (found.Any(v => v.Length == 0 || v.Length != found[0].Length)) return ([], CheckResult.Error("the embeddings differ in length, or are empty"));
        return ([.. found], null);
    }
}
