namespace Assay.Evaluation.Tests.Checks;

public sealed class MeasuredChecksTests
{
    private static readonly Answer Measured = new() { Text = "Don't say “naïve” — 2 words? 日本", LatencyMs = 800, TimeToFirstTokenMs = 120, OutputTokens = 11, CostUsd = 0.002 };
    private static readonly Answer Unmeasured = new() { Text = "x" };

    [Theory]
    [InlineData("latency", """{ "max": 800 }""", "pass")]
    [InlineData("latency", """{ "max": 799 }""", "fail")]
    [InlineData("latency", """{ "max": 100, "of": "first-token" }""", "fail")]
    [InlineData("cost", """{ "max": 0.002 }""", "pass")]
    [InlineData("cost", """{ "max": 0.001 }""", "fail")]
    [InlineData("length", """{ "unit": "tokens", "max": 11 }""", "pass")]
    [InlineData("length", """{ "unit": "tokens", "min": 12 }""", "fail")]
    [InlineData("length", """{ "unit": "words", "min": 7, "max": 7 }""", "pass")]
    [InlineData("length", """{ "min": 31, "max": 31 }""", "pass")]
    public async Task Score_OfMeasuredAnswer_ComparesWithTheLimit(string name, string arguments, string outcome) =>
        Assert.Equal(outcome, Ask.Outcome(await Ask.ScoreAsync(name, arguments, Measured)));

    [Theory]
    [InlineData("latency", """{ "max": 800 }""")]
    [InlineData("latency", """{ "max": 800, "of": "first-token" }""")]
    [InlineData("cost", """{ "max": 1 }""")]
    [InlineData("not-cost", """{ "max": 1 }""")]
    [InlineData("length", """{ "unit": "tokens", "max": 11 }""")]
    public async Task Score_OfWhatWasNotMeasured_IsMissing(string name, string arguments) =>
        Assert.Equal("missing", Ask.Outcome(await Ask.ScoreAsync(name, arguments, Unmeasured)));

    [Theory]
    [InlineData("e\u0301", 1)]
    [InlineData("👩‍👩‍👧 ok", 4)]
    [InlineData("\r\n", 1)]
    [InlineData("", 0)]
    public async Task Length_InCharacters_CountsWhatAReaderSees(string text, int characters) =>
        Assert.Equal("pass", Ask.Outcome(await Ask.ScoreAsync("length", $$"""{ "min": {{characters}}, "max": {{characters}} }""", text)));
}
