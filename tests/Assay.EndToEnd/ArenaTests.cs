using System.Text.Json;
using System.Xml.Linq;
using Assay.DuckDb;
using Assay.Testing;

namespace Assay.EndToEnd;

/// <summary>The arena as a user runs it: from what init writes, and on the recorded answers of four models.</summary>
[Trait("Kind", "end to end")]
public sealed class ArenaTests
{
    [Fact]
    public async Task ArenaRun_WhatInitWrites_RunsAsItIsAndSaysThatFiveCasesAreWeak()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, (await AssayProcess.RunAsync(["init", folder.Combine("x")])).Code);
        var suite = folder.Combine("x/arena/suite.yaml");
        var (validated, shown, _) = await AssayProcess.RunAsync(["validate", suite]);
        Assert.True(validated == 0, shown);
        var (code, output, error) = await AssayProcess.RunAsync(["arena", "run", suite, "--out", folder.Combine("out"), "--format", "json", "--html", folder.Combine("r.html"), "--junit", folder.Combine("j.xml"), "--markdown", folder.Combine("m.md")]);
        Assert.True(code == 3, error);
        Assert.Contains("SIMULATED", error, StringComparison.Ordinal);
        var report = JsonDocument.Parse(output).RootElement;
        Assert.Equal("inconclusive", report.GetProperty("outcome").GetString());
        Assert.Equal(5, report.GetProperty("cases").GetInt32());
        Assert.Equal(0, report.GetProperty("errors").GetInt32());
        var rows = report.GetProperty("comparisons").EnumerateArray().ToDictionary(c => c.GetProperty("metric").GetString()!);
        // The averages that the scores have; an article prints 4.8 for the last.
        (string Axis, double A, double B)[] averages = [("clarity", 3.4, 4.2), ("accuracy", 3.2, 4.2), ("policy-citation", 1.0, 4.6)];
        foreach (var (axis, a, b) in averages)
        {
            Assert.Equal(a, rows["quality." + axis].GetProperty("controlValue").GetDouble(), 12);
            Assert.Equal(b, rows["quality." + axis].GetProperty("treatmentValue").GetDouble(), 12);
        }
        var accuracy = rows["quality.accuracy"];
        Assert.Equal(0.9, accuracy.GetProperty("winRate").GetDouble(), 12);
        Assert.Equal((4, 0, 1), (accuracy.GetProperty("wins").GetInt32(), accuracy.GetProperty("losses").GetInt32(), accuracy.GetProperty("ties").GetInt32()));
        Assert.Contains("Weak evidence", accuracy.GetProperty("text").GetString(), StringComparison.Ordinal);
        foreach (var key in (string[])["metric", "control", "treatment", "difference", "interval", "pValue", "winRate", "wins", "losses", "ties", "method", "status"])
            Assert.True(accuracy.TryGetProperty(key, out _), key);
        Assert.Contains("SIMULATED", await File.ReadAllTextAsync(folder.Combine("m.md")), StringComparison.Ordinal);
        Assert.Contains("SIMULATED", await File.ReadAllTextAsync(folder.Combine("r.html")), StringComparison.Ordinal);
        var gate = XDocument.Load(folder.Combine("j.xml")).Root!.Elements("testsuite").Single(s => s.Attribute("name")!.Value == "gate");
        Assert.Equal("1", gate.Attribute("failures")!.Value);

        // Again: everything from the log, nothing asked twice, and the report counts.
        var again = JsonDocument.Parse((await AssayProcess.RunAsync(["arena", "run", suite, "--out", folder.Combine("out"), "--format", "json"])).Output).RootElement;
        Assert.Equal(0, again.GetProperty("callsMade").GetInt32());
        Assert.Equal(20, again.GetProperty("answersFromLog").GetInt32());
        Assert.Equal(2, again.GetProperty("runNumber").GetInt32());
        Assert.Contains(again.GetProperty("warnings").EnumerateArray(), w => w.GetString()!.Contains("run 2 of the same", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ArenaRun_VariantsOfAnExperimentOnParquetCases_RunAsTheyWouldLive()
    {
        using var folder = new TemporaryFolder();
        using (var database = DuckDbDatabase.Open(DuckDbDatabase.InMemory))
        using (var connection = database.Connect())
            connection.Execute($"COPY (SELECT * FROM (VALUES ('a', 'Was I charged twice?', ['billing']), ('b', 'The item I received is damaged.', ['returns'])) t(nr, question, tags)) TO '{folder.Combine("cases.parquet")}' (FORMAT parquet)");
        folder.File("live.yaml", """
            key: live
            unit: conversation
            route: bot
            variants: [ { key: plain, weight: 1, system: "Be helpful." }, { key: citing, weight: 1, system: "Be helpful, cite the policy." } ]
            metrics: { primary: resolution_rate }
            ---
            routes: { bot: { upstream: sim, model: support } }
            upstreams: { sim: { baseUrl: "http://simulated.invalid/v1" } }
            """);
        folder.File("suite.yaml", """
            suite: offline
            experiment: live.yaml
            cases: { file: cases.parquet, columns: { id: nr, input: question } }
            checks: [ { type: contains, value: Policy } ]
            gate: { mustPass: [contains] }
            """);
        var (code, output, error) = await AssayProcess.RunAsync(["arena", "run", folder.Combine("suite.yaml"), "--out", folder.Combine("out"), "--format", "json"]);
        Assert.True(code == 0, error);
        var report = JsonDocument.Parse(output).RootElement;
        var variants = report.GetProperty("variants").EnumerateArray().ToDictionary(v => v.GetProperty("key").GetString()!);
        Assert.Equal((0.0, 1.0), (variants["plain"].GetProperty("means").GetProperty("contains").GetDouble(), variants["citing"].GetProperty("means").GetProperty("contains").GetDouble()));
        Assert.Equal("support", variants["citing"].GetProperty("model").GetString());
        Assert.Equal(["billing", "returns"], report.GetProperty("segments").EnumerateArray().Select(s => s.GetProperty("tag").GetString()!));
    }

    [Fact]
    public async Task ArenaRun_EveryKindOfJudgeOnTheSimulatedUpstream_IsUnderstood()
    {
        using var folder = new TemporaryFolder();
        folder.File("rubric.yaml", "rubric: tone\ntask: Judge.\naxes: [ { key: warmth, question: Is it warm?, anchors: { 1: cold, 5: warm } } ]\nperTurn: true\n");
        folder.File("suite.yaml", """
            suite: all-judges
            variants:
              - { key: plain, upstream: sim, model: m, system: "Be helpful." }
              - { key: citing, upstream: sim, model: m, system: "Be helpful, cite the policy." }
            cases:
              - { id: late, input: "My package hasn't arrived. It's been 8 days.", context: ["Policy S-4: a parcel counts as delayed after five working days."], expected: "It counts as delayed under policy S-4.", criteria: ["names the shipping policy"] }
              - { id: shoe, messages: [ { role: user, content: Hi }, { role: assistant, content: Hello }, { role: user, content: "I want to return a shoe I bought last month." } ], context: ["Policy R-2: 30 days."], expected: "Within 30 days." }
            checks: [ { type: contains, value: Policy } ]
            run: { repeats: 2 }
            judges:
              - { key: better, upstream: sim, model: j, preset: helpfulness, mode: pairwise, orders: both }
              - { key: better-line, upstream: sim, model: j, preset: helpfulness, mode: pairwise, form: final-line }
              - { key: help, upstream: sim, model: j, preset: helpfulness }
              - { key: help-line, upstream: sim, model: j, preset: helpfulness, form: final-line }
              - { key: tone, upstream: sim, model: j, rubric: rubric.yaml }
              - { key: grounded, upstream: sim, model: j, mode: faithfulness }
              - { key: relevant, upstream: sim, model: j, mode: answer-relevance }
              - { key: precise, upstream: sim, model: j, mode: context-precision }
              - { key: recalled, upstream: sim, model: j, mode: context-recall }
              - { key: meets, upstream: sim, model: j, mode: criteria }
            upstreams: { sim: { baseUrl: "http://simulated.invalid/v1" } }
            """);
        var (code, output, error) = await AssayProcess.RunAsync(["arena", "run", folder.Combine("suite.yaml"), "--out", folder.Combine("out"), "--html", folder.Combine("r.html")]);
        Assert.True(code == 0, error + output);
        foreach (var said in (string[])["better: citing is better on 2 of 2 cases", "pass^k", "What judges follow besides quality", "shown first", "latencyMs: citing"]) Assert.Contains(said, output, StringComparison.Ordinal);
        var run = Directory.GetDirectories(folder.Combine("out", "runs")).Single();
        var report = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(run, "report.json"))).RootElement;
        Assert.Equal((0, 0), (report.GetProperty("errors").GetInt32(), report.GetProperty("missing").GetInt32()));
        var rows = report.GetProperty("comparisons").EnumerateArray().ToDictionary(c => c.GetProperty("metric").GetString()!);
        foreach (var metric in (string[])["better", "better-line", "help", "help-line", "tone", "grounded", "relevant", "precise", "recalled", "meets"]) Assert.True(rows.ContainsKey(metric), metric);
        Assert.Equal(1, rows["meets"].GetProperty("cases").GetInt32());
        var reliability = report.GetProperty("reliabilityDifferences").EnumerateArray().First(d => d.GetProperty("metric").GetString() == "contains");
        Assert.Equal((2, 1.0), (reliability.GetProperty("k").GetInt32(), reliability.GetProperty("difference").GetDouble()));

        await using var browser = await Browser.OpenAsync(new Uri(folder.Combine("r.html")));
        async Task<string> TextAsync(string id) => (await browser.EvaluateAsync($"document.getElementById('{id}').textContent")).GetString()!;
        Assert.Contains("+100 points", await TextAsync("reliability"), StringComparison.Ordinal);
        Assert.Contains("shown first", await TextAsync("effects"), StringComparison.Ordinal);
        Assert.DoesNotContain("shown first", await TextAsync("warnings"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ArenaRun_FourRecordedModelsOnGsm8k_FindsThePublishedShares()
    {
        var solutions = SharedData.Require("data/gsm8k/example_model_solutions.jsonl");
        using var folder = new TemporaryFolder();
        (string Model, int Port, int Solved)[] models = [("6b_verification", 7081, 515), ("6b_finetuning", 7082, 286), ("175b_finetuning", 7083, 458), ("175b_verification", 7084, 742)];
        var suite = File.ReadAllText(Gsm8kTests.ExampleFile("gsm8k/arena.yaml")).Replace("GSM8K_SOLUTIONS.jsonl", solutions, StringComparison.Ordinal);
        var replays = new List<AssayProcess>();
        try
        {
            foreach (var (model, declared, _) in models)
            {
                var port = AssayProcess.FreePort();
                suite = suite.Replace($"{declared}", $"{port}", StringComparison.Ordinal);
                replays.Add(Gsm8kTests.Replay(solutions, model, port));
                await replays[^1].WaitUntilServingAsync(new Uri($"http://127.0.0.1:{port}/"));
            }
            folder.File("arena.yaml", suite);
            var (code, output, error) = await AssayProcess.RunAsync(["arena", "run", folder.Combine("arena.yaml"), "--out", folder.Combine("out"), "--format", "json"], seconds: 180);
            Assert.True(code == 0, error);
            var report = JsonDocument.Parse(output).RootElement;
            Assert.Equal(1319, report.GetProperty("cases").GetInt32());
            Assert.Equal(0, report.GetProperty("errors").GetInt32());
            var variants = report.GetProperty("variants").EnumerateArray().ToDictionary(v => v.GetProperty("key").GetString()!);
            foreach (var (model, _, solved) in models)
                Assert.Equal(solved / 1319.0, variants[model].GetProperty("means").GetProperty("solved").GetDouble(), 12);
            var row = report.GetProperty("comparisons").EnumerateArray().Single(c => c.GetProperty("metric").GetString() == "solved" && c.GetProperty("treatment").GetString() == "175b_finetuning");
            Assert.Equal((152, 209), (row.GetProperty("wins").GetInt32(), row.GetProperty("losses").GetInt32()));
            Assert.Equal("mcnemar-exact", row.GetProperty("method").GetString());
            Assert.Equal(0.00315, row.GetProperty("pValue").GetDouble(), 5);
            Assert.Equal("replayed-175b_finetuning", variants["175b_finetuning"].GetProperty("servedModels")[0].GetString());
        }
        finally
        {
            replays.ForEach(r => r.Dispose());
        }
    }
}
