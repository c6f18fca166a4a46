using Assay.Evaluation.Similarity;
using FsCheck;
using FsCheck.Fluent;

namespace Assay.Evaluation.Tests.Similarity;

[Trait("Kind", "property")]
public sealed class SimilarityPropertyTests
{
    private static readonly string[] Words = ["a", "the", "Order", "order", "refund", "refunds", "3.5", "1,000", "can't", "naïve", "日本", "👍", "--", "ok.", "x"];
    private static readonly Gen<string> Text = Gen.Elements(Words).ListOf().Select(words => string.Join(' ', words));
    private static readonly Arbitrary<(string, string)> Pairs = Arb.From(Text.SelectMany(a => Gen.OneOf(Text, Gen.Constant(a)).Select(b => (a, b))));

    [Fact]
    public void Scores_OfAnyPair_LieInTheirBounds() => Prop.ForAll(Pairs, pair =>
    {
        foreach (var (_, score) in All(pair.Item1, pair.Item2))
            Assert.InRange(score ?? 0, 0, 1);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Scores_OfATextWithItself_Are1() => Prop.ForAll(Arb.From(Text), text =>
    {
        foreach (var (name, score) in All(text, text))
            if (name != "meteor") Assert.Equal(1, score ?? 1, 1e-12);
        if (Meteor.Score(text, [text]) is not { IsEstimable: true } meteor) return;
        Assert.Equal(1, meteor.Value.Chunks);
        Assert.Equal(1 - 0.5 / Math.Pow(meteor.Value.Matches, 3), meteor.Value.Value, 1e-12);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void SymmetricScores_WithTextsSwapped_AreTheSame() => Prop.ForAll(Pairs, pair =>
    {
        var (a, b) = pair;
        Assert.Equal(Levenshtein.Distance(a, b), Levenshtein.Distance(b, a));
        Assert.Equal(TokenF1.Score(a, b).F, TokenF1.Score(b, a).F, 1e-12);
        if (Gleu.Sentence(a, [b]) is { IsEstimable: true } gleu && Gleu.Sentence(b, [a]) is { IsEstimable: true } back) Assert.Equal(gleu.Value, back.Value, 1e-12);
        if (Rouge.L(a, b) is { IsEstimable: true } rouge && Rouge.L(b, a) is { IsEstimable: true } other)
            Assert.Equal((rouge.Value.Precision, rouge.Value.Recall), (other.Value.Recall, other.Value.Precision));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void EditDistance_OfAnySequences_IsTheTablesLastCell() => Prop.ForAll(Sequences(), pair =>
    {
        var expected = ByTable(pair.A, pair.B, edits: true);
        Assert.Equal(expected, EditDistance.Of(pair.A, pair.B, 4, byFour: false));
        Assert.Equal(expected, EditDistance.Of(pair.A, pair.B, 4, byFour: true));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void CommonSubsequence_OfAnySequences_IsTheTablesLastCell() => Prop.ForAll(Sequences(), pair =>
        Assert.Equal(ByTable(pair.A, pair.B, edits: false), CommonSubsequence.Length(pair.A, pair.B, 4))).QuickCheckThrowOnFailure();

    [Fact]
    public void Shared_OfAnySequences_IsTheSumOfSmallerCounts() => Prop.ForAll(Sequences(), pair =>
    {
        var ngrams = new NgramIds([pair.A, pair.B], 4);
        for (var n = 1; n <= 4; n++)
        {
            if (n > 1) ngrams.NextOrder();
            var (a, b) = (Grams(pair.A, n), Grams(pair.B, n));
            var expected = a.Sum(g => Math.Min(g.Value, b.GetValueOrDefault(g.Key)));
            Assert.Equal(expected, ngrams.Shared(0, 1));
            Assert.Equal(expected, ngrams.Clipped());
        }
    }).QuickCheckThrowOnFailure();

    // Longer than one and two machine words, and often nearly equal, where prefixes, suffixes and carries are.
    private static Arbitrary<(int[] A, int[] B)> Sequences()
    {
        var any = Gen.Choose(0, 600).SelectMany(n => Gen.Choose(0, 3).ArrayOf(n));
        return Arb.From(any.SelectMany(a => Gen.OneOf(any, Gen.Choose(0, a.Length).SelectMany(i => any.Select(m => (int[])[.. a[..i], .. m.Take(3), .. a[i..]]))).Select(b => (a, b))));
    }

    private static int ByTable(int[] a, int[] b, bool edits)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = edits ? i : 0;
        for (var j = 0; j <= b.Length; j++) d[0, j] = edits ? j : 0;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
                d[i, j] = edits
                    ? Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                    : a[i - 1] == b[j - 1] ? d[i - 1, j - 1] + 1 : Math.Max(d[i - 1, j], d[i, j - 1]);
        return d[a.Length, b.Length];
    }

    private static Dictionary<string, int> Grams(int[] tokens, int n) =>
        Enumerable.Range(0, Math.Max(0, tokens.Length - n + 1)).GroupBy(i => string.Join(',', tokens[i..(i + n)])).ToDictionary(g => g.Key, g => g.Count());

    private static IEnumerable<(string Name, double? Score)> All(string answer, string reference) =>
    [
        ("bleu", Bleu.Sentence(answer, [reference]) is { IsEstimable: true } bleu ? bleu.Value.Value : null),
        ("gleu", Gleu.Sentence(answer, [reference]) is { IsEstimable: true } gleu ? gleu.Value : null),
        ("rouge-1", Rouge.N(answer, reference, 1) is { IsEstimable: true } one ? one.Value.F : null),
        ("rouge-2", Rouge.N(answer, reference, 2) is { IsEstimable: true } two ? two.Value.F : null),
        ("rouge-l", Rouge.L(answer, reference) is { IsEstimable: true } l ? l.Value.F : null),
        ("chrf", ChrF.Score(answer, [reference]) is { IsEstimable: true } chrf ? chrf.Value : null),
        ("chrf++", ChrF.Score(answer, [reference], 2) is { IsEstimable: true } plus ? plus.Value : null),
        ("meteor", Meteor.Score(answer, [reference]) is { IsEstimable: true } meteor ? meteor.Value.Value : null),
        ("token-f1", TokenF1.Score(answer, reference).F),
        ("levenshtein", Levenshtein.Similarity(answer, reference)),
    ];
}
