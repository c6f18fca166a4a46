namespace Assay.Evaluation.Tests.Suites;

/// <summary>promptfoo's configurations, run as they are or named as a suite's cases.</summary>
public sealed class PromptfooTests
{
    private const string Configuration = """
        prompts: [ "Translate to {{lang}}: {{text}}" ]
        providers: [ { id: "openai:m1", config: { apiBaseUrl: "http://127.0.0.1:9/v1" } }, "openai:chat:m2" ]
        defaultTest: { options: { provider: "openai:grader" }, assert: [ { type: javascript, value: "1" } ] }
        tests:
          - vars: { lang: [French, German], text: [hello, bye] }
            assert: [ { type: icontains-any, value: "bonjour, hallo" }, { type: llm-rubric, value: "is in {{lang}}" } ]
          - vars: { lang: French, text: x }
        """;

    [Fact]
    public void ReadFile_Promptfoo_VariantsAreProvidersTimesPromptsAndWhatHasNoEqualIsNamed()
    {
        using var folder = new SuiteFolder();
        var result = folder.Read("""
            prompts:
              - "Answer: {{q}}"
              - { label: kind, raw: "Kindly answer: {{q}}" }
            providers:
              - id: openai:chat:gpt-4o-mini
                config: { apiBaseUrl: "http://127.0.0.1:9/v1", temperature: 0.5 }
                delay: 5
              - openai:gpt-4o
            defaultTest: { assert: [ { type: javascript, value: "1" } ], options: { transform: output.trim() } }
            tests:
              - vars: { q: "What is 6 x 7?", a: "42" }
                threshold: 0.5
                assert:
                  - { type: icontains, value: "{{a}}" }
                  - { type: not-contains, value: error, weight: 2 }
                  - { type: contains, value: "42", transform: "output.trim()" }
            commandLineOptions: { verbose: true }
            """, "promptfooconfig.yaml");
        Assert.True(result.Suite is not null, string.Join('\n', result.Problems));
        var suite = result.Suite!;
        Assert.Equal(4, suite.Variants.Length);
        Assert.Equal("gpt-4o-mini", suite.Variants[0].Settings.Model);
        Assert.Equal(0.5, suite.Variants[0].Settings.Parameters["temperature"].GetDouble());
        Assert.Equal("OPENAI_API_KEY", suite.Upstreams[suite.Variants[2].Settings.Upstream!].KeyEnv);
        foreach (var named in (string[])["javascript", "delay", "options.transform", "'threshold'", "has a transform", "commandLineOptions"])
            Assert.Contains(suite.LeftOut, l => l.Contains(named, StringComparison.Ordinal));
        var checks = Assert.Single(suite.Cases).Checks;
        Assert.Equal(["icontains", "not-contains"], checks.Select(c => c.MetricName));
        Assert.Equal("42", checks[0].Arguments.GetProperty("value").GetString());
        Assert.True(checks[1].IsNegated);
        Assert.Equal("Kindly answer: What is 6 x 7?", PromptRenderer.Render(suite.Variants[1], suite.Cases[0]).Turns[0].Content);
    }

    [Fact]
    public void ReadFile_SuiteWhoseCasesAreAPromptfooConfiguration_TakesItsTestsVariantsAndJudges()
    {
        using var folder = new SuiteFolder();
        folder.File("golden/promptfooconfig.yaml", Configuration);
        var suite = Read(folder, "suite: s\ncases: golden/promptfooconfig.yaml\n");
        Assert.Equal(["m1", "m2"], suite.Variants.Select(v => v.Settings.Model));
        Assert.Equal(["1-1", "1-2", "1-3", "1-4", "2"], suite.Cases.Select(c => c.Id));
        Assert.Equal(["Translate to French: hello", "Translate to French: bye", "Translate to German: hello", "Translate to German: bye"],
            suite.Cases.Take(4).Select(c => PromptRenderer.Render(suite.Variants[0], c).Turns[0].Content));
        Assert.Equal(["is in French"], suite.Cases[0].Criteria);
        var judge = Assert.Single(suite.Judges);
        Assert.Equal((JudgeMode.Criteria, "llm-rubric", "grader"), (judge.Mode, judge.Key, judge.Members[0].Model));
        Assert.False(judge.Concerns(suite.Cases[4]));
        Assert.Contains(suite.LeftOut, l => l.Contains("javascript", StringComparison.Ordinal));
        // Two variants, five cases, of which four have a criterion.
        Assert.Equal(8, ArenaPlan.Of(suite).JudgeCalls);
    }

    [Fact]
    public void ReadFile_SuiteWithVariantsOfItsOwn_AsksThePromptOfTheConfiguration()
    {
        using var folder = new SuiteFolder();
        folder.File("p.yaml", Configuration);
        var suite = Read(folder, """
            suite: s
            cases: [ p.yaml, { id: more, input: "And?" } ]
            variants: [ { key: a, upstream: up, model: m }, { key: b, upstream: up, model: m, prompt: "{{input}} {{text}}!" } ]
            judges: [ { key: meets, upstream: up, model: j, mode: criteria } ]
            upstreams: { up: { baseUrl: "http://127.0.0.1:9/v1" } }
            """);
        Assert.Equal("Translate to French: hello", PromptRenderer.Render(suite.Variants[0], suite.Cases[0]).Turns[0].Content);
        Assert.Equal("And?", PromptRenderer.Render(suite.Variants[0], suite.Cases[^1]).Turns[0].Content);
        Assert.Equal("meets", Assert.Single(suite.Judges).Key);
        Assert.DoesNotContain("api.openai.com", suite.Upstreams.Keys);
        Assert.Contains(suite.LeftOut, l => l.Contains("providers are not asked", StringComparison.Ordinal));
    }

    [Fact]
    public void ReadFile_SeveralPromptsAndAVariantWithout_IsAnErrorThatNamesThem()
    {
        using var folder = new SuiteFolder();
        folder.File("p.yaml", Configuration.Replace("prompts: [", "prompts: [ { label: short, raw: \"{{text}}\" },", StringComparison.Ordinal));
        var result = folder.Read("""
            suite: s
            cases: p.yaml
            variants: [ { key: a, upstream: up, model: m } ]
            upstreams: { up: { baseUrl: "http://127.0.0.1:9/v1" } }
            """);
        Assert.Null(result.Suite);
        Assert.Contains(result.Problems, p => p.Code == "prompt" && p.Message.Contains("short, prompt-2", StringComparison.Ordinal));
    }

    [Fact]
    public void ReadFile_NoGraderNamed_SaysThatNobodyJudges()
    {
        using var folder = new SuiteFolder();
        var suite = Read(folder, Configuration.Replace("options: { provider: \"openai:grader\" }, ", "", StringComparison.Ordinal), "p.yaml");
        Assert.Empty(suite.Judges);
        Assert.Contains(suite.LeftOut, l => l.StartsWith("llm-rubric is not judged", StringComparison.Ordinal));
    }

    [Fact]
    public void ReadFile_Assertions_KeepTheirThresholdsAndMeanings()
    {
        using var folder = new SuiteFolder();
        folder.File("schema.json", """{"type":"object","required":["a"]}""");
        var suite = Read(folder, """
            prompts: [ "{{q}}" ]
            providers: [ "openai:m" ]
            tests:
              - vars: { q: x, context: "Fact." }
                options: { provider: { text: "openai:g", embedding: "openai:embedding:e" } }
                assert:
                  - { type: levenshtein, value: x }
                  - { type: not-levenshtein, value: x, threshold: 2 }
                  - { type: bleu, value: x }
                  - { type: rouge-n, value: x, threshold: 0.3 }
                  - { type: similar, value: x }
                  - { type: contains-all, value: 'a, "b, c", 3' }
                  - { type: is-json, value: "file://schema.json" }
                  - { type: word-count, value: { min: 1, max: 9 } }
                  - { type: assert-set, assert: [ { type: contains, value: 7 } ] }
                  - { type: factuality, value: "x is y" }
                  - { type: context-faithfulness, threshold: 0.8 }
                  - { type: select-best, value: the shorter one }
                  - { type: contains, value: "file://value.js" }
            """, "p.yaml");
        var checks = suite.Cases[0].Checks.ToLookup(c => c.MetricName);
        Assert.Equal(5, checks["levenshtein"].Single().Arguments.GetProperty("maxEdits").GetInt32());
        Assert.Equal(2, checks["not-levenshtein"].Single().Arguments.GetProperty("maxEdits").GetInt32());
        Assert.Equal(0.5, checks["bleu"].Single().Arguments.GetProperty("threshold").GetDouble());
        Assert.Equal(0.3, checks["rouge-n"].Single().Arguments.GetProperty("threshold").GetDouble());
        Assert.Equal(0.75, checks["similar"].Single().Arguments.GetProperty("threshold").GetDouble());
        Assert.Equal(["a", "b, c", "3"], checks["contains-all"].Single().Arguments.GetProperty("value").EnumerateArray().Select(v => v.GetString()));
        Assert.Equal("json-schema", checks["is-json"].Single().Type);
        Assert.Equal("length", checks["word-count"].Single().Type);
        Assert.Equal("7", checks["contains"].Single().Arguments.GetProperty("value").GetString());
        Assert.Equal("e", suite.Embeddings!.Model);
        Assert.Equal([("context-faithfulness", JudgeMode.Faithfulness), ("llm-rubric", JudgeMode.Criteria), ("select-best", JudgeMode.Pairwise)], suite.Judges.Select(j => (j.Key, j.Mode)));
        Assert.Equal("the shorter one", suite.Judges[2].Rubric.Task);
        Assert.Equal(["Fact."], suite.Cases[0].Context);
        Assert.Contains("x is y", Assert.Single(suite.Cases[0].Criteria), StringComparison.Ordinal);
        Assert.Contains(suite.LeftOut, l => l.Contains("value.js", StringComparison.Ordinal));
        Assert.Contains(suite.LeftOut, l => l.Contains("context-faithfulness", StringComparison.Ordinal) && l.Contains("threshold", StringComparison.Ordinal));
    }

    [Fact]
    public void ReadFile_TestsInATable_ReadTheirShorthands()
    {
        using var folder = new SuiteFolder();
        folder.File("tests.csv", "q,empty,__expected1,__expected2,__description,__metadata:area\nhi,,\"contains-any: a,b\",is-json,greeting,words\nbye,,see: you,bleu(0.2): x,,\n");
        var suite = Read(folder, "prompts: [ \"{{q}}{{empty}}\" ]\nproviders: [ \"openai:m\" ]\ntests: file://tests.csv\n", "p.yaml");
        Assert.Equal("hi", PromptRenderer.Render(suite.Variants[0], suite.Cases[0]).Turns[0].Content);
        Assert.Equal(["contains-any", "is-json"], suite.Cases[0].Checks.Select(c => c.MetricName));
        Assert.Equal(["greeting", "area: words"], suite.Cases[0].Tags);
        Assert.Equal(("equals", "see: you"), (suite.Cases[1].Checks[0].Type, suite.Cases[1].Checks[0].Arguments.GetProperty("value").GetString()));
        Assert.Equal(0.2, suite.Cases[1].Checks[1].Arguments.GetProperty("threshold").GetDouble());
    }

    [Fact]
    public void ReadFile_ScenariosFilesAndUnexpandedLists_AreReadAsPromptfooDoes()
    {
        using var folder = new SuiteFolder();
        folder.File("docs/1.txt", "one");
        folder.File("docs/2.txt", "two");
        folder.File("prompts.txt", "A {{d}} {{l}}\n---\nB {{d}} {{l}}\n");
        var suite = Read(folder, """
            prompts: file://prompts.txt
            providers: [ "openai:m" ]
            defaultTest: { vars: { l: "{{d}}-{{k}}" } }
            scenarios:
              - config: [ { vars: { k: 1 } }, { vars: { k: 2 } } ]
                tests: [ { vars: { d: "file://docs/*.txt" } } ]
            tests: [ { vars: { d: [a, b], k: 3 }, options: { disableVarExpansion: true } } ]
            """, "p.yaml");
        Assert.Equal(2, suite.Variants.Length);
        Assert.Equal(["A [\"a\",\"b\"] [\"a\",\"b\"]-3", "A one one-1", "A two two-1", "A one one-2", "A two two-2"], suite.Cases.Select(c => PromptRenderer.Render(suite.Variants[0], c).Turns[0].Content));
    }

    [Theory]
    [InlineData("prompts: [ \"{% if x %}a{% endif %}\" ]\nproviders: [ \"openai:m\" ]\ntests: [ { vars: { x: 1 } } ]", "{% if x %}")]
    [InlineData("prompts: [ \"{{ x | upper }}\" ]\nproviders: [ \"openai:m\" ]\ntests: [ { vars: { x: 1 } } ]", "{{ x | upper }}")]
    [InlineData("prompts: [ \"file://p.py\" ]\nproviders: [ \"openai:m\" ]\ntests: [ { vars: { x: 1 } } ]", "is a program")]
    [InlineData("prompts: [ \"{{x}}\" ]\nproviders: [ \"openai:m\" ]\ntests: [ { vars: { x: \"file://make.js\" } } ]", "is a program")]
    [InlineData("prompts: [ \"{{x}}\" ]\nproviders: [ \"openai:m\" ]\ntests: file://make.py:tests", "have no equal here")]
    [InlineData("prompts: [ \"{{x}}\" ]\nproviders: [ { id: \"openai:m\", prompts: [ other ] } ]\ntests: [ { vars: { x: 1 } } ]", "prompts that are not there: other")]
    [InlineData("prompts: [ \"{{x}}\" ]\nproviders: [ \"acme:m\" ]\ntests: [ { vars: { x: 1 } } ]", "'acme:m' has no equal here")]
    public void ReadFile_WhatWouldChangeWhatIsAsked_IsAnError(string yaml, string said)
    {
        using var folder = new SuiteFolder();
        var result = folder.Read(yaml + "\n", "p.yaml");
        Assert.Null(result.Suite);
        Assert.Contains(result.Problems, p => p.Message.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public void ReadFile_ApplicationsAsProviders_AreGivenThePrompt()
    {
        using var folder = new SuiteFolder();
        var suite = Read(folder, """
            prompts: [ "Say {{x}}" ]
            providers:
              - { id: "http://127.0.0.1:9/app", config: { body: { q: "{{prompt}}" }, transformResponse: "json.a.b[0]" } }
              - exec:cat
            tests: [ { vars: { x: hi } } ]
            """, "p.yaml");
        var plan = ArenaPlan.Of(suite);
        Assert.Empty(plan.Problems);
        Assert.Equal("Say hi", ApplicationBody.Whole(suite.Variants[0], suite.Cases[0])["prompt"]!.GetValue<string>());
        Assert.Equal(".a.b[0]", suite.Variants[0].Http!.AnswerPath);
        Assert.True(suite.Variants[1].Command!.TakesPrompt);
    }

    private static Suite Read(SuiteFolder folder, string yaml, string name = "suite.yaml")
    {
        var result = folder.Read(yaml, name);
        Assert.True(result.Suite is not null, string.Join('\n', result.Problems));
        return result.Suite!;
    }
}
