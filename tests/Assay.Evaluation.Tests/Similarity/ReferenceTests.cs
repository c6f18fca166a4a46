using System.Text.Json;
using Assay.Evaluation.Similarity;
using Assay.Testing;

namespace Assay.Evaluation.Tests.Similarity;

/// <summary>Against other implementations: <c>reference.json</c> says which, and how each number was computed.</summary>
[Trait("Kind", "reference")]
public sealed class ReferenceTests
{
    private const double Digits = 1e-12;
    private static readonly JsonElement Reference = JsonElement.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "tests", "Assay.Evaluation.Tests", "Similarity", "reference.json")));

    [Fact]
    public void Scores_OfReferencePairs_AreTheirs()
    {
        var pairs = Reference.GetProperty("pairs").EnumerateArray().ToArray();
        Assert.Equal(41, pairs.Length);
        Assert.All(pairs, pair =>
        {
            var (answer, reference) = Texts(pair);
            foreach (var smoothing in Enum.GetValues<BleuSmoothing>())
                Assert.Equal(Number(pair.GetProperty("bleu"), smoothing.ToString()), Bleu.Sentence(answer, [reference], smoothing).Value.Value, Digits);
            Assert.Equal(Number(pair, "gleu"), Gleu.Sentence(answer, [reference]).Value, Digits);
            Assert.Equal(Number(pair, "chrf"), ChrF.Score(answer, [reference]).Value, Digits);
            Assert.Equal(Number(pair, "chrfPlusPlus"), ChrF.Score(answer, [reference], wordOrders: 2).Value, Digits);
            Assert.Equal(Number(pair, "tokenF1"), TokenF1.Score(answer, reference).F, Digits);
            Assert.Equal(Number(pair, "levenshtein"), Levenshtein.Distance(answer, reference));
        });
    }

    [Fact]
    public void Rouge_OfReferencePairs_IsTheirs() =>
        Assert.All(Reference.GetProperty("pairs").EnumerateArray(), pair =>
        {
            var (answer, reference) = Texts(pair);
            AssertRouge(pair, "rouge1", Rouge.N(answer, reference, 1));
            AssertRouge(pair, "rouge2", Rouge.N(answer, reference, 2));
            AssertRouge(pair, "rougeL", Rouge.L(answer, reference));
            AssertRouge(pair, "rouge1Stem", Rouge.N(answer, reference, 1, stem: true));
            AssertRouge(pair, "rougeLStem", Rouge.L(answer, reference, stem: true));
        });

    /// <summary>nltk aligns each word with the first equal one that is free, the paper asks for the alignment with the fewest chunks: matches are equal, and there are never more chunks.</summary>
    [Fact]
    public void Meteor_OfReferencePairs_MatchesAsManyInNoMoreChunks()
    {
        var same = 0;
        Assert.All(Reference.GetProperty("pairs").EnumerateArray(), pair =>
        {
            var (answer, reference) = Texts(pair);
            var score = Meteor.Score(answer, [reference]).Value;
            Assert.Equal(Number(pair, "meteorMatches"), score.Matches);
            Assert.InRange(score.Chunks, 0, (int)Number(pair, "meteorChunks"));
            if (score.Chunks != (int)Number(pair, "meteorChunks")) return;
            same++;
            Assert.Equal(Number(pair, "meteor"), score.Value, Digits);
        });
        Assert.InRange(same, 30, 41);
    }

    [Fact]
    public void Bleu_OfReferenceCorpus_PoolsTheCounts()
    {
        var corpus = Reference.GetProperty("pairs").EnumerateArray().Select(Texts).Select(p => (p.Answer, (IReadOnlyList<string>)[p.Reference])).ToArray();
        foreach (var smoothing in Enum.GetValues<BleuSmoothing>())
            Assert.Equal(Number(Reference.GetProperty("corpusBleu"), smoothing.ToString()), Bleu.Corpus(corpus, smoothing).Value.Value, Digits);
    }

    /// <summary>The worked examples of K. Papineni et al. (2002): modified unigram precision 2/7; 17/18 and 10/17 of the first candidate against three references. The whole score .5046 is nltk's.</summary>
    [Fact]
    public void Bleu_OfPublishedExamples_IsAsPublished()
    {
        var clipped = Bleu.Sentence("the the the the the the the", ["the cat is on the mat", "there is a cat on the mat"], BleuSmoothing.None, BleuTokens.Whitespace).Value;
        Assert.Equal(2.0 / 7, clipped.Precisions[0], Digits);
        Assert.Equal(0, clipped.Value);
        var first = Bleu.Sentence("It is a guide to action which ensures that the military always obeys the commands of the party",
        [
            "It is a guide to action that ensures that the military will forever heed Party commands",
            "It is the guiding principle which guarantees the military forces always being under the command of the Party",
            "It is the practical guide for the army always to heed the directions of the party",
        ], BleuSmoothing.None).Value;
        Assert.Equal(17.0 / 18, first.Precisions[0], Digits);
        Assert.Equal(10.0 / 17, first.Precisions[1], Digits);
        Assert.Equal(0.5045666840058485, first.Value, Digits);
        Assert.Equal((18L, 18L, 1.0), (first.AnswerLength, first.ReferenceLength, first.BrevityPenalty));
    }

    [Fact]
    public void Stem_OfReferenceWords_IsTheirs()
    {
        var stems = Reference.GetProperty("stems").EnumerateObject().ToArray();
        Assert.Equal(275, stems.Length);
        Assert.All(stems, s => Assert.Equal(s.Value.GetString(), PorterStemmer.Stem(s.Name)));
    }

    private static void AssertRouge(JsonElement pair, string name, Assay.Statistics.Estimated<PrecisionRecall> found)
    {
        var expected = pair.GetProperty(name).EnumerateArray().Select(e => e.GetDouble()).ToArray();
        // Where the reference is too short for the order, theirs is 0 and ours is no number.
        var score = found.IsEstimable ? found.Value : default;
        Assert.Equal(expected[0], score.Precision, Digits);
        Assert.Equal(expected[1], score.Recall, Digits);
        Assert.Equal(expected[2], score.F, Digits);
    }

    private static (string Answer, string Reference) Texts(JsonElement pair) => (pair.GetProperty("answer").GetString()!, pair.GetProperty("reference").GetString()!);

    private static double Number(JsonElement element, string name) => element.GetProperty(char.ToLowerInvariant(name[0]) + name[1..]).GetDouble();
}
