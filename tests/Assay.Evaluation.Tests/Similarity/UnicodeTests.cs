using Assay.Evaluation.Similarity;

namespace Assay.Evaluation.Tests.Similarity;

/// <summary>The units and rules that docs/concepts/similarity.md states.</summary>
public sealed class UnicodeTests
{
    [Theory]
    [InlineData("👍", "👎", 1)]
    [InlineData("a👍b", "ab", 1)]
    [InlineData("𝒳", "X", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("Case", "case", 1)]
    public void Distance_OfTexts_CountsCodePoints(string a, string b, int distance) => Assert.Equal(distance, Levenshtein.Distance(a, b));

    [Fact]
    public void Rouge_OfLettersBeyondAscii_KeepsWordsWhole()
    {
        Assert.Equal(1, Rouge.N("ÜBER die Straße", "über die Straße", 1).Value.F);
        Assert.Equal(0, Rouge.N("naïve", "na ve", 1).Value.F);
    }

    [Fact]
    public void Rouge_OfIdeographs_CountsEach() => Assert.Equal(0.5, Rouge.N("日本", "日中", 1).Value.F);

    [Fact]
    public void Bleu_OfCharacters_ScoresTextsWithoutSpaces()
    {
        Assert.Equal(0, Bleu.Sentence("今天天气很好啊", ["今天天气很好"], BleuSmoothing.None).Value.Value);
        Assert.InRange(Bleu.Sentence("今天天气很好啊", ["今天天气很好"], BleuSmoothing.None, BleuTokens.Characters).Value.Value, 0.7, 0.9);
    }

    /// <summary>Decomposed forms of the composed texts beside them, by Python's unicodedata.</summary>
    [Theory]
    [InlineData("e\u0301t\u0065\u0301", "été")]
    [InlineData("A\u0308rger", "Ärger")]
    [InlineData("Vie\u0323\u0302t", "Việt")]
    [InlineData("\u03B1\u0301", "ά")]
    [InlineData("\u0438\u0306", "й")]
    [InlineData("\u304B\u3099", "が")]
    [InlineData("\u1112\u1161\u11AB\u1100\u1173\u11AF", "한글")]
    [InlineData("\u0301e", "\u0301e")]
    [InlineData("q\u0301", "q\u0301")]
    public void Compose_OfLettersAndMarks_GivesOneLetterWhereThereIsOne(string apart, string together)
    {
        Assert.Equal(together, CanonicalText.Compose(apart));
        Assert.Equal(together, CanonicalText.Compose(together));
        Assert.Equal(0, Levenshtein.Distance(apart, together));
        Assert.Equal(1, Bleu.Sentence(apart, [together]).Value.Value, 1e-12);
        Assert.Equal(1, TokenF1.Score(apart, together).F);
    }
}
