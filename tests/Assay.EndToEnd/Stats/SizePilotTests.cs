using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Assay.Cli;
using Assay.Cli.Stats;
using Assay.Statistics;

namespace Assay.EndToEnd.Stats;

/// <summary>Sizes from earlier data, and the curve of effect against days.</summary>
public sealed class SizePilotTests : IDisposable
{
    private const int Seed = 20260801;
    private readonly string _folder = Directory.CreateTempSubdirectory("assay-pilot").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Mean_Pilot_SaysWhatItAssumedAndHowWellItIsKnown()
    {
        var values = Values(400, r => -Math.Log(1 - r.NextDouble()));
        using var json = Json("mean", "--pilot", Csv("value", values.Select(v => Text(v))), "--column", "value", "--effect", "0.1");
        var assumed = json.RootElement.GetProperty("assumed");
        var moments = SampleMoments.FromValues(values);
        Assert.Equal(400, assumed.GetProperty("units").GetInt64());
        Assert.Equal(moments.Mean, assumed.GetProperty("baseline").GetDouble(), 1e-9);
        Assert.Equal(Math.Sqrt(moments.Variance), assumed.GetProperty("sd").GetDouble(), 1e-9);
        Assert.InRange(assumed.GetProperty("skewness").GetDouble(), 1, 3);
        long low = json.RootElement.GetProperty("totalInterval")[0].GetInt64(), high = json.RootElement.GetProperty("totalInterval")[1].GetInt64();
        Assert.Equal(SampleSize.ForMeans(Math.Sqrt(moments.Variance), 0.1).Total, json.RootElement.GetProperty("total").GetInt64());
        Assert.True(low < json.RootElement.GetProperty("total").GetInt64() && json.RootElement.GetProperty("total").GetInt64() < high);
    }

    [Fact]
    public void Mean_TooSmallPilot_IsSaidToBe()
    {
        var (code, output, error) = Run("mean", "--pilot", Csv("value", Values(12, r => r.NextDouble()).Select(Text)), "--column", "value", "--effect", "0.1");
        Assert.Equal(0, code);
        Assert.Contains("Assumed, from 12 units of the pilot", output, StringComparison.Ordinal);
        Assert.Contains("too few to plan from", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Mean_Cluster_CountsTheDesignEffect()
    {
        var random = new Random(Seed);
        var rows = Enumerable.Range(0, 200).SelectMany(team =>
        {
            var own = random.NextDouble();
            return Enumerable.Range(0, 5).Select(_ => $"{Text(own + 0.5 * random.NextDouble())},team{team}");
        });
        var file = Csv("value,team", rows);
        using var plain = Json("mean", "--pilot", file, "--column", "value", "--effect", "0.1");
        using var clustered = Json("mean", "--pilot", file, "--column", "value", "--cluster", "team", "--effect", "0.1");
        var assumed = clustered.RootElement.GetProperty("assumed");
        Assert.InRange(assumed.GetProperty("icc").GetDouble(), 0.6, 0.95);
        Assert.Equal(5, assumed.GetProperty("meanClusterSize").GetDouble(), 1e-9);
        var factor = assumed.GetProperty("designEffect").GetDouble();
        Assert.Equal(1 + 4 * assumed.GetProperty("icc").GetDouble(), factor, 1e-6);
        Assert.Equal(factor, (double)clustered.RootElement.GetProperty("total").GetInt64() / plain.RootElement.GetProperty("total").GetInt64(), 0.05);
    }

    [Fact]
    public void Mean_Covariate_CountsWhatItSaves()
    {
        var random = new Random(Seed);
        var rows = Enumerable.Range(0, 1000).Select(_ => random.NextDouble()).Select(x => $"{Text(x + random.NextDouble())},{Text(x)}");
        var file = Csv("value,before", rows);
        using var plain = Json("mean", "--pilot", file, "--column", "value", "--effect", "0.05");
        using var adjusted = Json("mean", "--pilot", file, "--column", "value", "--covariate", "before", "--effect", "0.05");
        var correlation = adjusted.RootElement.GetProperty("assumed").GetProperty("correlation").GetDouble();
        Assert.Equal(Math.Sqrt(0.5), correlation, 0.05);
        Assert.Equal(1 - correlation * correlation, (double)adjusted.RootElement.GetProperty("total").GetInt64() / plain.RootElement.GetProperty("total").GetInt64(), 0.01);
    }

    [Theory]
    [InlineData("pilot.jsonl")]
    [InlineData("pilot.csv")]
    public void Proportion_Pilot_GivesTheBaseline(string name)
    {
        var file = Path.Combine(_folder, name);
        var rows = Enumerable.Range(0, 500).Select(i => i % 5 < 3);
        File.WriteAllLines(file, name.EndsWith("csv", StringComparison.Ordinal) ? rows.Select(r => r ? "TRUE" : "FALSE").Prepend("ok") : rows.Select(r => $"{{\"ok\":{(r ? "true" : "false")}}}"));
        using var json = Json("proportion", "--pilot", file, "--column", "ok", "--effect", "0.05");
        Assert.Equal(1471, json.RootElement.GetProperty("perArm").GetInt64());
        Assert.Equal(0.6, json.RootElement.GetProperty("assumed").GetProperty("baseline").GetDouble(), 1e-12);
    }

    [Fact]
    public void File_WidePilotOfARatio_IsSizedByTheDeltaMethod()
    {
        var random = new Random(Seed);
        double[] x = [.. Enumerable.Range(0, 600).Select(_ => 1.0 + random.Next(4))], y = [.. x.Select(v => v * (1 + random.NextDouble()))];
        var pilot = Csv("cost,calls", x.Zip(y, (d, n) => $"{Text(n)},{Text(d)}"));
        var file = Definition("type: ratio, numerator: { column: cost }, denominator: { column: calls }, better: lower", "minimumEffect: 0.05");
        using var json = Json(file, "--pilot", pilot);
        var variance = UnitVariance.OfRatio(RatioMoments.FromValues(y, x)).Value;
        // t at so many units against the normal formula: a unit or two.
        Assert.Equal(NormalSampleSize.For(variance, variance, 0.05).Total, json.RootElement.GetProperty("total").GetInt64(), 6.0);
        Assert.Contains("delta method", json.RootElement.GetProperty("method").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void File_WidePilotOfAQuantile_IsSizedByOrderStatistics()
    {
        var pilot = Csv("ms", Values(4000, r => -Math.Log(1 - r.NextDouble())).Select(Text));
        var file = Definition("type: quantile, quantile: 0.9, column: ms, better: lower", "minimumEffect: 0.2");
        using var json = Json(file, "--pilot", pilot);
        // Exponential: σ² = .9 · .1 / .1² = 9.
        Assert.Equal(3, json.RootElement.GetProperty("assumed").GetProperty("sd").GetDouble(), 0.5);
        long low = json.RootElement.GetProperty("totalInterval")[0].GetInt64(), high = json.RootElement.GetProperty("totalInterval")[1].GetInt64(), truth = NormalSampleSize.For(9, 9, 0.2).Total;
        Assert.True(low < truth && truth < high, $"{low} {truth} {high}");
    }

    [Fact]
    public void File_PilotWithVariants_CountsTheControlsRows()
    {
        var pilot = Csv("arm,csat", Enumerable.Range(0, 300).Select(i => i % 3 == 0 ? "treatment,9" : $"control,{Text(i % 5)}"));
        var file = Definition("type: mean, column: csat, better: higher", "minimumEffect: 0.2");
        using var json = Json(file, "--pilot", pilot);
        Assert.Equal(200, json.RootElement.GetProperty("assumed").GetProperty("units").GetInt64());
        Assert.InRange(json.RootElement.GetProperty("assumed").GetProperty("baseline").GetDouble(), 1.9, 2.1);
    }

    [Fact]
    public void File_ExportOfEvents_IsReadAsAnalyzeReadsIt()
    {
        var events = Path.Combine(_folder, "events.jsonl");
        File.WriteAllLines(events, Enumerable.Range(0, 200).SelectMany(i => new[]
        {
            $$"""{"type":"exposure","id":"x{{i}}","timestamp":"2026-03-02T00:00:00Z","experiment":"size-test","unit":"u{{i}}","version":1,"variant":"{{(i % 2 == 0 ? "control" : "treatment")}}","bucket":0.5,"propensity":0.5,"reason":"assigned"}""",
            $$"""{"type":"outcome","id":"o{{i}}","timestamp":"2026-03-02T00:10:00Z","experiment":"size-test","unit":"u{{i}}","metric":"csat","value":{{(i / 2) % 5}}}""",
        }));
        var file = Path.Combine(_folder, "live.yaml");
        File.WriteAllText(file, "key: size-test\nunit: conversation\nvariants: [ { key: control }, { key: treatment } ]\nmetrics: { primary: csat }\nplan: { minimumEffect: 0.2 }\n---\nmetrics:\n  csat: { type: mean, event: csat, better: higher }\n");
        using var json = Json(file, "--pilot", events);
        var assumed = json.RootElement.GetProperty("assumed");
        Assert.Equal(100, assumed.GetProperty("units").GetInt64());
        Assert.Equal(2, assumed.GetProperty("baseline").GetDouble(), 1e-9);
        Assert.Equal(0, assumed.GetProperty("skewness").GetDouble(), 1e-9);
        Assert.Equal(Math.Sqrt(2 * 100 / 99.0), assumed.GetProperty("sd").GetDouble(), 1e-9);
    }

    [Fact]
    public void Daily_Curve_ReachesTheEffectOnTheDayItSays()
    {
        var svg = Path.Combine(_folder, "curve.svg");
        using var json = Json("proportion", "--baseline", "0.6", "--effect", "0.05", "--daily", "400", "--looks", "4", "--svg", svg);
        var days = json.RootElement.GetProperty("days").GetInt64();
        Assert.Equal(8, days);
        var points = json.RootElement.GetProperty("curve").EnumerateArray().ToArray();
        Assert.Equal(400, points[0].GetProperty("units").GetInt64());
        double At(long day) => points.First(p => p.GetProperty("day").GetInt64() == day).GetProperty("effect").GetDouble();
        Assert.True(At(days) <= 0.05 && At(days - 1) > 0.05);
        var effects = points.Select(p => p.GetProperty("effect").GetDouble()).ToArray();
        Assert.Equal(effects.OrderDescending(), effects);
        var picture = File.ReadAllText(svg);
        var document = System.Xml.Linq.XDocument.Parse(picture);
        Assert.Equal("svg", document.Root!.Name.LocalName);
        Assert.Contains("days of traffic", picture, StringComparison.Ordinal);
        Assert.Contains("wanted: 5", picture, StringComparison.Ordinal);
        Assert.Contains("8 days", picture, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", picture, StringComparison.Ordinal);
        Assert.DoesNotContain("href", picture, StringComparison.Ordinal);
        var expected = json.RootElement.GetProperty("expectedTotal");
        Assert.InRange(expected.GetProperty("atEffect").GetInt64(), 2000, 2999);
    }

    [Fact]
    public void Daily_ForPeople_DrawsTheCurve()
    {
        var (_, output, _) = Run("mean", "--sd", "2", "--effect", "0.3", "--daily", "50");
        Assert.Contains("●", output, StringComparison.Ordinal);
        Assert.Contains("day 1", output, StringComparison.Ordinal);
        Assert.Contains("0.3 ┤┄", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("all its values are the same", "1", "1", "1")]
    [InlineData("a share needs values of 0 and 1", "0", "1", "7")]
    public void Proportion_PilotWithoutAShare_IsRefused(string said, params string[] values)
    {
        var (code, output, error) = Run("proportion", "--pilot", Csv("value", values), "--column", "value", "--effect", "0.05");
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    private string Definition(string metric, string plan)
    {
        var file = Path.Combine(_folder, "experiment.yaml");
        File.WriteAllText(file, $"key: size-test\nunit: user\nvariants: [ {{ key: control }}, {{ key: treatment }} ]\nmetrics: {{ primary: outcome }}\nplan: {{ {plan} }}\n---\ndata: {{ variant: arm, metrics: {{ outcome: {{ {metric} }} }} }}\n");
        return file;
    }

    private string Csv(string header, IEnumerable<string> rows)
    {
        var file = Path.Combine(_folder, $"pilot-{header.Replace(',', '-')}.csv");
        File.WriteAllLines(file, rows.Prepend(header));
        return file;
    }

    private static double[] Values(int n, Func<Random, double> draw)
    {
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, n).Select(_ => draw(random))];
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

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
