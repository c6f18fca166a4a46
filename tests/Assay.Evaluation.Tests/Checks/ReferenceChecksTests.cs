namespace Assay.Evaluation.Tests.Checks;

public sealed class ReferenceChecksTests
{
    public static TheoryData<string> Names => [.. CheckCatalog.Kinds.Where(k => k.Level == 2 && k.Name is not ("embedding-similarity" or "sentence-match" or "bert-score")).Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Score_OfCaseWithoutReference_IsMissing(string name) => Assert.Equal("missing", Ask.Outcome(await Ask.ScoreAsync(name, "{}", "answer")));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Score_WithThreshold_PassesAtItAndFailsBelow(string name)
    {
        const string text = "the item that arrived damaged";
        var same = await Ask.ScoreAsync(name, """{ "threshold": 0.99 }""", text, text);
        Assert.Equal("pass", Ask.Outcome(same));
        Assert.InRange(same.Value!.Value, 0.99, 1);
        Assert.Equal("fail", Ask.Outcome(await Ask.ScoreAsync(name, """{ "threshold": 0.99 }""", "no", text)));
        Assert.Equal("scored", Ask.Outcome(await Ask.ScoreAsync(name, "{}", "no", text)));
        var negated = await Ask.ScoreAsync("not-" + name, """{ "threshold": 0.99 }""", text, text);
        Assert.Equal((false, 1 - same.Value.Value), (negated.Passed, negated.Value!.Value));
        Assert.Equal("threshold", Assert.Single(Ask.Create("not-" + name).Problems).Argument);
    }

    [Theory]
    [InlineData("rouge-n", """{ "value": ["x", "the blue cat"] }""", "the cat", 0.8)]
    [InlineData("rouge-n", """{ "value": "the blue cat", "part": "precision" }""", "the cat", 1)]
    [InlineData("rouge-n", """{ "value": "the cat ran", "order": 2, "part": "recall" }""", "the cat sat", 0.5)]
    [InlineData("rouge-l", """{ "value": "cats running", "stem": true }""", "cat runs", 1)]
    [InlineData("token-f1", """{ "value": "Cat!", "part": "recall" }""", "a cat sat", 1)]
    [InlineData("levenshtein", """{ "value": "ABCD", "ignoreCase": true }""", "abcx", 0.75)]
    [InlineData("bleu", """{ "value": "一二三四", "tokens": "characters", "smoothing": "none" }""", "一二三四", 1)]
    public async Task Score_WithArguments_UsesThem(string name, string arguments, string answer, double expected) =>
        Assert.Equal(expected, (await Ask.ScoreAsync(name, arguments, answer)).Value!.Value, 1e-12);

    [Fact]
    public async Task EmbeddingSimilarity_OfAnswer_IsTheBestCosine()
    {
        var services = new CheckServices { Embedder = new FakeEmbedder(new() { ["yes"] = [3, 4], ["no"] = [-1, 0], ["sure"] = [1, 0] }) };
        var result = await Ask.ScoreAsync("embedding-similarity", """{ "value": ["no", "sure"], "threshold": 0.6 }""", new Answer { Text = "yes" }, services: services);
        Assert.Equal(0.6, result.Value!.Value, 1e-9);
        Assert.True(result.Passed);
        var opposite = await Ask.ScoreAsync("embedding-similarity", """{ "value": "no" }""", new Answer { Text = "sure" }, services: services);
        Assert.Equal(0, opposite.Value);
    }

    [Fact]
    public async Task SentenceMatch_OfAnswer_MatchesSentenceBySentence()
    {
        var services = new CheckServices { Embedder = new FakeEmbedder(new() { ["One."] = [1, 0], ["Two!"] = [0, 1], ["Half"] = [3, 4] }) };
        var result = await Ask.ScoreAsync("sentence-match", """{ "value": "Two! One." }""", new Answer { Text = "One. Two!\nHalf" }, services: services);
        Assert.Equal(2 * (2.8 / 3) / (2.8 / 3 + 1), result.Value!.Value, 1e-9);
    }

    [Theory]
    [InlineData("embedding-similarity")]
    [InlineData("sentence-match")]
    public async Task EmbeddingChecks_WhenTheEndpointFails_AreErrorsAlsoWithNot(string name)
    {
        var services = new CheckServices { Embedder = new FakeEmbedder([]) };
        var result = await Ask.ScoreAsync("not-" + name, """{ "value": "a", "threshold": 0.5 }""", new Answer { Text = "b" }, services: services);
        Assert.Equal("error", Ask.Outcome(result));
        Assert.Contains("503", result.Reason, StringComparison.Ordinal);
        Assert.Equal("missing", Ask.Outcome(await Ask.ScoreAsync(name, "{}", new Answer { Text = "b" }, services: services)));
        Assert.Equal("scored", Ask.Outcome(await Ask.ScoreAsync(name, """{ "value": "a" }""", new Answer { Text = " " }, services: services)));
        Assert.Contains("needs an embedding model", Assert.Single(Ask.Create(name).Problems).Message, StringComparison.Ordinal);
    }
}
