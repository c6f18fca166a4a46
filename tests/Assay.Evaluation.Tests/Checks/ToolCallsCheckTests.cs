namespace Assay.Evaluation.Tests.Checks;

public sealed class ToolCallsCheckTests
{
    private static readonly Answer TwoCalls = new() { Text = "", ToolCalls = [new("find", """{"id":7,"full":true}"""), new("cancel", """{ "id": 7.0 }""")] };

    [Theory]
    [InlineData("""{ "calls": [{ "name": "find" }, { "name": "cancel" }] }""", "pass")]
    [InlineData("""{ "calls": [{ "name": "cancel" }, { "name": "find" }] }""", "pass")]
    [InlineData("""{ "calls": [{ "name": "cancel" }, { "name": "find" }], "order": "same" }""", "fail")]
    [InlineData("""{ "calls": [{ "name": "find" }] }""", "fail")]
    [InlineData("""{ "calls": [{ "name": "find" }], "extra": true }""", "pass")]
    [InlineData("""{ "calls": [{ "name": "cancel", "arguments": { "id": 7 } }], "extra": true }""", "pass")]
    [InlineData("""{ "calls": [{ "name": "find", "arguments": { "id": 7 } }], "extra": true }""", "fail")]
    [InlineData("""{ "calls": [{ "name": "find", "arguments": { "id": 7 } }], "extra": true, "match": "subset" }""", "pass")]
    [InlineData("""{ "calls": [{ "name": "find" }, { "name": "find" }], "extra": true }""", "fail")]
    [InlineData("""{ "calls": [], "extra": true }""", "pass")]
    [InlineData("""{ "calls": [] }""", "fail")]
    public async Task Score_OfTwoCalls_ComparesNamesArgumentsAndOrder(string arguments, string outcome) =>
        Assert.Equal(outcome, Ask.Outcome(await Ask.ScoreAsync("tool-calls", arguments, TwoCalls)));

    /// <summary>The loose call fits both made ones; taken greedily it would take the one that the strict call needs.</summary>
    [Fact]
    public async Task Score_WhenCallsCompete_FindsTheAssignment()
    {
        var answer = new Answer { Text = "", ToolCalls = [new("find", """{"id":1}"""), new("find", """{"id":2}""")] };
        Assert.Equal("pass", Ask.Outcome(await Ask.ScoreAsync("tool-calls", """{ "calls": [{ "name": "find" }, { "name": "find", "arguments": { "id": 1 } }] }""", answer)));
    }

    [Fact]
    public async Task Score_OfBrokenOrAbsentArguments_FailsUnlessAnyWillDo()
    {
        var answer = new Answer { Text = "", ToolCalls = [new("find", "{id:")] };
        Assert.Equal("pass", Ask.Outcome(await Ask.ScoreAsync("tool-calls", """{ "calls": [{ "name": "find" }] }""", answer)));
        Assert.Equal("fail", Ask.Outcome(await Ask.ScoreAsync("tool-calls", """{ "calls": [{ "name": "find", "arguments": {} }] }""", answer)));
        Assert.Equal("pass", Ask.Outcome(await Ask.ScoreAsync("tool-calls", """{ "calls": [{ "name": "find", "arguments": {} }] }""", new Answer { Text = "", ToolCalls = [new("find", "")] })));
    }

    [Fact]
    public async Task Score_OfTemplatedArguments_FillsThemFromTheCase()
    {
        const string declared = """{ "calls": [{ "name": "find", "arguments": { "ids": ["{{id}}"], "n": 1 } }] }""";
        var answer = new Answer { Text = "", ToolCalls = [new("find", """{"ids":["A-7"],"n":1}""")] };
        Assert.Equal("pass", Ask.Outcome(await Ask.ScoreAsync("tool-calls", declared, answer, Ask.Case(variables: """{"id":"A-7"}"""))));
        Assert.Equal("missing", Ask.Outcome(await Ask.ScoreAsync("tool-calls", declared, answer)));
    }

    [Theory]
    [InlineData("""{ "calls": {} }""", "'calls' of tool-calls is an object")]
    [InlineData("""{ "calls": [{ "tool": "find" }] }""", "call 0 of tool-calls has no name")]
    [InlineData("""{ "calls": [{ "name": "find", "args": {} }] }""", "call 0 of tool-calls has 'args', which is neither name nor arguments")]
    public void Create_OfWrongCalls_SaysWhich(string arguments, string problem) =>
        Assert.StartsWith(problem, Assert.Single(Ask.Create("tool-calls", arguments).Problems).Message, StringComparison.Ordinal);
}
