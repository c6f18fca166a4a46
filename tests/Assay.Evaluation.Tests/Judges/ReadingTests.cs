namespace Assay.Evaluation.Tests.Judges;

public sealed class ReadingTests
{
    [Theory]
    [InlineData("""{"reason": "r", "scores": {"clarity": 4, "accuracy": 2}}""")]
    [InlineData("```json\n{\"scores\": {\"accuracy\": 2, \"clarity\": 4}}\n```")]
    [InlineData("  {\"scores\": {\"accuracy\": 2, \"clarity\": 4}}\n")]
    public void Scores_DeclaredForm_IsRead(string text) => Assert.Equal(4, Reading.Scores(text, Given.Judge()).Value!.Turns[0]["clarity"]);

    [Theory]
    [InlineData("")]
    [InlineData("clarity: 4, accuracy: 2")]
    [InlineData("""Here it is: {"scores": {"clarity": 4, "accuracy": 2}}""")]
    [InlineData("""{"scores": {"clarity": 4, "accuracy": 2}} I hope this helps.""")]
    [InlineData("""{"scores": {"clarity": 4, "accuracy": 2}}{"scores": {"clarity": 5, "accuracy": 5}}""")]
    [InlineData("""{"scores": {"clarity": 4}}""")]
    [InlineData("""{"scores": {"clarity": 4, "accuracy": 2, "style": 1}}""")]
    [InlineData("""{"scores": {"clarity": 4, "clarity": 5, "accuracy": 2}}""")]
    [InlineData("""{"scores": {"clarity": 4, "accuracy": 6}}""")]
    [InlineData("""{"scores": {"clarity": 4, "accuracy": 0}}""")]
    [InlineData("""{"scores": {"clarity": 4, "accuracy": 2.5}}""")]
    [InlineData("""{"scores": {"clarity": 4, "accuracy": "2"}}""")]
    [InlineData("""{"scores": {"clarity": 4, "accuracy": null}}""")]
    [InlineData("""{"scores": [4, 2]}""")]
    [InlineData("""[{"scores": {"clarity": 4, "accuracy": 2}}]""")]
    [InlineData("""{"scores": {"clarity": 4, "accuracy": 2}, "verdict": "A"}""")]
    public void Scores_AnythingElse_IsNoScore(string text)
    {
        var read = Reading.Scores(text, Given.Judge());
        Assert.Null(read.Value);
        Assert.NotEmpty(read.Problem!);
    }

    [Theory]
    [InlineData("A is better.\nVERDICT: B", "B")]
    [InlineData("VERDICT: TIE\n\n", "TIE")]
    [InlineData("VERDICT: A\nso\nVERDICT: A", "A")]
    [InlineData("A is better.\nVERDICT: B.", null)]
    [InlineData("VERDICT: A\nVERDICT: B", null)]
    [InlineData("VERDICT: A\nThat is all.", null)]
    [InlineData("Verdict: A", null)]
    [InlineData("VERDICT: a", null)]
    [InlineData("VERDICT: [[A]]", null)]
    [InlineData("", null)]
    public void Winner_FinalLine_IsReadOnlyAsDeclared(string text, string? expected) => Assert.Equal(expected, Reading.Winner(text, ReplyForm.FinalLine).Value?.Winner);

    [Theory]
    [InlineData("""{"winner": "A"}""", "A")]
    [InlineData("""{"reason": "B is weak", "winner": "TIE"}""", "TIE")]
    [InlineData("""{"winner": "C"}""", null)]
    [InlineData("""{"winner": "A or B"}""", null)]
    [InlineData("""{"winner": "A", "winner": "B"}""", null)]
    [InlineData("""{"winner": true}""", null)]
    [InlineData("A", null)]
    public void Winner_Json_IsReadOnlyAsDeclared(string text, string? expected) => Assert.Equal(expected, Reading.Winner(text, ReplyForm.Json).Value?.Winner);

    [Theory]
    [InlineData("fine\nSCORES: clarity=4, accuracy=2", true)]
    [InlineData("SCORES: clarity=4", false)]
    [InlineData("SCORES: clarity=4, accuracy=2, clarity=5", false)]
    [InlineData("SCORES: clarity=4, accuracy=9", false)]
    [InlineData("SCORES: clarity 4, accuracy 2", false)]
    public void Scores_FinalLine_IsReadOnlyAsDeclared(string text, bool isRead) =>
        Assert.Equal(isRead, Reading.Scores(text, Given.Judge() with { Form = ReplyForm.FinalLine }).Value is not null);

    [Fact]
    public void Items_WrongNumberOfDocuments_IsNoScore()
    {
        Assert.Null(Reading.Items("""{"items": [{"text": "1", "holds": true}]}""", 2).Value);
        Assert.Null(Reading.Items("""{"items": [{"text": "1", "holds": "yes"}]}""", null).Value);
        Assert.NotNull(Reading.Items("""{"items": [{"text": "1", "holds": true}]}""", 1).Value);
    }
}
