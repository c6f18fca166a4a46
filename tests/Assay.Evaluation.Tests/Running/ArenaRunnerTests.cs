namespace Assay.Evaluation.Tests;

/// <summary>A suite through a real endpoint on loopback: what is wrong with answers and judges never makes a gate green.</summary>
public sealed class ArenaRunnerTests
{
    private const string Gate = """
        checks: [ { type: contains, value: good } ]
        run: { retries: 0, concurrency: 4 }
        gate: { primary: accuracy, margin: 0.05 }
        """;

    [Fact]
    public async Task RunAsync_BothAlwaysRight_Passes()
    {
        using var endpoint = FakeEndpoint.Saying(_ => "good");
        var (run, report) = await RunAsync(endpoint, Gate, 100);
        Assert.True(report.Outcome == GateOutcome.Pass, ArenaText.Write(report));
        Assert.Equal(200, run.Answers.Length);
        Assert.Equal(200 * 20e-6, report.CostUsd!.Value, 9);
        Assert.Equal(report.CostUsd.Value, report.SpentUsd, 12);
    }

    [Fact]
    public async Task RunAsync_TreatmentAlwaysWrong_Fails()
    {
        using var endpoint = new FakeEndpoint((body, _) => new FakeEndpoint.Reply(body.GetProperty("messages")[0].GetProperty("content").GetString() == "Be kind." ? "bad" : "good"));
        var (_, report) = await RunAsync(endpoint, Gate, 20);
        Assert.Equal(GateOutcome.Fail, report.Outcome);
    }

    [Fact]
    public async Task RunAsync_TooFewCases_IsInconclusive()
    {
        using var endpoint = FakeEndpoint.Saying(q => q.EndsWith('1') ? "bad" : "good");
        var (_, report) = await RunAsync(endpoint, Gate, 3);
        Assert.Equal(GateOutcome.Inconclusive, report.Outcome);
    }

    [Fact]
    public async Task RunAsync_OneAnswerMissing_IsInvalidAndNamesIt()
    {
        using var endpoint = new FakeEndpoint((body, _) => body.ToString().Contains("question 7", StringComparison.Ordinal) ? new FakeEndpoint.Reply(Status: 400) : new FakeEndpoint.Reply("good"));
        var (_, report) = await RunAsync(endpoint, Gate, 60);
        Assert.Equal(GateOutcome.Invalid, report.Outcome);
        Assert.True(report.Missing >= 2);
        Assert.Contains(report.Reasons, r => r.Code == "missing" && r.Text.Contains("HTTP 400", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_429Forever_IsInvalidNotGreen()
    {
        using var endpoint = new FakeEndpoint((_, _) => new FakeEndpoint.Reply(Status: 429));
        var (_, report) = await RunAsync(endpoint, Gate, 30);
        Assert.Equal(GateOutcome.Invalid, report.Outcome);
        Assert.True(endpoint.Count < 10, $"{endpoint.Count} calls");
    }

    [Fact]
    public async Task RunAsync_JudgeAnswersNonsense_IsInvalid()
    {
        using var endpoint = new FakeEndpoint((body, _) => new FakeEndpoint.Reply(body.GetProperty("model").GetString() == "judge" ? "I would rather not say, perhaps 4 or 5?" : "good"));
        var (run, report) = await RunAsync(endpoint, Gate + "\njudges: [ { key: help, upstream: up, model: judge, preset: helpfulness } ]", 40);
        Assert.Equal(GateOutcome.Invalid, report.Outcome);
        Assert.Equal(80, run.JudgeUsage.Unreadable);
        Assert.Contains(report.Reasons, r => r.Code == "errors" && r.Metric == "help");
    }

    [Fact]
    public async Task RunAsync_CalibrationAskedForAndNotThere_IsInvalid()
    {
        using var endpoint = new FakeEndpoint((body, _) => new FakeEndpoint.Reply(body.GetProperty("model").GetString() == "judge" ? """{"reason":"r","scores":{"helpfulness":4}}""" : "good"));
        var (_, report) = await RunAsync(endpoint, Gate.Replace("margin: 0.05", "margin: 0.05, requireCalibratedJudge: true", StringComparison.Ordinal) + "\njudges: [ { key: help, upstream: up, model: judge, preset: helpfulness } ]", 40);
        Assert.Equal(GateOutcome.Invalid, report.Outcome);
        Assert.Contains(report.Reasons, r => r.Code == "judge");
    }

    [Fact]
    public async Task RunAsync_BudgetUsedUp_IsInvalidAndKeepsWithinIt()
    {
        using var endpoint = FakeEndpoint.Saying(_ => "good");
        var (_, report) = await RunAsync(endpoint, Gate, 60, new Budget(0.02));
        Assert.Equal(GateOutcome.Invalid, report.Outcome);
        Assert.InRange(report.SpentUsd, 1e-9, 0.02);
    }

    [Fact]
    public async Task RunAsync_MustPassCaseFails_FailsWhateverTheMean()
    {
        using var endpoint = FakeEndpoint.Saying(q => q.EndsWith(" 5", StringComparison.Ordinal) ? "bad" : "good");
        var (_, report) = await RunAsync(endpoint, Gate.Replace("margin: 0.05", "margin: 0.05, mustPass: ['5']", StringComparison.Ordinal), 60);
        Assert.Equal(GateOutcome.Fail, report.Outcome);
        Assert.Contains(report.Reasons, r => r is { Code: "must-pass", Outcome: GateOutcome.Fail });
    }

    [Fact]
    public async Task RunAsync_StoppedInTheMiddle_GoesOnWithoutAskingTwice()
    {
        using var folder = new SuiteFolder();
        using var stop = new CancellationTokenSource();
        var never = new TaskCompletionSource();
        var isStopped = false;
        using var endpoint = new FakeEndpoint((_, n) =>
        {
            if (n <= 20 || isStopped) return new FakeEndpoint.Reply("good");
            stop.Cancel();
            return n <= 24 ? new FakeEndpoint.Reply("good, and late", Gate: Task.Delay(300)) : new FakeEndpoint.Reply("lost", Gate: never.Task);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(endpoint, Gate, 30, null, folder, stop.Token));
        isStopped = true;
        never.SetResult();
        var (run, report) = await RunAsync(endpoint, Gate, 30, null, folder);
        Assert.True(run.Progress.Remembered >= 21, $"{run.Progress.Remembered} remembered");
        Assert.Equal(60, run.Progress.Remembered + run.Progress.Asked);
        Assert.Equal(0, report.Errors);
    }

    [Fact]
    public async Task RunAsync_RecordedAnswersAndACommand_NeedNoModel()
    {
        using var folder = new SuiteFolder();
        folder.File("cases.jsonl", "{\"id\":\"1\",\"input\":\"q\",\"expected\":\"q\"}\n");
        folder.File("base.jsonl", "{\"id\":\"1\",\"output\":\"recorded\"}\n");
        var suite = folder.Read("""
            suite: t
            variants:
              - { key: old, outputs: base.jsonl }
              - { key: new, command: [cat] }
            cases: cases.jsonl
            checks: [ { type: contains } ]
            """).Suite!;
        var (run, _) = await RunAsync(suite, null, null, default);
        Assert.Equal("recorded", run.Answers.Single(a => a.Variant == "old").Answer!.Text);
        Assert.Contains("\"input\":\"q\"", run.Answers.Single(a => a.Variant == "new").Answer!.Text, StringComparison.Ordinal);
        Assert.Equal([0, 1], run.Scores.Where(s => s.Metric == "accuracy").Select(s => s.Value!.Value));
    }

    [Fact]
    public async Task RunAsync_CommandThatHangsFloodsOrFails_IsAFailureAndLeavesNothingRunning()
    {
        using var folder = new SuiteFolder();
        var suite = folder.Read("""
            suite: t
            variants:
              - { key: hangs, command: [sh, -c, "sleep 60 & echo $! > child.pid; sleep 60"] }
              - { key: floods, command: ["yes"] }
              - { key: fails, command: [sh, -c, "echo no such luck >&2; exit 3"] }
              - { key: keyed, command: [sh, -c, "echo $PATH"] }
            cases: [ { id: q, input: hi } ]
            checks: [ { type: contains, value: / } ]
            run: { timeout: 2s, retries: 0 }
            """).Suite!;
        var (run, report) = await RunAsync(suite, null, null, default);
        var answers = run.Answers.ToDictionary(a => a.Variant);
        Assert.Equal(CallFailure.TimedOut, answers["hangs"].Failure);
        Assert.Contains("longer than 2 s", answers["hangs"].Detail, StringComparison.Ordinal);
        Assert.Contains("wrote more than", answers["floods"].Detail, StringComparison.Ordinal);
        Assert.Contains("exit code 3: no such luck", answers["fails"].Detail, StringComparison.Ordinal);
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), answers["keyed"].Answer!.Text);
        Assert.Equal(GateOutcome.Invalid, report.Outcome);
        var child = File.ReadAllText(Path.Combine(folder.Path, "child.pid")).Trim();
        Assert.False(File.Exists($"/proc/{child}/stat") && !File.ReadAllText($"/proc/{child}/stat").Contains(") Z ", StringComparison.Ordinal), $"process {child} is still there");
    }

    [Fact]
    public void Plan_BodyOfAnApplicationWithAnUnknownVariable_IsAProblemBeforeTheFirstCall()
    {
        using var folder = new SuiteFolder();
        var suite = folder.Read("""
            suite: t
            variants: [ { key: app, http: { url: "http://127.0.0.1:9/ask", body: { a: ["{{input}}", { b: "for {{customer}}" }] } } } ]
            cases: [ { id: "1", input: hi, vars: { customer: Li } }, { id: "2", input: hi } ]
            checks: [ { type: equals, value: "hi!" } ]
            """).Suite!;
        var problem = Assert.Single(ArenaPlan.Of(suite).Problems);
        Assert.Contains("the case '2' has no value for {{customer}}, which the body of 'app' needs", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ContextByVariant_IsAskedFromAndJudgedBy()
    {
        using var endpoint = new FakeEndpoint((body, _) => new FakeEndpoint.Reply(
            body.GetProperty("model").GetString() == "judge" ? """{"items":[{"text":"1","holds":true}]}""" : body.GetProperty("messages")[0].GetProperty("content").GetString()!));
        using var folder = new SuiteFolder();
        folder.File("retrieved.jsonl", "{\"id\":\"1\",\"context\":[\"new document\"]}\n");
        var suite = folder.Read($$"""
            suite: t
            variants:
              - { key: old, upstream: up, model: m, prompt: "From {{"{{context}}"}}: {{"{{input}}"}}" }
              - { key: new, upstream: up, model: m, prompt: "From {{"{{context}}"}}: {{"{{input}}"}}", context: retrieved.jsonl }
            cases: [ { id: "1", input: q, context: [case document] } ]
            judges: [ { key: grounded, upstream: up, model: judge, mode: faithfulness } ]
            upstreams: { up: { baseUrl: "{{endpoint.Address}}" } }
            """).Suite!;
        var (run, report) = await RunAsync(suite, null, null, default);
        Assert.Equal(["From case document: q", "From new document: q"], run.Answers.Select(a => a.Answer!.Text));
        var judged = endpoint.Asked.Where(b => b.GetProperty("model").GetString() == "judge").Select(b => Block(b.GetProperty("messages")[1].GetProperty("content").GetString()!, "DOCUMENT 1"));
        Assert.Equal(["case document", "new document"], judged.Order(StringComparer.Ordinal));
        Assert.Equal(["retrieval"], report.Differences.Single().Kinds);
        Assert.Equal("new document", report.Variants[1].ContextByCase!["1"].Single());
        Assert.Equal("From {{context}}: {{input}}", report.Variants[1].Prompt.Single().Content);
        Assert.Equal(report.Variants[1].Hash, ArenaJson.Read(ArenaJson.Write(report)).Variants[1].Hash);
    }

    [Fact]
    public void DryRun_JudgeAskedInBothOrders_CountsItsPromptsTokensAndCost()
    {
        using var folder = new SuiteFolder();
        folder.File("cases.jsonl", "{\"id\":\"1\",\"input\":\"q\"}\n{\"id\":\"2\",\"input\":\"q2\"}\n");
        var one = Dry("");
        var both = Dry(", orders: both, repeats: 2");
        Assert.Equal((2, 8), (one.JudgeCalls, both.JudgeCalls));
        // Two answers of 300 tokens and the instructions, at 1 and 2 dollars per million; replies are taken to have 300 tokens.
        Assert.InRange(one.JudgeInputTokens, 2 * 600, 2 * 1200);
        Assert.Equal(2 * 300, one.JudgeOutputTokens);
        Assert.Equal((one.JudgeInputTokens + 2.0 * one.JudgeOutputTokens) / 1e6, one.JudgeCostUsd!.Value, 1e-12);
        Assert.Equal(4 * one.JudgeOutputTokens, both.JudgeOutputTokens);

        DryRun Dry(string more) => DryRun.Of(ArenaPlan.Of(folder.Read(SuiteFolder.Yaml("http://127.0.0.1:9/v1", $"judges: [ {{ key: better, upstream: up, model: judge, preset: helpfulness, mode: pairwise{more} }} ]")).Suite!), null, new DateOnly(2026, 1, 1));
    }

    [Fact]
    public async Task RunAsync_CriteriaOfSomeCases_AreJudgedThereAndMissedNowhere()
    {
        using var endpoint = new FakeEndpoint((body, _) => new FakeEndpoint.Reply(
            body.GetProperty("messages")[0].GetProperty("content").GetString()!.StartsWith("You are an impartial judge", StringComparison.Ordinal)
                ? """{"items":[{"text":"1","holds":true},{"text":"2","holds":false}]}""" : "an answer"));
        using var folder = new SuiteFolder();
        folder.File("cases.jsonl", """
            {"id":"1","input":"q","vars":{"who":"Li"},"criteria":["greets {{who}}","is short"]}
            {"id":"2","input":"q2"}
            """);
        var suite = folder.Read(SuiteFolder.Yaml(endpoint.Address.ToString(), """
            judges: [ { key: meets, upstream: up, model: judge, mode: criteria } ]
            gate: { mustPass: [meets] }
            """)).Suite!;
        var (run, report) = await RunAsync(suite, null, null, default);
        Assert.Equal((4, 2, 0), (endpoint.Count - run.JudgeUsage.Calls, run.JudgeUsage.Calls, run.Missing));
        var rows = run.Scores.Where(s => s.Variant == "b" && s.Metric.StartsWith("meets", StringComparison.Ordinal)).ToList();
        Assert.Equal([("meets", 0.5), ("meets.pass", 0.0)], rows.Select(r => (r.Metric, r.Value!.Value)));
        Assert.Equal("1 of 2 met; not: is short", rows[0].Reason);
        Assert.Equal(GateOutcome.Fail, report.Outcome);
        Assert.Contains("is short", report.Reasons.Single().Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("round", 3)]
    [InlineData("control", 2)]
    public async Task RunAsync_PairwiseJudgeOfThreeVariants_ComparesThePairsThatWereAskedFor(string pairs, int perCase)
    {
        // Longer wins, except on every fourth case; which is shown first does not matter to it.
        using var endpoint = new FakeEndpoint((body, _) =>
        {
            var last = body.GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString()!;
            if (!last.Contains("[BEGIN ANSWER A", StringComparison.Ordinal)) return new FakeEndpoint.Reply("unused");
            var (a, b) = (Block(last, "ANSWER A").Length, Block(last, "ANSWER B").Length);
            return new FakeEndpoint.Reply($$"""{"winner": "{{(a > b != last.Contains("odd one", StringComparison.Ordinal) ? "A" : "B")}}"}""");
        });
        using var folder = new SuiteFolder();
        folder.File("cases.jsonl", string.Concat(Enumerable.Range(0, 40).Select(i => $$"""{"id":"{{i}}","input":"{{(i % 4 == 0 ? "odd one" : "question")}} {{i}}"}""" + "\n")));
        foreach (var (name, text) in ((string, string)[])[("a", "x"), ("b", "xx"), ("c", "xxx")])
            folder.File(name + ".jsonl", string.Concat(Enumerable.Range(0, 40).Select(i => $$"""{"id":"{{i}}","output":"{{text}}"}""" + "\n")));
        var suite = folder.Read($$"""
            suite: t
            variants: [ { key: a, outputs: a.jsonl }, { key: b, outputs: b.jsonl }, { key: c, outputs: c.jsonl } ]
            cases: cases.jsonl
            judges: [ { key: better, upstream: up, model: judge, preset: helpfulness, mode: pairwise, pairs: {{pairs}} } ]
            upstreams: { up: { baseUrl: "{{endpoint.Address}}" } }
            """).Suite!;
        Assert.Equal(40 * perCase, ArenaPlan.Of(suite).JudgeCalls);
        var (run, report) = await RunAsync(suite, null, null, default);
        Assert.Equal((40 * perCase, 40 * perCase, 0), (run.Verdicts.Length, run.JudgeUsage.Calls, report.Errors));
        Assert.Equal([30, 30], report.Comparisons.Where(c => c.Metric == "better").Select(c => c.Wins));
        if (perCase == 2)
        {
            Assert.Empty(report.Ratings);
            return;
        }
        // Every pair is won 30 to 10 by the longer one.
        Assert.Equal(["a", "b", "c"], report.Ratings.Select(r => r.Variant));
        Assert.Equal([(20, 60), (40, 40), (60, 20)], report.Ratings.Select(r => (r.Wins, r.Losses)));
        Assert.Equal(1000, report.Ratings.Average(r => r.Rating!.Value), 1e-6);
        Assert.True(report.Ratings[1].AboveControl > 60 && report.Ratings[2].AboveControl > report.Ratings[1].AboveControl);
        Assert.All(report.Ratings.Skip(1), r => Assert.True(r.Interval!.Value.Low > 0 && r.Interval.Value.Contains(r.AboveControl!.Value)));
        Assert.Contains("Ratings from a round of pairs", ArenaText.Write(report), StringComparison.Ordinal);
    }

    private static string Block(string text, string name)
    {
        var body = text.IndexOf('\n', text.IndexOf($"[BEGIN {name}", StringComparison.Ordinal)) + 1;
        return text[body..text.IndexOf($"\n[END {name}", body, StringComparison.Ordinal)];
    }

    [Fact]
    public async Task RunAsync_HttpApplication_BodyIsFilledAndContextComesBack()
    {
        using var endpoint = new FakeEndpoint((body, _) => new FakeEndpoint.Reply(Raw: $$"""{"out":[{"text":"{{body.GetProperty("question").GetString()}}!"}],"docs":["d1","d2"],"turns":{{body.GetProperty("all").GetArrayLength()}}}"""));
        using var folder = new SuiteFolder();
        folder.File("cases.jsonl", "{\"id\":\"1\",\"input\":\"hi\"}\n");
        var suite = folder.Read($$$"""
            suite: t
            variants:
              - { key: app, http: { url: "{{{endpoint.Address}}}/ask", body: { question: "{{input}}", all: "{{messages}}" }, answerPath: "out[0].text", contextPath: docs } }
            cases: cases.jsonl
            checks: [ { type: equals, value: "hi!" } ]
            """).Suite!;
        var (run, _) = await RunAsync(suite, null, null, default);
        Assert.Equal(["d1", "d2"], run.Answers.Single().Answer!.Context);
        Assert.Equal(1, run.Scores.Single(s => s.Metric == "accuracy").Value);
    }

    private static async Task<(ArenaRun Run, ArenaReport Report)> RunAsync(FakeEndpoint endpoint, string more, int cases, Budget? budget = null, SuiteFolder? kept = null, CancellationToken cancellationToken = default)
    {
        using var own = kept is null ? new SuiteFolder() : null;
        var folder = kept ?? own!;
        folder.File("cases.jsonl", string.Concat(Enumerable.Range(1, cases).Select(i => $$"""{"id":"{{i}}","input":"question {{i}}"}""" + "\n")));
        var result = folder.Read(SuiteFolder.Yaml(endpoint.Address.ToString(), more));
        Assert.True(result.Suite is not null, string.Join('\n', result.Problems));
        await using var log = AnswerLog.Open(Path.Combine(folder.Path, "answers.jsonl"));
        return await RunAsync(result.Suite!, log, budget, cancellationToken);
    }

    private static async Task<(ArenaRun, ArenaReport)> RunAsync(Suite suite, AnswerLog? log, Budget? budget, CancellationToken cancellationToken)
    {
        using var processes = new BoundedProcessRunner(TimeProvider.System, 4);
        var options = new CallerOptions { Upstreams = suite.Upstreams, Prices = suite.Prices, Run = suite.Run, Log = log, Processes = processes, Budget = budget ?? new Budget(null) };
        using var caller = new ModelCaller(options);
        var run = await new ArenaRunner(ArenaPlan.Of(suite), caller, options, new CheckServices()).RunAsync(cancellationToken);
        return (run, ArenaReporter.Report(run, "run", DateTimeOffset.UnixEpoch, 1, []));
    }
}
