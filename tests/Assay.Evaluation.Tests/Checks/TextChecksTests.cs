namespace Assay.Evaluation.Tests.Checks;

public sealed class TextChecksTests
{
    [Theory]
    [InlineData("equals", """{ "value": "yes" }""", " yes\n", "pass")]
    [InlineData("equals", """{ "value": "yes", "trim": false }""", " yes", "fail")]
    [InlineData("equals", """{ "value": "Yes" }""", "yes", "fail")]
    [InlineData("equals", """{ "value": "ÄRGER", "ignoreCase": true }""", "ärger", "pass")]
    [InlineData("equals", """{ "value": { "a": 1, "b": [true] } }""", """{"b":[true],"a":1.0}""", "pass")]
    [InlineData("equals", """{ "value": { "a": 1 } }""", """{"a":1,"b":2}""", "fail")]
    [InlineData("equals", """{ "value": { "a": 1 } }""", "a is 1", "fail")]
    [InlineData("contains", """{ "value": ["policy", "refund"] }""", "The refund policy.", "pass")]
    [InlineData("contains", """{ "value": ["policy", "refund"] }""", "The policy.", "fail")]
    [InlineData("contains", """{ "value": ["policy", "refund"], "match": "any" }""", "The policy.", "pass")]
    [InlineData("contains", """{ "value": ["policy", "refund"], "match": "any" }""", "The rules.", "fail")]
    [InlineData("contains", """{ "value": "Policy", "ignoreCase": true }""", "the policy", "pass")]
    [InlineData("contains", """{ "value": "Policy" }""", "the policy", "fail")]
    [InlineData("contains", """{ "value": "" }""", "anything", "missing")]
    [InlineData("not-contains", """{ "value": "" }""", "anything", "missing")]
    [InlineData("not-contains", """{ "value": "policy" }""", "the rules", "pass")]
    [InlineData("starts-with", """{ "value": "Dear" }""", "\nDear Ms Li", "pass")]
    [InlineData("starts-with", """{ "value": "Dear", "trim": false }""", "\nDear Ms Li", "fail")]
    [InlineData("starts-with", """{ "value": "dear", "ignoreCase": true }""", "Dear Ms Li", "pass")]
    [InlineData("ends-with", """{ "value": "." }""", "Done. ", "pass")]
    [InlineData("ends-with", """{ "value": "." }""", "Done!", "fail")]
    [InlineData("regex", """{ "value": "\\border #\\d{5}\\b" }""", "Your order #44129 is here", "pass")]
    [InlineData("regex", """{ "value": "\\d{5}", "whole": true }""", "order 44129", "fail")]
    [InlineData("regex", """{ "value": "a|b", "whole": true }""", "ab", "fail")]
    [InlineData("regex", """{ "value": "^b$", "multiline": true }""", "a\nb", "pass")]
    [InlineData("regex", """{ "value": "a.b", "singleline": true, "ignoreCase": true }""", "A\nB", "pass")]
    public async Task Score_OfDeclaredTextCheck_IsAsDocumented(string name, string arguments, string answer, string outcome) =>
        Assert.Equal(outcome, Ask.Outcome(await Ask.ScoreAsync(name, arguments, answer)));

    [Theory]
    [InlineData("equals")]
    [InlineData("contains")]
    [InlineData("starts-with")]
    [InlineData("numeric")]
    public async Task Score_WithoutValueOrExpected_IsMissingNeverAPass(string name)
    {
        Assert.Equal("missing", Ask.Outcome(await Ask.ScoreAsync(name, "{}", "7")));
        Assert.Equal("missing", Ask.Outcome(await Ask.ScoreAsync("not-" + name, "{}", "7")));
        Assert.Equal("pass", Ask.Outcome(await Ask.ScoreAsync(name, "{}", "7", expected: "7")));
    }

    [Fact]
    public async Task Score_OfTemplatedValue_FillsItFromTheCase()
    {
        var answer = new Answer { Text = "Order 44129 is late" };
        Assert.Equal("pass", Ask.Outcome(await Ask.ScoreAsync("contains", """{ "value": "Order {{order}}" }""", answer, Ask.Case(variables: """{"order":44129}"""))));
        var result = await Ask.ScoreAsync("not-contains", """{ "value": "Order {{order}}" }""", answer, Ask.Case());
        Assert.Equal(ScoreStatus.Missing, result.Status);
        Assert.Contains("'order'", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Score_OfPatternThatRunsAway_IsAnErrorAlsoWithNot()
    {
        var services = new CheckServices { RegexTimeout = TimeSpan.FromMilliseconds(50) };
        var answer = new Answer { Text = new string('a', 60) + "!" };
        foreach (var name in (string[])["regex", "not-regex"])
        {
            var result = await Ask.ScoreAsync(name, """{ "value": "^(a+)+$" }""", answer, services: services);
            Assert.Equal("error", Ask.Outcome(result));
            Assert.Null(result.Value);
        }
    }
}
