using System.Text.Json;

namespace Assay.Evaluation.Tests.Checks;

/// <summary>Code and hooks in real child processes; what needs an interpreter that is not here is skipped.</summary>
public sealed class CommandChecksTests : IDisposable
{
    private readonly BoundedProcessRunner runner = new(TimeProvider.System, 2);

    public void Dispose() => runner.Dispose();

    private CheckServices Services => new() { ProcessRunner = runner };

    private async Task<CheckResult> HookAsync(string script, string more = "", string name = "hook") =>
        await Ask.ScoreAsync(name, $$"""{ "command": ["sh", "-c", {{JsonSerializer.Serialize(script)}}]{{more}} }""", new Answer { Text = "an answer", OutputTokens = 3 }, Ask.Case("wanted"), Services);

    private async Task<CheckResult> CodeAsync(string answer, string arguments, string? variables = null) =>
        await Ask.ScoreAsync("code", arguments, new Answer { Text = answer }, Ask.Case(variables: variables), Services);

    [Theory]
    [InlineData("""echo '{"score":0.25,"reason":"half of half"}'""", 0.25, null)]
    [InlineData("""echo '{"score":0.25,"pass":true}'""", 0.25, true)]
    [InlineData("""echo '{"pass":true}'""", 1.0, true)]
    [InlineData("""echo '{"pass":false,"reason":"no"}'""", 0.0, false)]
    public async Task Hook_ThatAnswers_IsTheScore(string script, double value, bool? passed)
    {
        var result = await HookAsync(script);
        Assert.Equal((ScoreStatus.Scored, value, passed), (result.Status, result.Value, result.Passed));
    }

    [Fact]
    public async Task Hook_WithThreshold_PassesAtIt()
    {
        const string script = """echo '{"score":0.5}'""";
        Assert.True((await HookAsync(script, """, "threshold": 0.5""")).Passed);
        Assert.False((await HookAsync(script, """, "threshold": 0.51""")).Passed);
        Assert.False((await HookAsync("""echo '{"score":0.9,"pass":false}'""", """, "threshold": 0.5""")).Passed);
    }

    [Theory]
    [InlineData("echo nonsense", "not JSON")]
    [InlineData("""echo '[1]'""", "not an object")]
    [InlineData("""echo '{}'""", "neither 'score' nor 'pass'")]
    [InlineData("""echo '{"score":7}'""", "not a number from 0 to 1")]
    [InlineData("""echo '{"score":"0.5"}'""", "not a number from 0 to 1")]
    [InlineData("""echo '{"pass":"yes"}'""", "neither true nor false")]
    [InlineData("""echo '{"pass":true,"reason":3}'""", "are texts")]
    [InlineData("""echo '{"pass":true}'; echo trouble >&2; exit 2""", "exit code 2: 'trouble'")]
    [InlineData("true", "not JSON")]
    [InlineData("sleep 60", "longer than 0.3 s")]
    public async Task Hook_ThatIsBroken_IsAnErrorNotAFail(string script, string reason)
    {
        foreach (var name in (string[])["hook", "not-hook"])
        {
            var result = await HookAsync(script, """, "wallSeconds": 0.3, "threshold": 0.5""", name);
            Assert.Equal("error", Ask.Outcome(result));
            Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Hook_ThatMissesSomething_IsMissing() => Assert.Equal(CheckResult.Missing("no context"), await HookAsync("""echo '{"missing":"no context"}'"""));

    [Fact]
    public async Task Hook_OnItsInput_ReadsCaseAnswerAndArguments()
    {
        // The reason carries the input back.
        var result = await HookAsync("""printf '{"pass":true,"reason":"%s"}' "$(sed 's/["\\]/\\&/g')" """, """, "arguments": { "depth": 2 }""");
        var read = JsonElement.Parse(result.Reason!);
        Assert.Equal(("case", "question", "wanted"), (read.GetProperty("case").GetProperty("id").GetString(), read.GetProperty("case").GetProperty("input").GetString(), read.GetProperty("case").GetProperty("expected").GetString()));
        Assert.Equal(("an answer", 3, JsonValueKind.Null), (read.GetProperty("answer").GetProperty("text").GetString(), read.GetProperty("answer").GetProperty("outputTokens").GetInt32(), read.GetProperty("answer").GetProperty("costUsd").ValueKind));
        Assert.Equal(2, read.GetProperty("arguments").GetProperty("depth").GetInt32());
    }

    [Fact]
    public void Create_OfCommandChecksThatCannotRun_SaysWhy()
    {
        Assert.Contains("this run allows none", Assert.Single(Ask.Create("hook", """{ "command": "sh" }""").Problems).Message, StringComparison.Ordinal);
        Assert.Contains("there is no program './none'", Assert.Single(Ask.Create("hook", """{ "command": "./none --fast" }""", Services).Problems).Message, StringComparison.Ordinal);
        Assert.Contains("ASSAY_NOT_SET", Assert.Single(Ask.Create("hook", """{ "command": "sh", "env": "ASSAY_NOT_SET" }""", Services).Problems).Message, StringComparison.Ordinal);
        Assert.Contains("no way to run 'cobol'", Assert.Single(Ask.Create("code", """{ "language": "cobol" }""", Services).Problems).Message, StringComparison.Ordinal);
        Assert.Equal("file", Assert.Single(Ask.Create("code", """{ "language": "x", "command": "sh", "file": "../x" }""", Services).Problems).Argument);
    }

    [Theory]
    [InlineData("Sure:\n```bash\nadd() { echo $(($1 + $2)); }\n```\nDone.", "pass")]
    [InlineData("add() { echo $(($1 * $2)); }", "fail")]
    [InlineData("add() { ", "fail")]
    [InlineData("exit 0", "fail")]
    [InlineData("while :; do :; done", "fail")]
    [InlineData(" ", "fail")]
    public async Task Code_WithTests_MustRunThemToTheirEnd(string answer, string outcome) =>
        Assert.Equal(outcome, Ask.Outcome(await CodeAsync(answer, """{ "language": "bash", "tests": "[ \"$(add 2 3)\" = {{sum}} ] || exit 1", "wallSeconds": 1 }""", """{"sum":5}""")));

    [Theory]
    [InlineData("if true; then echo; fi", "pass")]
    [InlineData("if true; then", "fail")]
    public async Task Code_WithoutTests_MustCompile(string answer, string outcome) => Assert.Equal(outcome, Ask.Outcome(await CodeAsync(answer, """{ "language": "bash" }""")));

    [Fact]
    public async Task Code_InPython_IsTestedWithoutThisProcessesSecrets()
    {
        Assert.SkipUnless(runner.CanStart(new ProcessRequest { Command = ["python3"] }), "python3 is not here");
        Environment.SetEnvironmentVariable("ASSAY_TEST_KEY", "secret");
        const string tests = """{ "tests": "assert add(2, 3) == 5\nimport os\nassert 'ASSAY_TEST_KEY' not in os.environ" }""";
        Assert.Equal("pass", Ask.Outcome(await CodeAsync("```python\ndef add(a, b):\n    return a + b\n```", tests)));
        var wrong = await CodeAsync("def add(a, b): return a - b", tests);
        Assert.Equal("exit code 1: 'AssertionError'", wrong.Reason);
        Assert.Equal("fail", Ask.Outcome(await CodeAsync("import os\nos._exit(0)", tests)));
        Assert.Equal("fail", Ask.Outcome(await CodeAsync("def f(:", "{}")));
        Assert.Equal("pass", Ask.Outcome(await CodeAsync("def f(): return undefined", "{}")));
    }

    [Fact]
    public async Task Code_WithCommandOfItsOwn_PassesByExitCode()
    {
        const string arguments = """{ "language": "text", "file": "poem.txt", "command": ["grep", "-q", "rose", "poem.txt"] }""";
        Assert.Equal("pass", Ask.Outcome(await CodeAsync("a rose is a rose", arguments)));
        Assert.Equal("fail", Ask.Outcome(await CodeAsync("a tulip", arguments)));
    }

    /// <summary>The case of GreedyMatch's own test, through a command.</summary>
    [Fact]
    public async Task BertScore_OverACommand_MatchesTokenVectors()
    {
        const string arguments = """{ "value": "reference", "command": ["sh", "-c", "cat >/dev/null; echo '{\"vectors\":[[[1,0],[3,4],[0,2]],[[1,0],[0,1]]]}'"]""";
        var result = await Ask.ScoreAsync("bert-score", arguments + "}", new Answer { Text = "answer" }, services: Services);
        var expected = 2 * (2.8 / 3) / (2.8 / 3 + 1);
        Assert.Equal(expected, result.Value!.Value, 1e-6);
        var rescaled = await Ask.ScoreAsync("bert-score", arguments + """, "baseline": 0.8 }""", new Answer { Text = "answer" }, services: Services);
        Assert.Equal((expected - 0.8) / 0.2, rescaled.Value!.Value, 1e-6);
    }

    [Theory]
    [InlineData("exit 3", "exit code 3")]
    [InlineData("echo []", "not {\\\"vectors\\\"")]
    [InlineData("echo '{\"vectors\":[[[1,0]]]}'", "vectors of 1 came back")]
    [InlineData("echo '{\"vectors\":[[[1,0]],[[1]]]}'", "differ in length")]
    public async Task BertScore_OfBrokenVectors_IsAnError(string script, string reason)
    {
        var result = await Ask.ScoreAsync("bert-score", $$"""{ "value": "reference", "command": ["sh", "-c", {{JsonSerializer.Serialize(script)}}] }""", new Answer { Text = "answer" }, services: Services);
        Assert.Equal("error", Ask.Outcome(result));
        Assert.Contains(reason.Replace("\\\"", "\"", StringComparison.Ordinal), result.Reason, StringComparison.Ordinal);
    }
}
