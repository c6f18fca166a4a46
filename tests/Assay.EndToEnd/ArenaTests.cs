using System.Text.Json;
using System.Xml.Linq;
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
