using System.Text.Json;

namespace Assay.EndToEnd.Simulation;

public sealed class SimulateTests : IDisposable
{
    private const string Plan = """
        key: peek
        variants: [ { key: control, weight: 0.5 }, { key: treatment, weight: 0.5, promptVersion: b } ]
        metrics: { primary: resolution, guardrails: [latency_p95] }
        plan: { minimumEffect: 0.05, baseline: 0.60, looks: 4 }
        guardrails: [ { metric: latency_p95, max: 3000 } ]
        ---
        metrics: { resolution: { type: proportion, event: resolved, better: higher } }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Simulate_Json_IsOneDocumentThatASeedRepeats()
    {
        var first = await RunAsync(Plan, "--runs", "300", "--seed", "5", "--format", "json");
        Assert.Equal(0, first.Code);
        using var json = JsonDocument.Parse(first.Output);
        var root = json.RootElement;
        Assert.Equal(300, root.GetProperty("runs").GetInt32());
        Assert.InRange(root.GetProperty("rejectionRate").GetDouble(), 0.005, 0.12);
        Assert.InRange(root.GetProperty("standardError").GetDouble(), 0.001, 0.02);
        Assert.InRange(root.GetProperty("coverage").GetDouble(), 0.88, 1);
        Assert.InRange(root.GetProperty("meanSampleFraction").GetDouble(), 0.9, 1.001);
        Assert.Equal(1, root.GetProperty("decisions").EnumerateObject().Sum(d => d.Value.GetDouble()), 9);
        Assert.True(root.GetProperty("naive").GetProperty("rejectionRate").GetDouble() > root.GetProperty("rejectionRate").GetDouble());
        Assert.Equal(4, root.GetProperty("looks").GetArrayLength());
        Assert.Equal(first.Output, (await RunAsync(Plan, "--runs", "300", "--seed", "5", "--format", "json")).Output);
        Assert.NotEqual(first.Output, (await RunAsync(Plan, "--runs", "300", "--seed", "6", "--format", "json")).Output);
    }

    [Fact]
    public async Task Simulate_Text_ShowsRatePeekingAndPicture()
    {
        var (code, output, _) = await RunAsync(Plan, "--runs", "300", "--effect", "0.05");
        Assert.Equal(0, code);
        Assert.Contains("better by 0.05 in resolution", output, StringComparison.Ordinal);
        Assert.Contains("if each were taken for the only one", output, StringComparison.Ordinal);
        Assert.Contains("latency_p95 2400, standard deviation 1200 in the control (assumed)", output, StringComparison.Ordinal);
        Assert.Equal(4, output.Split('\n').Count(line => line.Contains('█', StringComparison.Ordinal) && line.Contains("0.", StringComparison.Ordinal) && !line.StartsWith("look", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("plan.baseline", "plan: { minimumEffect: 0.05 }")]
    [InlineData("--units", "plan: { baseline: 0.6 }")]
    [InlineData("1.08", "plan: { minimumEffect: 0.05, baseline: 0.6 }", "--effect", "0.38", "--assume", "resolution=0.7")]
    [InlineData("--assume latency", "plan: { minimumEffect: 0.05, baseline: 0.6 }", "--assume", "latency")]
    [InlineData("--runs 0", "plan: { minimumEffect: 0.05, baseline: 0.6 }", "--runs", "0")]
    public async Task Simulate_WhatCannotBeSimulated_IsUsageThatSaysWhatToDo(string says, string plan, params string[] more)
    {
        var (code, output, error) = await RunAsync(Plan.Replace("plan: { minimumEffect: 0.05, baseline: 0.60, looks: 4 }", plan, StringComparison.Ordinal), ["--seed", "1", .. more]);
        Assert.Equal((2, ""), (code, output.Trim()));
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_NoSuchFile_CouldNotRun() =>
        Assert.Equal(5, (await AssayProcess.RunAsync(["simulate", "none.yaml"], _folder.Path)).Code);

    private async Task<(int Code, string Output, string Error)> RunAsync(string definition, params string[] more)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "plan.yaml"), definition);
        return await AssayProcess.RunAsync(["simulate", "plan.yaml", .. more], _folder.Path);
    }
}
