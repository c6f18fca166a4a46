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
        Assert.Equal(decision == "ship" ? "stage-wise" : "repeated", report.GetProperty("metrics")[0].GetProperty("intervalKind").GetString());
        Assert.Contains("look 2 of 4", report.GetProperty("verdict").GetProperty("reasons")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
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
