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
}
