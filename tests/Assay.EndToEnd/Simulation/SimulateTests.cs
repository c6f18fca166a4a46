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

    [Fact]
    public async Task Simulate_CovariateSecondariesAndSegment_AreDrawnAndWhatIsAssumedIsSaid()
    {
        const string Rich = """
            key: rich
            variants: [ { key: control, weight: 0.5 }, { key: treatment, weight: 0.5, promptVersion: b } ]
            metrics: { primary: resolution, secondary: [csat, thumbs] }
            plan: { minimumEffect: 0.05, baseline: 0.60, looks: 4, correction: holm, minimumDays: 7, covariate: { attribute: pre } }
            segments: [ { attribute: plan, critical: { enterprise: { maxLoss: 0.08 } } } ]
            ---
            metrics:
              resolution: { type: proportion, event: resolved, better: higher }
              csat: { type: mean, event: csat, better: higher }
              thumbs: { type: proportion, event: thumbs, better: higher }
            """;
        string[] world = ["--runs", "200", "--effect", "0.05", "--segment-effect", "plan=enterprise:-0.02", "--segment-share", "plan=enterprise:0.2",
            "--secondary-effect", "csat=0.1", "--covariate-correlation", "0.4", "--metric-correlation", "0.2", "--daily", "400"];
        var (code, output, _) = await RunAsync(Rich, [.. world, "--format", "json"]);
        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        var root = json.RootElement;
        Assert.Equal(0.036, root.GetProperty("overallEffect").GetDouble(), 9);
        Assert.InRange(root.GetProperty("meanDays").GetDouble(), 7, 7.5);
        var segment = Assert.Single(root.GetProperty("segments").EnumerateArray());
        Assert.Equal(("plan", "enterprise", 0.2, -0.02), (segment.GetProperty("attribute").GetString(), segment.GetProperty("value").GetString(), segment.GetProperty("share").GetDouble(), segment.GetProperty("effect").GetDouble()));
        var secondaries = root.GetProperty("secondaries");
        Assert.Equal("holm", secondaries.GetProperty("correction").GetString());
        Assert.InRange(secondaries.GetProperty("familywiseErrorRate").GetDouble(), 0, 0.1);
        Assert.Equal(["csat", "thumbs"], secondaries.GetProperty("comparisons").EnumerateArray().Select(c => c.GetProperty("metric").GetString()));

        var text = (await RunAsync(Rich, world)).Output;
        foreach (var part in new[] { "0.036 over all", "corrected by holm", "csat in 'treatment', better by 0.1", "plan = enterprise, -0.02 there", "covariate pre correlates by 0.4 with resolution, and as much on the normal scale with csat, thumbs", "correlate by 0.2", "Days " })
            Assert.Contains(part, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_Pilot_TakesTruthClustersAndCorrelationFromEarlierData()
    {
        const string Clustered = """
            key: teams
            unit: cluster
            variants: [ { key: control, weight: 0.5 }, { key: treatment, weight: 0.5, promptVersion: b } ]
            metrics: { primary: csat }
            plan: { minimumEffect: 0.3, sd: 0.6, covariate: { attribute: pre } }
            ---
            metrics: { csat: { type: mean, event: csat, better: higher } }
            """;
        var random = new Random(4);
        var rows = Enumerable.Range(0, 120).SelectMany(team =>
        {
            var own = random.NextDouble();
            return Enumerable.Range(0, 6).Select(_ =>
            {
                double pre = random.NextDouble(), value = 3 + own + pre + random.NextDouble();
                return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value},{pre},team{team}");
            });
        });
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "earlier.csv"), "value,pre,team\n" + string.Join('\n', rows) + "\n");
        var (code, output, error) = await RunAsync(Clustered, "--runs", "100", "--pilot", "earlier.csv", "--column", "value", "--cluster", "team", "--covariate", "pre", "--svg", "picture.svg", "--format", "json");
        Assert.True(code == 0, error);
        using var json = JsonDocument.Parse(output);
        var assumption = Assert.Single(json.RootElement.GetProperty("assumptions").EnumerateArray());
        // The three parts are uniform, each with a variance of 1/12: of a cluster's mean, a third of them whole and the rest by six.
        Assert.Equal("pilot", assumption.GetProperty("source").GetString());
        Assert.Equal(4.5, assumption.GetProperty("value").GetDouble(), 0.12);
        Assert.Equal(Math.Sqrt((1 + 2.0 / 6) / 12), assumption.GetProperty("standardDeviation").GetDouble(), 0.05);
        var notes = string.Join('\n', json.RootElement.GetProperty("notes").EnumerateArray().Select(n => n.GetString()));
        Assert.Matches(@"correlates by 0\.[56]\d* with csat", notes);
        Assert.Matches(@"a unit has 6 rows on average, geometric, alike by 0\.[23]", notes);
        var picture = await File.ReadAllTextAsync(Path.Combine(_folder.Path, "picture.svg"));
        Assert.StartsWith("<svg", picture, StringComparison.Ordinal);
        Assert.Contains("teams: 100 simulated experiments, nothing changed (A/A)", picture, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync(Clustered, "--pilot", "earlier.csv", "--cluster", "team")).Code);
    }

    [Theory]
    [InlineData("plan.baseline", "plan: { minimumEffect: 0.05 }")]
    [InlineData("--units", "plan: { baseline: 0.6 }")]
    [InlineData("1.08", "plan: { minimumEffect: 0.05, baseline: 0.6 }", "--effect", "0.38", "--assume", "resolution=0.7")]
    [InlineData("--assume latency", "plan: { minimumEffect: 0.05, baseline: 0.6 }", "--assume", "latency")]
    [InlineData("--segment-effect plan", "plan: { minimumEffect: 0.05, baseline: 0.6 }", "--segment-effect", "plan")]
    [InlineData("'plan' is no segment", "plan: { minimumEffect: 0.05, baseline: 0.6 }", "--segment-effect", "plan=pro:0.1")]
    [InlineData("no secondary metric 'csat'", "plan: { minimumEffect: 0.05, baseline: 0.6 }", "--secondary-effect", "csat=0.1")]
    [InlineData("--covariate-correlation", "plan: { minimumEffect: 0.05, baseline: 0.6 }", "--covariate-correlation", "1")]
    [InlineData("--icc", "plan: { minimumEffect: 0.05, baseline: 0.6 }", "--icc", "1")]
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
