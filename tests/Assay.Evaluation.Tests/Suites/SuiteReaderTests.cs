namespace Assay.Evaluation.Tests;

public sealed class SuiteReaderTests
{
    private const string Url = "http://127.0.0.1:9/v1";

    [Fact]
    public void ReadFile_UnknownCheckAndMisspeltKeys_ReportsAllWithLineAndHint()
    {
        using var folder = new SuiteFolder();
        folder.File("cases.jsonl", "{\"id\":\"1\",\"input\":\"q\"}\n{\"id\":\"2\",\"inputt\":\"q\"}\n");
        var result = folder.Read(SuiteFolder.Yaml(Url, "checks:\n  - { type: contians, value: x }\n  - { type: contains, valeu: x }\ngate: { primary: acuracy, margn: 0.1 }"));
        Assert.Null(result.Suite);
        var text = result.Problems.Select(p => p.ToString()).ToList();
        Assert.Contains(text, t => t.Contains("suite.yaml:9", StringComparison.Ordinal) && t.Contains("did you mean 'contains'", StringComparison.Ordinal));
        Assert.Contains(text, t => t.Contains("suite.yaml:10", StringComparison.Ordinal) && t.Contains("did you mean 'value'", StringComparison.Ordinal));
        Assert.Contains(text, t => t.Contains("suite.yaml:11", StringComparison.Ordinal) && t.Contains("did you mean 'accuracy'", StringComparison.Ordinal));
        Assert.Contains(text, t => t.Contains("did you mean 'margin'", StringComparison.Ordinal));
        Assert.Contains(text, t => t.Contains("cases.jsonl:2", StringComparison.Ordinal) && t.Contains("did you mean 'input'", StringComparison.Ordinal));
    }

    [Fact]
    public void ReadFile_RaggedCsv_NamesEveryRowWithItsLine()
    {
        using var folder = new SuiteFolder();
        folder.File("cases.csv", "id,input,city\n1,\"two\nlines\",Rome\n2,short\n3,a,b,c\n");
        var result = folder.Read(SuiteFolder.Yaml(Url, "", "cases.csv"));
        Assert.Null(result.Suite);
        Assert.Equal([4, 5], result.Problems.Where(p => p.Code == "ragged-row").Select(p => p.Line));
        Assert.Contains("2 fields", result.Problems.First(p => p.Code == "ragged-row").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadFile_CsvColumns_BecomeVariablesAndTags()
    {
        using var folder = new SuiteFolder();
        folder.File("cases.csv", "id,input,expected,tags,city\nx,\"where, \"\"now\"\"?\",there,a;b,Rome\n");
        var golden = Assert.Single(folder.Read(SuiteFolder.Yaml(Url, "", "cases.csv")).Suite!.Cases);
        Assert.Equal("where, \"now\"?", golden.Input);
        Assert.Equal("there", golden.Expected);
        Assert.Equal(["a", "b"], golden.Tags);
        Assert.Equal("Rome", golden.Variables["city"].GetString());
    }

    [Fact]
    public void ReadFile_FineTuningChat_LastAssistantMessageIsExpected()
    {
        using var folder = new SuiteFolder();
        folder.File("cases.jsonl", """{"messages":[{"role":"system","content":"s"},{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""" + "\n");
        var golden = Assert.Single(folder.Read(SuiteFolder.Yaml(Url, "")).Suite!.Cases);
        Assert.Equal("a", golden.Expected);
        Assert.Equal(["system", "user"], golden.Messages.Select(m => m.Role));
    }

    [Fact]
    public void ReadFile_SameContentInOtherFormat_HasTheSameGoldenHash()
    {
        using var folder = new SuiteFolder();
        folder.File("cases.jsonl", "{\"id\":\"1\",\"input\":\"q\",\"expected\":\"a\"}\n");
        folder.File("cases.yaml", "- expected: a\n  input: q\n  id: '1'\n");
        folder.File("other.jsonl", "{\"id\":\"1\",\"input\":\"q\",\"expected\":\"b\"}\n");
        var jsonl = folder.Read(SuiteFolder.Yaml(Url, "")).Suite!;
        var yaml = folder.Read(SuiteFolder.Yaml(Url, "", "cases.yaml")).Suite!;
        Assert.Equal(jsonl.CasesHash, yaml.CasesHash);
        Assert.Equal(jsonl.SuiteHash, yaml.SuiteHash);
        Assert.NotEqual(jsonl.CasesHash, folder.Read(SuiteFolder.Yaml(Url, "", "other.jsonl")).Suite!.CasesHash);
        var gated = folder.Read(SuiteFolder.Yaml(Url, "gate: { maxCostUsd: 1 }")).Suite!;
        Assert.Equal(jsonl.ContentHash, gated.ContentHash);
        Assert.NotEqual(jsonl.SuiteHash, gated.SuiteHash);
    }

    [Fact]
    public void Plan_CaseWithoutItsVariable_NamesFileLineAndPrompt()
    {
        using var folder = new SuiteFolder();
        folder.File("cases.jsonl", "{\"id\":\"ok\",\"vars\":{\"name\":\"x\"}}\n{\"id\":\"bad\",\"vars\":{\"nam\":\"x\"}}\n");
        var suite = folder.Read("""
            suite: t
            variants: [ { key: a, upstream: up, model: m, prompt: "Hello {{name}}" } ]
            cases: cases.jsonl
            upstreams: { up: { baseUrl: "http://127.0.0.1:9/v1" } }
            """).Suite!;
        var problem = Assert.Single(ArenaPlan.Of(suite).Problems);
        Assert.EndsWith("cases.jsonl", problem.File, StringComparison.Ordinal);
        Assert.Equal(2, problem.Line);
        Assert.Contains("{{name}}", problem.Message, StringComparison.Ordinal);
        Assert.Contains("did you mean 'nam'", problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_ParametersUnset_TemperatureIsZeroAndTheSeedTheSameForBoth()
    {
        using var folder = new SuiteFolder();
        folder.File("cases.jsonl", "{\"id\":\"1\",\"input\":\"q\"}\n");
        var plan = ArenaPlan.Of(folder.Read(SuiteFolder.Yaml(Url, "run: { seed: 7 }")).Suite!, repeats: 2);
        Assert.All(plan.Cells, c => Assert.Equal(0, c.Call!.Parameters["temperature"].GetInt32()));
        Assert.Equal([7, 7, 8, 8], plan.Cells.OrderBy(c => c.Repeat).Select(c => c.Call!.Parameters["seed"].GetInt32()));
    }

    [Theory]
    [InlineData("gate: {}", "the gate asks for nothing")]
    [InlineData("gate: { alpha: 0.1, requireCalibratedJudge: true }", "the gate asks for nothing")]
    [InlineData("gate: { maxCostUsd: 1, requireCalibratedJudge: true }", "the suite has no judge")]
    public void ReadFile_GateThatCouldNotFail_IsAnError(string gate, string said)
    {
        using var folder = new SuiteFolder();
        folder.File("cases.jsonl", "{\"id\":\"1\",\"input\":\"q\"}\n");
        var result = folder.Read(SuiteFolder.Yaml("http://127.0.0.1:9/v1", "checks: [ { type: contains, value: x } ]\n" + gate));
        Assert.Null(result.Suite);
        Assert.Contains(result.Problems, p => p.Message.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public void Differences_ModelAndPrompt_AreConfounded()
    {
        using var folder = new SuiteFolder();
        folder.File("cases.jsonl", "{\"id\":\"1\",\"input\":\"q\"}\n");
        var suite = folder.Read("""
            suite: t
            variants:
              - { key: a, upstream: up, model: m, system: A }
              - { key: b, upstream: up, model: m, system: B }
              - { key: c, upstream: up, model: n, system: B }
            cases: cases.jsonl
            upstreams: { up: { baseUrl: "http://127.0.0.1:9/v1" } }
            """).Suite!;
        var differences = SuiteDifference.Of(suite);
        Assert.Equal(["prompt"], differences[0].Kinds);
        Assert.False(differences[0].IsConfounded);
        Assert.Equal(["model", "prompt"], differences[1].Kinds);
        Assert.True(differences[1].IsConfounded);
    }
}
