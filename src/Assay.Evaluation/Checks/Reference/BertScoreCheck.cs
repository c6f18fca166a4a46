namespace Assay.Evaluation.Checks;

/// <summary>BERTScore, over token vectors from an endpoint or a command.</summary>
internal static class BertScoreCheck
{
    public static CheckDefinition Definition { get; } = new(
        new CheckKind("bert-score", 2, "BERTScore: greedy match of token vectors, without idf weights, 0 where it is negative; needs a model or a command that gives a vector per token", IsBinary: false,
        [
            References.Argument, Threshold.Argument,
            new("part", "f, precision or recall", "which of the three is the score", "f"),
            new("baseline", "number", "b of the rescaling (x − b) / (1 − b), as published for the model", "0: as it is"),
            new("command", "text or list of texts", "reads {\"texts\": […]}, answers {\"vectors\": [[[…]]]}: per text a vector per token", "the run's token model"),
            CommandArguments.Environment,
            .. CommandArguments.Limits,
        ]),
        (arguments, services) =>
        {
            var (references, threshold, part, baseline) = (References.Read(arguments), Threshold.Read(arguments), SimilarityChecks.PartOf(arguments), arguments.Number("baseline", 0, 0.999) ?? 0);
            if (Embedder(arguments, services) is not { } embedder) return null;
            return async (golden, answer, stop) =>
            {
                if (!references.TryFor(golden, out var texts, out var missing)) return missing;
                if (EmbeddingChecks.Blank(answer, texts, threshold) is { } blank) return blank;
                var (vectors, detail) = await embedder.EmbedTokensAsync([answer.Text, .. texts], stop);
                if (vectors is not { } found) return CheckResult.Error("no token vectors: " + (detail ?? "it was not said why"));
                if (found.Length != texts.Length + 1) return CheckResult.Error($"{texts.Length + 1} texts were sent, and vectors of {found.Length} came back");
                var length = found.SelectMany(t => t).Select(v => v.Length).FirstOrDefault();
                if (length == 0 || found.Any(t => t.IsEmpty || t.Any(v => v.Length != length))) return CheckResult.Error("the token vectors differ in length, or a text has none");
                var best = Threshold.Best(found.Skip(1).Select(reference => GreedyMatch.Score(found[0], reference).Map(part)));
                return threshold.Result(best.Map(s => Math.Max(0, (s - baseline) / (1 - baseline))));
            };
        });

    private static ITokenEmbedder? Embedder(CheckArguments arguments, CheckServices services)
    {
        if (arguments.Has("command"))
        {
            if (CommandArguments.Read(arguments, services) is not { } command) return null;
            command = CommandArguments.WithEnvironment(command, arguments);
            return arguments.HasProblems ? null : new CommandTokenEmbedder(services.ProcessRunner!, command);
        }
        if (services.TokenEmbedder is null) arguments.Problem("command", "bert-score needs vectors of tokens", "write a 'command' that gives them; an embeddings endpoint gives one vector per text, for which there are embedding-similarity and sentence-match");
        return services.TokenEmbedder;
    }
}
