using System.Text.Json;
using System.Xml.Linq;
using Assay.Evaluation.Cases;

namespace Assay.Evaluation.Tests;

/// <summary>Reports of answers that hold what no format likes.</summary>
public sealed class ReportFormTests
{
    private const string Nasty = "a,\"b\"\n</script>|\u0001<&>";

    [Fact]
    public async Task JUnit_ControlCharactersAndMarkup_IsWellFormedAndRedOnlyWhereTheGateIs()
    {
        var (run, report) = await RunAsync();
        var suites = XDocument.Parse(ArenaJUnit.Write(report, run)).Root!.Elements("testsuite").ToDictionary(s => s.Attribute("name")!.Value);
        Assert.Equal(["gate", "new"], suites.Keys);
        Assert.Equal(GateOutcome.Fail, report.Outcome);
        Assert.NotEmpty(suites["gate"].Descendants("failure"));
        Assert.Empty(suites["new"].Descendants("failure"));
        Assert.Equal(20, suites["new"].Descendants("skipped").Count());
    }

    [Fact]
    public async Task Csv_QuotesAndLineEnds_ReadBackWhole()
    {
        var (run, _) = await RunAsync();
        var rows = CsvTable.Read(string.Join('\n', ArenaRows.Csv(run)), (line, problem) => Assert.Fail($"{line}: {problem}"));
        var output = rows[0].Fields.ToList().IndexOf("actual_output");
        Assert.Equal(41, rows.Count);
        Assert.All(rows, r => Assert.Equal(rows[0].Fields.Count, r.Fields.Count));
        Assert.Equal(Nasty, rows.First(r => r.Fields[0] == "new").Fields[output]);
    }

    [Fact]
    public async Task HtmlAndMarkdown_MarkupInAnswers_ClosesNothing()
    {
        var (run, report) = await RunAsync();
        var html = ArenaHtml.Write(report, ArenaRows.Answers(run));
        // The page's own three scripts, and no fourth end.
        Assert.Equal(3, html.Split("</script>").Length - 1);
        Assert.DoesNotContain("</script>", ArenaMarkdown.Write(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_WrittenAndReadBack_IsTheSame()
    {
        var (_, report) = await RunAsync();
        var json = ArenaJson.Write(report);
        Assert.Equal(json, ArenaJson.Write(ArenaJson.Read(json)));
        var root = JsonDocument.Parse(json).RootElement;
        foreach (var key in (string[])["suite", "suiteHash", "outcome", "reasons", "cases", "errors", "missing", "comparisons", "costUsd"]) Assert.True(root.TryGetProperty(key, out _), key);
        Assert.DoesNotContain("NaN", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ledger_TornLastLine_CountsTheWholeOnes()
    {
        using var folder = new SuiteFolder();
        var (_, report) = await RunAsync();
        var path = Path.Combine(folder.Path, "ledger.jsonl");
        new RunLedger(path).Add(report, DateTimeOffset.UnixEpoch);
        await File.AppendAllTextAsync(path, "{\"runId\":\"x");
        new RunLedger(path).Add(report, DateTimeOffset.UnixEpoch);
        Assert.Equal(["fail", "fail"], new RunLedger(path).Of(report.ContentHash).Select(e => e.Outcome));
        Assert.Empty(new RunLedger(path).Of("other"));
    }

    private static async Task<(ArenaRun Run, ArenaReport Report)> RunAsync()
    {
        using var folder = new SuiteFolder();
        folder.File("cases.jsonl", string.Concat(Enumerable.Range(1, 20).Select(i => $$"""{"id":"{{i}}","input":{{JsonSerializer.Serialize(Nasty)}},"tags":["t|<"]}""" + "\n")));
        foreach (var (name, text) in ((string, string)[])[("old", "good"), ("new", Nasty)])
            folder.File(name + ".jsonl", string.Concat(Enumerable.Range(1, 20).Select(i => $$"""{"id":"{{i}}","output":{{JsonSerializer.Serialize(text)}}}""" + "\n")));
        var suite = folder.Read("""
            suite: t
            variants: [ { key: old, outputs: old.jsonl }, { key: new, outputs: new.jsonl } ]
            cases: cases.jsonl
            checks: [ { type: equals, value: good } ]
            gate: { primary: accuracy, margin: 0.1 }
            """).Suite!;
        var options = new CallerOptions { Upstreams = suite.Upstreams };
        using var caller = new ModelCaller(options);
        var run = await new ArenaRunner(ArenaPlan.Of(suite), caller, options, new CheckServices()).RunAsync();
        return (run, ArenaReporter.Report(run, "run", DateTimeOffset.UnixEpoch, 1, []));
    }
}
