namespace Assay.Evaluation.Tests.Similarity;

/// <summary>What there is nothing to compare with has no score; an answer without a word has score 0.</summary>
public sealed class EmptyTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public void Scores_OfEmptyReference_AreNotEstimable(string reference)
    {
        Assert.False(Bleu.Sentence("answer", [reference]).IsEstimable);
        Assert.False(Bleu.Corpus([("answer", [reference])]).IsEstimable);
        Assert.False(Gleu.Sentence("answer", [reference]).IsEstimable);
        Assert.False(Rouge.N("answer", reference, 1).IsEstimable);
        Assert.False(Rouge.L("answer", reference).IsEstimable);
        Assert.False(ChrF.Score("answer", [reference]).IsEstimable);
        Assert.False(Meteor.Score("answer", [reference]).IsEstimable);
    }

    [Fact]
    public void Scores_OfEmptyAnswer_Are0()
    {
        Assert.Equal(0, Bleu.Sentence("", ["reference"]).Value.Value);
        Assert.Equal(0, Gleu.Sentence("", ["reference"]).Value);
        Assert.Equal(default, Rouge.N("", "reference", 1).Value);
        Assert.Equal(default, Rouge.L("", "reference").Value);
        Assert.Equal(0, ChrF.Score("", ["reference"]).Value);
        Assert.Equal(0, Meteor.Score("", ["reference"]).Value.Value);
        Assert.Equal(0, TokenF1.Score("", "reference").F);
        Assert.Equal(9, Levenshtein.Distance("", "reference"));
        Assert.Equal(0, Levenshtein.Similarity("", "reference"));
    }

    [Fact]
    public void Scores_OfTwoEmptyTexts_AreAsTheirConventionsSay()
    {
        Assert.Equal((0, 1.0), (Levenshtein.Distance("", ""), Levenshtein.Similarity("", "")));
        Assert.Equal(1, TokenF1.Score("the", "").F);
    }

    [Fact]
    public void RougeN_OfReferenceShorterThanTheOrder_SaysSo() =>
        Assert.Equal("the reference has 1 tokens, and no 2-gram", Rouge.N("one two", "one", 2).Reason);

    [Fact]
    public void Scores_WithoutReference_AreMisuse()
    {
        Assert.Throws<ArgumentException>(() => Bleu.Sentence("answer", []));
        Assert.Throws<ArgumentException>(() => Gleu.Sentence("answer", []));
        Assert.Throws<ArgumentException>(() => ChrF.Score("answer", []));
        Assert.Throws<ArgumentException>(() => Meteor.Score("answer", []));
    }
}
