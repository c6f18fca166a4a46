using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Assay.EndToEnd;

/// <summary>Recorded files through the command line: exit codes, one JSON document, errors that name file, line and column.</summary>
[Trait("Kind", "end to end")]
public sealed class AnalyzeTests
{
    [Fact]
    public async Task Analyze_WideCsv_ShipsWithOneJsonDocument()
    {
        using var folder = new TemporaryFolder();
        folder.File("results.csv", Csv(control: 600, treatment: 700, of: 1000));
        var (code, output, error) = await AssayProcess.RunAsync(
            ["analyze", "--data", "results.csv", "--unit", "user_id", "--variant", "arm", "--control", "base", "--metric", "correct:proportion", "--gate", "--format", "json"], folder.Path);
        Assert.True(code == 0, error);
        using var report = JsonDocument.Parse(output);
        Assert.Equal("ship", report.RootElement.GetProperty("verdict").GetProperty("decision").GetString());
        Assert.Equal(0.1, report.RootElement.GetProperty("metrics")[0].GetProperty("difference").GetDouble(), 12);
    }

    [Theory]
    [InlineData(600, 520, 1)]
    [InlineData(600, 605, 3)]
    public async Task Analyze_Gate_SaysNoOrDoesNotKnow(int control, int treatment, int expected)
    {
        using var folder = new TemporaryFolder();
        folder.File("results.csv", Csv(control, treatment, of: 1000));
        var (code, _, error) = await AssayProcess.RunAsync(
            ["analyze", "--data", "results.csv", "--unit", "user_id", "--variant", "arm", "--control", "base", "--metric", "correct:proportion", "--gate"], folder.Path);
        Assert.True(code == expected, error);
    }

    [Fact]
    public async Task Analyze_SampleRatioMismatch_IsInvalid()
    {
        using var folder = new TemporaryFolder();
        folder.File("results.csv", Csv(600, 700, of: 1000, treatmentUnits: 1300));
        var (code, output, _) = await AssayProcess.RunAsync(
            ["analyze", "--data", "results.csv", "--unit", "user_id", "--variant", "arm", "--control", "base", "--metric", "correct:proportion"], folder.Path);
        Assert.Equal(4, code);
        Assert.Contains("INVALID", output, StringComparison.Ordinal);
    }

    /// <summary>Half of the 1,500 planned an arm: a look, whose boundary of 2.96 a z of 3.3 reaches and one of 2.6 does not.</summary>
    [Theory]
    [InlineData(513, "ship")]
    [InlineData(500, "keep-running")]
    public async Task Analyze_PlanWithLooks_TakesTheFractionFromTheData(int treatment, string decision)
    {
        using var folder = new TemporaryFolder();
        folder.File("results.csv", Csv(control: 450, treatment, of: 750));
        folder.File("experiment.yaml", """
            key: looks
            unit: user
            variants: [{ key: base }, { key: tuned }]
            metrics: { primary: correct }
            plan: { minimumEffect: 0.05, baseline: 0.60, looks: 4 }
            ---
            data: { unit: user_id, variant: arm, metrics: { correct: { type: proportion, column: correct } } }
            """);
        var (code, output, error) = await AssayProcess.RunAsync(["analyze", "experiment.yaml", "--data", "results.csv", "--format", "json"], folder.Path);
        Assert.True(code == 0, error);
        using var json = JsonDocument.Parse(output);
        var report = json.RootElement;
        Assert.Equal(3000, report.GetProperty("plannedUnits").GetInt64());
        Assert.Equal(2, report.GetProperty("look").GetInt32());
        Assert.Equal(decision, report.GetProperty("verdict").GetProperty("decision").GetString());
        // What an earlier look found is not known, so nothing may be said that depends on it.
        Assert.Equal("repeated", report.GetProperty("metrics")[0].GetProperty("intervalKind").GetString());
        Assert.Contains("look 2 of 4", report.GetProperty("verdict").GetProperty("reasons")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Analyze_FileThatGrows_IsJudgedAtItsRegisteredLooksAndNowhereElse()
    {
        using var folder = new TemporaryFolder();
        folder.File("experiment.yaml", """
            key: looks
            unit: user
            variants: [{ key: base }, { key: tuned }]
            metrics: { primary: correct }
            plan: { minimumEffect: 0.05, baseline: 0.60, looks: 4 }
            ---
            data: { unit: user_id, variant: arm, timestamp: seen, metrics: { correct: { type: proportion, column: correct } } }
            """);
        // Every tenth pair from the second look on is worse: what comes later would look different, and must not matter.
        static string Row(int i) => $"u{i},{1767600000 + 60 * i},{(i % 2 == 0 ? "base" : "tuned")},{(i % 2 == 0 ? i / 2 % 10 < 6 : i / 2 % 10 < (i < 1500 ? 7 : 4)) switch { true => 1, false => 0 }}";
        var found = new List<string>();
        foreach (var units in new[] { 700, 760, 1480, 1500, 1620, 2300, 3000 })
        {
            folder.File("results.csv", "user_id,seen,arm,correct\n" + string.Join('\n', Enumerable.Range(0, units).Reverse().Select(Row)) + "\n");
            var (code, output, error) = await AssayProcess.RunAsync(["analyze", "experiment.yaml", "--data", "results.csv", "--format", "json"], folder.Path);
            Assert.True(code == 0, error);
            using var json = JsonDocument.Parse(output);
            var (report, row) = (json.RootElement, json.RootElement.GetProperty("metrics")[0]);
            found.Add($"{units}: {report.GetProperty("verdict").GetProperty("decision")} {report.GetProperty("look")} {row.GetProperty("intervalKind")} {row.GetProperty("observedDifference")} {report.GetProperty("looks").GetArrayLength()}");
            Assert.Equal(units > 1500, report.GetProperty("warnings").EnumerateArray().Any(w => w.GetProperty("code").GetString() == "decided-earlier"));
        }
        Assert.Equal([
            "700: keep-running  always-valid  0", "760: keep-running  always-valid  1", "1480: keep-running  always-valid  1",
            .. new[] { 1500, 1620, 2300, 3000 }.Select(n => $"{n}: ship 2 stage-wise 0.1 2")], found.Select(f => f.Replace("0.09999999999999998", "0.1", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Analyze_FileWithoutTimesBetweenLooks_DecidesNothingAndSaysWhatIsMissing()
    {
        using var folder = new TemporaryFolder();
        folder.File("results.csv", Csv(control: 510, treatment: 612, of: 850));
        folder.File("experiment.yaml", """
            key: looks
            unit: user
            variants: [{ key: base }, { key: tuned }]
            metrics: { primary: correct }
            plan: { minimumEffect: 0.05, baseline: 0.60, looks: 4 }
            ---
            data: { unit: user_id, variant: arm, metrics: { correct: { type: proportion, column: correct } } }
            """);
        var (code, output, error) = await AssayProcess.RunAsync(["analyze", "experiment.yaml", "--data", "results.csv"], folder.Path);
        Assert.True(code == 0, error);
        Assert.Contains("KEEP RUNNING", output, StringComparison.Ordinal);
        Assert.Contains("data.timestamp", output, StringComparison.Ordinal);
        (code, output, error) = await AssayProcess.RunAsync(["analyze", "experiment.yaml", "--data", "results.csv", "--final", "--format", "json"], folder.Path);
        Assert.True(code == 0, error);
        using var json = JsonDocument.Parse(output);
        var row = json.RootElement.GetProperty("metrics")[0];
        Assert.Equal(("ship", "repeated"), (json.RootElement.GetProperty("verdict").GetProperty("decision").GetString(), row.GetProperty("intervalKind").GetString()));
        // The effect of .12 is what was seen, and inside: nothing pretends to know that the looks before were not crossed.
        Assert.Equal(0.12, row.GetProperty("difference").GetDouble(), 10);
        Assert.True(row.GetProperty("interval")[0].GetDouble() < 0.12 && row.GetProperty("interval")[1].GetDouble() > 0.12);
    }

    [Theory]
    [InlineData("user_id,arm,right\nu1,base,1\nu2,tuned,1\n", 2, "correct")]
    [InlineData("user_id,arm,correct\nu1,base,1\nu2,tuned,maybe\n", 2, "results.csv:3")]
    [InlineData("", 2, "results.csv")]
    [InlineData(null, 5, "results.csv")]
    public async Task Analyze_BadFile_SaysWhatAndWhere(string? content, int expected, string said)
    {
        using var folder = new TemporaryFolder();
        if (content is not null) folder.File("results.csv", content);
        var (code, output, error) = await AssayProcess.RunAsync(
            ["analyze", "--data", "results.csv", "--unit", "user_id", "--variant", "arm", "--control", "base", "--metric", "correct:proportion"], folder.Path);
        Assert.True(code == expected, $"{code}: {error}");
        Assert.Empty(output.Trim());
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_PairedFiles_CountsWinsAndNamesTheMissing()
    {
        using var folder = new TemporaryFolder();
        var rows = Enumerable.Range(0, 200).ToList();
        folder.File("base.csv", "question_id,correct\n" + string.Join('\n', rows.Select(i => $"{i},{(i % 10 < 4 ? 1 : 0)}")));
        folder.File("tuned.csv", "question_id,correct\n" + string.Join('\n', rows.Select(i => $"{i},{(i % 10 < 6 ? 1 : 0)}")));
        var (code, output, error) = await AssayProcess.RunAsync(["compare", "base.csv", "tuned.csv", "--id", "question_id", "--metric", "correct", "--format", "json"], folder.Path);
        Assert.True(code == 0, error);
        using var result = JsonDocument.Parse(output);
        Assert.Equal(40, result.RootElement.GetProperty("wins").GetInt32());
        Assert.Equal(0, result.RootElement.GetProperty("losses").GetInt32());
        folder.File("tuned.csv", "question_id,correct\n0,1\n1,1\n");
        var (missing, _, _) = await AssayProcess.RunAsync(["compare", "base.csv", "tuned.csv", "--id", "question_id", "--metric", "correct"], folder.Path);
        Assert.Equal(4, missing);
    }

    [Fact]
    public async Task Assign_Definition_IsTheGatewaysDecisionAndValidateFindsTheTypo()
    {
        using var folder = new TemporaryFolder();
        folder.File("e.yaml", "key: greeting\nroute: bot\nvariants:\n  - { key: control, weight: 0.5, model: a }\n  - { key: treatment, weight: 0.5, model: b }\nmetrics: { primary: resolution_rate }\n");
        var (code, output, error) = await AssayProcess.RunAsync(["assign", "e.yaml", "--unit", "conv-1", "--format", "json"], folder.Path);
        Assert.True(code == 0, error);
        using var decision = JsonDocument.Parse(output);
        Assert.Contains("assigned", decision.RootElement.GetRawText(), StringComparison.Ordinal);
        folder.File("bad.yaml", "key: greeting\nvarients: []\n");
        var (bad, problems, _) = await AssayProcess.RunAsync(["validate", "bad.yaml"], folder.Path);
        Assert.Equal(2, bad);
        Assert.Contains("bad.yaml:2", problems, StringComparison.Ordinal);
        Assert.Contains("variants", problems, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_Template_ValidatesAsItIs()
    {
        using var folder = new TemporaryFolder();
        var (made, _, error) = await AssayProcess.RunAsync(["init", "mine"], folder.Path);
        Assert.True(made == 0, error);
        var files = Directory.GetFiles(folder.Combine("mine"), "*.yaml");
        var (code, output, _) = await AssayProcess.RunAsync(["validate", .. files], folder.Path);
        Assert.True(code == 0, output);
    }

    private static string Csv(int control, int treatment, int of, int? treatmentUnits = null)
    {
        var csv = new StringBuilder("user_id,arm,correct\n");
        for (var i = 0; i < of; i++) csv.Append(CultureInfo.InvariantCulture, $"c{i},base,{(i < control ? "TRUE" : "FALSE")}\n");
        for (var i = 0; i < (treatmentUnits ?? of); i++) csv.Append(CultureInfo.InvariantCulture, $"t{i},tuned,{(i < treatment ? 1 : 0)}\n");
        return csv.ToString();
    }
}
