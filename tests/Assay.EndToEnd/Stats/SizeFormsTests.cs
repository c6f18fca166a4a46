using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Assay.Cli;
using Assay.Cli.Stats;
using Assay.Statistics;

namespace Assay.EndToEnd.Stats;

/// <summary>Sizes beyond two shares and two means: ratios, quantiles, margins, clusters, several treatments, several primaries, futility.</summary>
public sealed class SizeFormsTests : IDisposable
{
    private const string Metrics = """
        metrics:
          resolution: { type: proportion, event: resolved, better: higher, window: { to: 7d } }
          csat: { type: mean, event: csat, better: higher, window: { to: 7d } }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("assay-forms").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Ratio_GivenSpread_IsTheNormalFormula()
    {
        // (1.95996 + 0.84162)² · 2 · 0.25 / 0.0025 = 1569.78.
        using var json = Json("ratio", "--sd", "0.5", "--effect", "0.05");
        Assert.Equal(1570, json.RootElement.GetProperty("perArm").GetInt64());
        using var relative = Json("ratio", "--sd", "0.5", "--effect", "0.2", "--relative", "--baseline", "0.25");
        Assert.Equal(1570, relative.RootElement.GetProperty("perArm").GetInt64());
        using var back = Json("ratio", "--sd", "0.5", "--n", "1570");
        Assert.Equal(0.05, back.RootElement.GetProperty("detectableEffect").GetDouble(), 1e-4);
    }

    [Fact]
    public void Ratio_Pilot_TakesWhatOneUnitContributes()
    {
        var random = new Random(5);
        var rows = Enumerable.Range(0, 400).Select(_ => (Cost: random.NextDouble(), Solved: random.Next(1, 4))).ToArray();
        var file = Csv("cost,solved", rows.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Cost:R},{r.Solved}")));
        using var json = Json("ratio", "--pilot", file, "--column", "cost", "--denominator", "solved", "--effect", "0.02");
        var variance = UnitVariance.OfRatio(RatioMoments.FromValues([.. rows.Select(r => r.Cost)], [.. rows.Select(r => (double)r.Solved)])).Value;
        Assert.Equal(NormalSampleSize.For(variance, variance, 0.02).Total, json.RootElement.GetProperty("total").GetInt64());
        Assert.Equal(2, json.RootElement.GetProperty("totalInterval").GetArrayLength());
        Assert.Contains("--denominator is missing", Run("ratio", "--pilot", file, "--column", "cost", "--effect", "0.02").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Quantile_DensityOrPilot_IsTheSpreadOfOrderStatistics()
    {
        using var given = Json("quantile", "--quantile", "0.9", "--density", "0.02", "--effect", "2");
        var variance = 0.9 * 0.1 / 0.02 / 0.02;
        Assert.Equal(NormalSampleSize.For(variance, variance, 2).Total, given.RootElement.GetProperty("total").GetInt64());

        var random = new Random(7);
        var file = Csv("latency", Enumerable.Range(0, 3000).Select(_ => (-100 * Math.Log(1 - random.NextDouble())).ToString("R", CultureInfo.InvariantCulture)));
        using var pilot = Json("quantile", "--quantile", "0.9", "--pilot", file, "--column", "latency", "--effect", "10");
        // Of an exponential distribution the density at the quantile q is (1 − q) / mean.
        var truth = NormalSampleSize.For(0.9 * 0.1 / 1e-6, 0.9 * 0.1 / 1e-6, 10).Total;
        long low = pilot.RootElement.GetProperty("totalInterval")[0].GetInt64(), high = pilot.RootElement.GetProperty("totalInterval")[1].GetInt64(), total = pilot.RootElement.GetProperty("total").GetInt64();
        Assert.True(low < truth && truth < high && low < total && total < high, $"{low} {truth} {total} {high}");
        Assert.Equal(0.9 * 0.1 / 1e-6, Math.Pow(pilot.RootElement.GetProperty("assumed").GetProperty("sd").GetDouble(), 2), 0.4 * 0.9 * 0.1 / 1e-6);
    }

    [Fact]
    public void Margin_SharesAndMeans_AreTheNonInferioritySizes()
    {
        using var share = Json("proportion", "--baseline", "0.6", "--margin", "0.03");
        Assert.Equal(MarginSampleSize.NonInferiorityOfProportions(0.6, 0.03).Total, share.RootElement.GetProperty("total").GetInt64());
        using var errors = Json("proportion", "--baseline", "0.05", "--margin", "0.02", "--lower-is-better", "--effect", "0.005");
        Assert.Equal(MarginSampleSize.NonInferiorityOfProportions(0.05, 0.02, -0.005, higherIsBetter: false).Total, errors.RootElement.GetProperty("total").GetInt64());
        using var mean = Json("mean", "--sd", "900", "--margin", "100");
        Assert.Equal(MarginSampleSize.NonInferiorityOfMeans(900, 100).Total, mean.RootElement.GetProperty("total").GetInt64());
        // Julious's normal formula, and the unit or two that t asks for beyond it.
        Assert.InRange(mean.RootElement.GetProperty("perArm").GetInt64(), 1272, 1274);

        var (code, text, _) = Run("proportion", "--baseline", "0.6", "--margin", "0.03", "--looks", "4", "--daily", "500");
        Assert.Equal(0, code);
        Assert.Contains("to show that a share of 60 % is not worse by 3 points with a chance of 80 % when nothing changed", text, StringComparison.Ordinal);
        Assert.Contains("passes by mistake 2.5 % of the time", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Treatments_ShareTheControlAtDunnettsLevel()
    {
        using var json = Json("proportion", "--baseline", "0.6", "--effect", "0.05", "--treatments", "3");
        var one = SampleSize.ForProportions(0.6, 0.05, ComparisonLevel.Dunnett(3, 0.05));
        Assert.Equal(one.Control + 3 * one.Treatment, json.RootElement.GetProperty("total").GetInt64());
        Assert.Equal(["control", "treatment1", "treatment2", "treatment3"], json.RootElement.GetProperty("perVariant").EnumerateObject().Select(p => p.Name));
        Assert.True(one.Control < SampleSize.ForProportions(0.6, 0.05, 0.05 / 3).Control);
    }

    [Fact]
    public void Icc_WithoutAPilot_IsTheDesignEffect()
    {
        using var plain = Json("mean", "--sd", "1.2", "--effect", "0.1");
        using var clustered = Json("mean", "--sd", "1.2", "--effect", "0.1", "--icc", "0.05", "--cluster-size", "20");
        Assert.Equal(1 + 19 * 0.05, (double)clustered.RootElement.GetProperty("total").GetInt64() / plain.RootElement.GetProperty("total").GetInt64(), 2e-3);
        using var shares = Json("proportion", "--baseline", "0.6", "--effect", "0.05", "--icc", "0.05", "--cluster-size", "20", "--cluster-size-cv", "0.5");
        Assert.Equal((1 + (1.25 * 20 - 1) * 0.05) * 1471, shares.RootElement.GetProperty("perArm").GetInt64(), 3.0);
        Assert.Contains("belong together", Run("mean", "--sd", "1", "--effect", "0.1", "--icc", "0.1").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void File_SeveralPrimaries_IsSizedForTheLargestAndSaysHowLikelyTheRuleIs()
    {
        var file = Definition("metrics: { primary: [resolution, csat] }\nplan: { minimumEffect: 0.05, baseline: 0.60 }");
        var (_, text, error) = Run(file);
        Assert.Contains("nothing is known of csat", error, StringComparison.Ordinal);
        Assert.Contains("resolution", text, StringComparison.Ordinal);

        using var json = Json(file, "--assume", "csat=3:1.2");
        var root = json.RootElement;
        long csat = SampleSize.ForMeans(1.2, 0.05, 0.025).Total, resolution = SampleSize.ForProportions(0.6, 0.05, 0.025).Total;
        Assert.Equal(Math.Max(csat, resolution), root.GetProperty("total").GetInt64());
        Assert.Equal([resolution, csat], root.GetProperty("primaries").EnumerateArray().Select(p => p.GetProperty("total").GetInt64()));
        Assert.Equal(0.8, root.GetProperty("primaries")[1].GetProperty("power").GetDouble(), 1e-3);
        var rule = root.GetProperty("primaryRule");
        Assert.Equal("all", rule.GetProperty("rule").GetString());
        Assert.True(rule.GetProperty("chance").GetDouble() is > 0.75 and <= 0.8001 && rule.GetProperty("totalTogether").GetInt64() >= root.GetProperty("total").GetInt64());
        using var any = Json(Definition("metrics: { primary: [resolution, csat] }\nplan: { minimumEffect: 0.05, baseline: 0.60, primaryRule: any }"), "--assume", "csat=3:0.6");
        Assert.True(any.RootElement.GetProperty("primaryRule").GetProperty("chance").GetDouble() > 0.95);
        Assert.Equal(2, Run(file, "--assume", "resolution=3").Code);
    }

    [Fact]
    public void File_Futility_InflatesTheMaximumAndShortensTheNull()
    {
        const string Plan = "metrics: { primary: resolution }\nplan: { minimumEffect: 0.05, baseline: 0.60, looks: 4";
        using var plain = Json(Definition(Plan + " }"));
        using var futile = Json(Definition(Plan + ", futility: obrien-fleming }"));
        var design = GroupSequentialDesign.Spending([0.25, 0.5, 0.75, 1], SpendingFunction.OBrienFleming, 0.05);
        Assert.Equal(SequentialSize.For(SampleSize.ForProportions(0.6, 0.05), design, 0.8, 1, SpendingFunction.OBrienFleming).Maximum.Total, futile.RootElement.GetProperty("total").GetInt64());
        Assert.True(futile.RootElement.GetProperty("total").GetInt64() > plain.RootElement.GetProperty("total").GetInt64());
        Assert.True(futile.RootElement.GetProperty("expectedTotal").GetProperty("withoutEffect").GetInt64() < 0.85 * plain.RootElement.GetProperty("expectedTotal").GetProperty("withoutEffect").GetInt64());
    }

    [Theory]
    [InlineData("--sd is missing", "ratio", "--effect", "0.1")]
    [InlineData("--effect is missing", "quantile", "--sd", "10")]
    [InlineData("give one of them", "quantile", "--sd", "10", "--density", "0.1", "--effect", "1")]
    [InlineData("--quantile must be between", "quantile", "--sd", "10", "--effect", "1", "--quantile", "95")]
    [InlineData("--margin must be above 0", "mean", "--sd", "1", "--margin", "0")]
    [InlineData("cannot be shown not to be", "mean", "--sd", "1", "--margin", "0.1", "--effect", "-0.2")]
    [InlineData("nothing could be worse", "proportion", "--baseline", "0.02", "--margin", "0.05")]
    [InlineData("--treatments must lie", "mean", "--sd", "1", "--effect", "0.1", "--treatments", "0")]
    [InlineData("--icc must lie", "mean", "--sd", "1", "--effect", "0.1", "--icc", "2", "--cluster-size", "3")]
    public void Forms_Misuse_IsUsageThatNamesTheOption(string says, params string[] arguments)
    {
        var (code, output, error) = Run(arguments);
        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    private string Definition(string body)
    {
        var file = Path.Combine(_folder, "experiment.yaml");
        File.WriteAllText(file, $"key: size-test\nunit: conversation\nvariants: [ {{ key: control, weight: 0.5 }}, {{ key: treatment, weight: 0.5, promptVersion: b }} ]\n{body}\n---\n{Metrics}\n");
        return file;
    }

    private string Csv(string header, IEnumerable<string> rows)
    {
        var file = Path.Combine(_folder, "pilot.csv");
        File.WriteAllText(file, header + "\n" + string.Join('\n', rows) + "\n");
        return file;
    }

    private static JsonDocument Json(params string[] arguments)
    {
        var (code, output, error) = Run([.. arguments, "--format", "json"]);
        Assert.True(code == 0, error);
        return JsonDocument.Parse(output);
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int code;
        try
        {
            code = SizeCommand.Create().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (UsageException wrong)
        {
            error.WriteLine(wrong.Message);
            code = ExitCode.Usage;
        }
        return (code, output.ToString(), error.ToString());
    }
}
