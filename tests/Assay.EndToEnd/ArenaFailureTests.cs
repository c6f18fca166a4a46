using System.Globalization;
using System.Text.Json;
using Assay.Evaluation.Tests;

namespace Assay.EndToEnd;

/// <summary>What goes wrong around a run: clear words, the right exit code, and nothing that was paid for is lost.</summary>
[Trait("Kind", "end to end")]
public sealed class ArenaFailureTests
{
    [Fact]
    public async Task ArenaRun_Killed_GoesOnWhereItWas()
    {
        using var folder = new TemporaryFolder();
        using var endpoint = new FakeEndpoint((_, _) => new FakeEndpoint.Reply("good", Gate: Task.Delay(40)));
        var suite = Suite(folder, endpoint.Address.ToString(), 100);
        string[] run = ["arena", "run", suite, "--out", folder.Combine("out"), "--format", "json"];
        using (var process = AssayProcess.Start(run))
        {
            for (var i = 0; i < 600 && endpoint.Count < 40; i++) await Task.Delay(50);
            process.Kill();
        }
        var kept = File.ReadAllLines(folder.Combine("out", "answers.jsonl")).Length;
        Assert.InRange(kept, 20, 199);
        var (code, output, error) = await AssayProcess.RunAsync(run);
        Assert.True(code == 0, error);
        var report = JsonDocument.Parse(output).RootElement;
        Assert.Equal(200, report.GetProperty("answersFromLog").GetInt32() + report.GetProperty("callsMade").GetInt32());
        Assert.True(report.GetProperty("answersFromLog").GetInt32() >= kept - 1);
    }

    [Fact]
    public async Task ArenaRun_Stopped_SaysWhatIsKept()
    {
        using var folder = new TemporaryFolder();
        using var endpoint = new FakeEndpoint((_, _) => new FakeEndpoint.Reply("good", Gate: Task.Delay(40)));
        using var process = AssayProcess.Start(["arena", "run", Suite(folder, endpoint.Address.ToString(), 200), "--out", folder.Combine("out")]);
        for (var i = 0; i < 600 && endpoint.Count < 20; i++) await Task.Delay(50);
        Assert.Equal(5, await process.StopAsync());
        Assert.Contains("answers are kept in", process.Error, StringComparison.Ordinal);
        // All that the endpoint was asked was waited for.
        Assert.Equal(endpoint.Count, File.ReadAllLines(folder.Combine("out", "answers.jsonl")).Length);
    }

    [Fact]
    public async Task ArenaRun_KeyNotSet_StopsBeforeTheFirstCallAndSaysWhatCanRun()
    {
        using var folder = new TemporaryFolder();
        using var endpoint = FakeEndpoint.Saying(_ => "good");
        folder.File("old.jsonl", "{\"id\":\"1\",\"output\":\"good\"}\n");
        folder.File("cases.jsonl", "{\"id\":\"1\",\"input\":\"q\"}\n");
        var suite = folder.File("suite.yaml", $$"""
            suite: t
            variants: [ { key: old, outputs: old.jsonl }, { key: new, upstream: up, model: m } ]
            cases: cases.jsonl
            checks: [ { type: contains, value: good } ]
            upstreams: { up: { baseUrl: "{{endpoint.Address}}", keyEnv: ASSAY_TEST_UNSET } }
            """);
        var (code, output, error) = await AssayProcess.RunAsync(["arena", "run", suite, "--out", folder.Combine("out")]);
        Assert.Equal(5, code);
        Assert.Empty(output.Trim());
        Assert.Contains("ASSAY_TEST_UNSET is not set", error, StringComparison.Ordinal);
        Assert.Contains("--variants old", error, StringComparison.Ordinal);
        Assert.Equal(0, endpoint.Count);
    }

    [Fact]
    public async Task ArenaRun_UnknownCheckAndRaggedRows_AreUsageWithFileAndLine()
    {
        using var folder = new TemporaryFolder();
        folder.File("cases.csv", "id,input\n1,a,b\n2,c\n");
        var suite = folder.File("suite.yaml", "suite: t\nvariants: [ { key: a, command: [cat] } ]\ncases: cases.csv\nchecks:\n  - { type: contians, value: x }\n");
        var (code, _, error) = await AssayProcess.RunAsync(["arena", "run", suite, "--out", folder.Combine("out")]);
        Assert.Equal(2, code);
        Assert.Contains("suite.yaml:5", error, StringComparison.Ordinal);
        Assert.Contains("did you mean 'contains'", error, StringComparison.Ordinal);
        Assert.Contains("cases.csv:2", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ArenaRun_429Forever_IsInvalidWithExit4()
    {
        using var folder = new TemporaryFolder();
        using var endpoint = new FakeEndpoint((_, _) => new FakeEndpoint.Reply(Status: 429));
        var (code, output, error) = await AssayProcess.RunAsync(["arena", "run", Suite(folder, endpoint.Address.ToString(), 50), "--out", folder.Combine("out"), "--format", "json"]);
        Assert.True(code == 4, error);
        Assert.Equal("invalid", JsonDocument.Parse(output).RootElement.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task ArenaCompareAndView_TwoRuns_AreComparedAndServed()
    {
        using var folder = new TemporaryFolder();
        var isBetter = false;
        using var endpoint = FakeEndpoint.Saying(q => isBetter || q.EndsWith('1') ? "good" : "bad");
        foreach (var model in (string[])["m", "n"])
        {
            var suite = Suite(folder, endpoint.Address.ToString(), 40, model);
            await AssayProcess.RunAsync(["arena", "run", suite, "--out", folder.Combine("out")]);
            isBetter = true;
        }
        var runs = Directory.GetDirectories(folder.Combine("out", "runs")).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(2, runs.Length);
        var (code, output, error) = await AssayProcess.RunAsync(["arena", "compare", runs[0], runs[1], "--out", folder.Combine("out"), "--format", "json"]);
        Assert.True(code == 0, error);
        var row = JsonDocument.Parse(output).RootElement.EnumerateArray().First(r => r.GetProperty("metric").GetString() == "accuracy");
        Assert.Equal((36, 0, 4), (row.GetProperty("wins").GetInt32(), row.GetProperty("losses").GetInt32(), row.GetProperty("ties").GetInt32()));

        var url = new Uri($"http://127.0.0.1:{AssayProcess.FreePort()}/");
        using var view = AssayProcess.Start(["arena", "view", folder.Combine("out"), "--port", url.Port.ToString(CultureInfo.InvariantCulture)]);
        await view.WaitUntilServingAsync(url);
        using var http = new HttpClient { BaseAddress = url };
        Assert.Contains(runs[0], await http.GetStringAsync("/"), StringComparison.Ordinal);
        Assert.Contains("Answers side by side", await http.GetStringAsync("/" + runs[0]), StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await http.GetAsync("/..%2Fanswers.jsonl")).StatusCode);
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "evil.example" } };
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await http.SendAsync(foreign)).StatusCode);
    }

    private static string Suite(TemporaryFolder folder, string url, int cases, string model = "m")
    {
        folder.File("cases.jsonl", string.Concat(Enumerable.Range(1, cases).Select(i => $$"""{"id":"{{i}}","input":"question {{i}}"}""" + "\n")));
        return folder.File("suite.yaml", $$"""
            suite: t
            variants:
              - { key: a, upstream: up, model: {{model}}, system: A }
              - { key: b, upstream: up, model: {{model}}, system: B }
            cases: cases.jsonl
            checks: [ { type: contains, value: good } ]
            run: { retries: 0, concurrency: 4 }
            gate: { primary: accuracy, margin: 0.1 }
            upstreams: { up: { baseUrl: "{{url}}" } }
            """);
    }
}
