using System.Globalization;
using System.Text;
using System.Text.Json;
using Assay.Cli;
using Assay.Cli.Stats;

namespace Assay.EndToEnd.Stats;

/// <summary>A report names each row's method with the arguments that produced it: <c>assay stats</c> takes both as they stand and answers the row's numbers.</summary>
[Trait("Kind", "end to end")]
public sealed class RowArgumentsTests
{
    private const string Metrics = """
            resolved: { type: proportion, column: resolved }
            rare: { type: proportion, column: rare }
            csat: { type: mean, column: csat }
            cost_per_call: { type: ratio, better: lower, numerator: { column: cost }, denominator: { column: calls } }
            p90: { type: quantile, quantile: 0.9, column: cost, better: lower }
        """;

    [Theory]
    [InlineData(400, "user", "{ primary: csat, secondary: [resolved, rare, cost_per_call, p90] }", "{}", "welch-t score-interval score-interval-fisher ratio-delta quantile-order-statistics")]
    [InlineData(30, "user", "{ primary: cost_per_call }", "{}", "ratio-fieller")]
    [InlineData(400, "user", "{ primary: csat, secondary: [cost_per_call] }", "{ covariate: { attribute: past } }", "cuped cuped")]
    [InlineData(60, "user", "{ primary: csat }", "{ covariate: [{ attribute: past }, { attribute: tenure }], theta: total, alpha: 0.1 }", "cuped")]
    [InlineData(400, "user", "{ primary: csat, secondary: [cost_per_call] }", "{ strata: [plan] }", "post-stratified-mean post-stratified-ratio")]
    [InlineData(24, "cluster", "{ primary: csat, secondary: [cost_per_call] }", "{}", "cluster-t cluster-t")]
    public async Task Run_RowOfAReport_AnswersItsNumbers(int units, string unit, string metrics, string plan, string methods)
    {
        using var report = await Analyze(units, unit, metrics, plan, arms: 2);
        var rows = report.RootElement.GetProperty("metrics").EnumerateArray().ToList();
        Assert.Equal(methods.Split(' '), rows.Select(r => r.GetProperty("method").GetString()));
        foreach (var row in rows) Check(row);
    }

    [Theory]
    [InlineData("csat")]
    [InlineData("resolved")]
    [InlineData("cost_per_call")]
    public async Task Run_RowsThatShareAlpha_AnswerAtTheirLevels(string primary)
    {
        using var report = await Analyze(600, "user", $"{{ primary: {primary} }}", "{}", arms: 3);
        var rows = report.RootElement.GetProperty("metrics").EnumerateArray().ToList();
        Assert.Equal(2, rows.Count);
        Assert.Contains(rows, r => r.GetProperty("intervalLevel").GetDouble() > 0.96);
        foreach (var row in rows) Check(row);
    }

    [Fact]
    public void Run_LookOfARow_IsRefusedAndExplained()
    {
        using var input = JsonDocument.Parse("""{"controlN": 40, "controlMean": 2.5, "controlVariance": 1.5, "treatmentN": 50, "treatmentMean": 3, "treatmentVariance": 2, "look": {}}""");
        var refused = Assert.Throws<UsageException>(() => StatsMethods.Run("welch-t", input.RootElement));
        Assert.Contains("look", refused.Message, StringComparison.Ordinal);
        Assert.Contains("fixed horizon", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MomentsAndValues_AgreeAndExcludeEachOther()
    {
        using var raw = JsonDocument.Parse("""{"control": [1, 2, 4], "treatment": [3, 5, 7]}""");
        using var mixed = JsonDocument.Parse("""{"control": [1, 2, 4], "treatmentN": 3, "treatmentMean": 5, "treatmentVariance": 4}""");
        Assert.Equal((double)StatsMethods.Run("welch-t", raw.RootElement)["pValue"]!, (double)StatsMethods.Run("welch-t", mixed.RootElement)["pValue"]!, 1e-12);
        using var both = JsonDocument.Parse("""{"control": [1, 2, 4], "treatment": [3, 5, 7], "treatmentN": 3, "treatmentMean": 5, "treatmentVariance": 4}""");
        Assert.Contains("treatment", Assert.Throws<UsageException>(() => StatsMethods.Run("welch-t", both.RootElement)).Message, StringComparison.Ordinal);
    }

    private static void Check(JsonElement row)
    {
        var method = row.GetProperty("method").GetString()!;
        Assert.Equal("estimated", row.GetProperty("status").GetString());
        var answer = StatsMethods.Run(method, row.GetProperty("methodArguments"));
        Near(row.GetProperty("difference"), answer["difference"]?.GetValue<double>());
        Near(row.GetProperty("interval")[0], answer["low"]?.GetValue<double>());
        Near(row.GetProperty("interval")[1], answer["high"]?.GetValue<double>());
        Near(row.GetProperty("pValue"), (answer["pValue"] ?? answer["cr2PValue"])?.GetValue<double>());

        void Near(JsonElement expected, double? found)
        {
            var value = expected.GetDouble();
            Assert.True(found is { } f && Math.Abs(f - value) <= 1e-9 * Math.Max(1, Math.Abs(value)), $"{method}: {value} in the report, {found} of its arguments\n{row}");
        }
    }

    private static async Task<JsonDocument> Analyze(int units, string unit, string metrics, string plan, int arms)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(20261127);
        var csv = new StringBuilder("id,arm,past,tenure,plan,resolved,rare,csat,cost,calls\n");
        for (var i = 0; i < units; i++)
        {
            var arm = i % arms;
            double past = random.NextDouble(), tenure = random.Next(1, 40);
            var calls = random.NextDouble() < 0.4 ? 0 : random.Next(1, 5);
            csv.Append(CultureInfo.InvariantCulture,
                $"u{i},v{arm},{(random.Next(10) == 0 ? "" : past)},{tenure},{(past > 0.5 ? "paid" : "free")},{(random.NextDouble() < 0.6 + 0.05 * arm ? 1 : 0)},{(random.Next(25) == 0 ? 1 : 0)},{3 + past + 0.2 * arm + random.NextDouble()},{calls * (0.5 + random.NextDouble())},{calls}\n");
        }
        folder.File("results.csv", csv.ToString());
        folder.File("experiment.yaml", $$"""
            key: rows
            unit: {{unit}}
            variants: [{{string.Join(", ", Enumerable.Range(0, arms).Select(a => $"{{ key: v{a} }}"))}}]
            metrics: {{metrics}}
            plan: {{plan}}
            ---
            data:
              unit: id
              variant: arm
              metrics:
            {{Metrics}}
            """);
        var (code, output, error) = await AssayProcess.RunAsync(["analyze", "experiment.yaml", "--data", "results.csv", "--final", "--format", "json"], folder.Path);
        Assert.True(code == 0, error);
        return JsonDocument.Parse(output);
    }
}
