using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Evaluation.Checks;

/// <summary>Level 2 without a model: overlap and edits, against one reference or the best of several.</summary>
internal static class SimilarityChecks
{
    private static readonly CheckArgument Part = new("part", "f, precision or recall", "which of the three is the score", "f");
    private static readonly CheckArgument Stem = new("stem", "flag", "English words compare by their stems", "false");

    public static CheckDefinition Bleu { get; } = Of("bleu", "sentence BLEU, orders 1 to 4",
    [
        new("smoothing", "none, floor, add-one or exponential", "what an order without a match counts for", "exponential"),
        new("tokens", "13a, whitespace or characters", "what is counted", "13a"),
    ],
    arguments =>
    {
        var smoothing = arguments.Choice("smoothing", "exponential", "none", "floor", "add-one", "exponential") switch
        {
            "none" => BleuSmoothing.None,
            "floor" => BleuSmoothing.Floor,
            "add-one" => BleuSmoothing.AddOne,
            _ => BleuSmoothing.Exponential,
        };
        var tokens = arguments.Choice("tokens", "13a", "13a", "whitespace", "characters") switch
        {
            "13a" => BleuTokens.Mteval13a,
            "whitespace" => BleuTokens.Whitespace,
            _ => BleuTokens.Characters,
        };
        return (answer, references) => Evaluation.Bleu.Sentence(answer, references, smoothing, tokens).Map(s => s.Value);
    });

    public static CheckDefinition Gleu { get; } = Of("gleu", "Google's GLEU, orders 1 to 4", [], _ => (answer, references) => Evaluation.Gleu.Sentence(answer, references));

    public static CheckDefinition RougeN { get; } = Of("rouge-n", "ROUGE-N: n-grams shared with the reference",
        [new("order", "whole number", "n", "1"), Part, Stem],
        arguments =>
        {
            var (order, part, stem) = (arguments.Count("order", 1, 9) ?? 1, PartOf(arguments), arguments.Flag("stem"));
            return (answer, references) => Threshold.Best(references.Select(r => Rouge.N(answer, r, order, stem).Map(part)));
        });

    public static CheckDefinition RougeL { get; } = Of("rouge-l", "ROUGE-L: the longest common subsequence of words",
        [Part, Stem],
        arguments =>
        {
            var (part, stem) = (PartOf(arguments), arguments.Flag("stem"));
            return (answer, references) => Threshold.Best(references.Select(r => Rouge.L(answer, r, stem).Map(part)));
        });

    public static CheckDefinition ChrF { get; } = Of("chrf", "chrF: character n-grams, orders 1 to 6",
        [new("wordOrders", "whole number", "word n-grams beside; 2 makes it chrF++", "0")],
        arguments =>
        {
            var orders = arguments.Count("wordOrders", 0, 4) ?? 0;
            return (answer, references) => Evaluation.ChrF.Score(answer, references, orders);
        });

    public static CheckDefinition Meteor { get; } = Of("meteor", "METEOR, exact and stem modules, English", [], _ => (answer, references) => Evaluation.Meteor.Score(answer, references).Map(s => s.Value));

    public static CheckDefinition TokenF1 { get; } = Of("token-f1", "SQuAD's token F1: words shared, whatever their order",
        [Part],
        arguments =>
        {
            var part = PartOf(arguments);
            return (answer, references) => references.Max(r => part(Evaluation.TokenF1.Score(answer, r)));
        });


    private static CheckDefinition Of(string name, string summary, ImmutableArray<CheckArgument> more, Func<CheckArguments, Func<string, ImmutableArray<string>, Estimated<double>>> read) => new(
        new CheckKind(name, 2, summary, IsBinary: false, [References.Argument, Threshold.Argument, .. more]),
        (arguments, _) =>
        {
            var (references, threshold, score) = (References.Read(arguments), Threshold.Read(arguments), read(arguments));
            return CheckDefinition.Of((golden, answer) => references.TryFor(golden, out var texts, out var missing) ? threshold.Result(score(answer.Text, texts)) : missing);
        });

    internal static Func<PrecisionRecall, double> PartOf(CheckArguments arguments) => arguments.Choice("part", "f", "f", "precision", "recall") switch
    {
        "precision" => s => s.Precision,
        "recall" => s => s.Recall,
        _ => s => s.F,
    };
}
