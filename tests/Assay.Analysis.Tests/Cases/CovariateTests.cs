using System.Globalization;
using Assay.Experiments;
using Assay.Statistics;
using Assay.Storage;

namespace Assay.Analysis.Tests;

/// <summary>A covariate from a recorded file to the report, through the real SQL; the same numbers as the statistics library makes of the raw columns.</summary>
public sealed class CovariateTests
{
    private const int Units = 1200;

    private static string Definition(string primary, string data) => $$"""
        key: pre
        unit: user
        variants: [{ key: control }, { key: treatment }]
        metrics: { primary: {{primary}} }
        plan: { minimumEffect: 0.1, sd: 1, covariate: { attribute: past } }
        ---
        metrics:
          spend: { type: mean, event: spend, better: higher }
          bought: { type: proportion, event: bought, better: higher }
          per_visit: { type: ratio, numerator: { event: spend }, denominator: { event: visits }, better: higher }
        ---
        data: {{data}}
        """;

    private const string Wide = "{ unit: id, variant: arm, metrics: { spend: { type: mean, column: spend }, bought: { type: proportion, column: bought }, per_visit: { type: ratio, numerator: { column: spend }, denominator: { column: visits } } }, covariates: [past] }";

    [Fact]
    public async Task Analyze_CovariateWithGaps_ShrinksTheIntervalAndEqualsTheRawColumns()
    {
        var rows = Draw(11);
        var row = (await ReportAsync(Definition("spend", Wide), rows)).Metrics[0];
        double[] Y(string arm) => [.. rows.Where(r => r.Arm == arm).Select(r => r.Spend)];
        double?[] X(string arm) => [.. rows.Where(r => r.Arm == arm).Select(r => r.Past)];
        var filled = MissingCovariate.Fill(X("control"), X("treatment"), 0.05).Value;
        var expected = Cuped.Means(
            JointMoments.FromColumns(Y("control"), filled.Control, filled.ControlMissing),
            JointMoments.FromColumns(Y("treatment"), filled.Treatment, filled.TreatmentMissing), row.MethodArguments["alpha"]!.GetValue<double>()).Value;
        Assert.Equal("cuped", row.Method);
        Assert.Equal(expected.Adjusted.Difference, row.Difference!.Value, 1e-9);
        Assert.Equal(expected.Adjusted.Interval.Low, row.Interval!.Value.Low!.Value, 1e-9);
        Assert.Equal(expected.VarianceReduction, row.VarianceReduction!.Value, 1e-9);
        Assert.Equal(expected.Lift.Value.Lift, row.RelativeDifference!.Value, 1e-9);
        Assert.InRange(row.VarianceReduction.Value, 0.3, 0.9);
        Assert.Equal(Y("treatment").Average() - Y("control").Average(), row.UnadjustedDifference!.Value, 1e-9);
        // What an arm shows is what it is.
        Assert.Equal(Y("control").Average(), row.Control.Value!.Value, 1e-9);
        var plain = (await ReportAsync(Definition("spend", Wide).Replace(", covariate: { attribute: past }", "", StringComparison.Ordinal), rows)).Metrics[0];
        Assert.True(Width(row) < 0.85 * Width(plain), $"{Width(row)} is not clearly narrower than {Width(plain)}");
        Assert.Null(plain.VarianceReduction);
    }

    [Fact]
    public async Task Analyze_MissingValues_AreSaid()
    {
        var report = await ReportAsync(Definition("spend", Wide), Draw(12));
        Assert.Contains(report.Warnings, w => w.Code == "covariate-missing");
        Assert.DoesNotContain(report.Warnings, w => w.Code is "covariate-missing-differs" or "covariate-not-used");
        Assert.Contains("off its variance", ReportText.Write(report), StringComparison.Ordinal);
        var touched = await ReportAsync(Definition("spend", Wide), Draw(12).Select((r, i) => r.Arm == "control" || i % 3 > 0 ? r : r with { Past = null }).ToList());
        Assert.Contains(touched.Warnings, w => w.Code == "covariate-missing-differs");
        var empty = await ReportAsync(Definition("spend", Wide), Draw(12).ConvertAll(r => r with { Past = null }));
        Assert.Contains(empty.Warnings, w => w.Code == "covariate-not-used");
        Assert.Equal("welch-t", empty.Metrics[0].Method);
    }

    [Theory]
    [InlineData("bought")]
    [InlineData("per_visit")]
    public async Task Analyze_ProportionsAndRatios_AreAdjustedToo(string primary)
    {
        var rows = Draw(13).ConvertAll(r => r with { Past = r.Past ?? 0 });
        var row = (await ReportAsync(Definition(primary, Wide), rows)).Metrics[0];
        double[] Column(string arm, Func<Row, double> of) => [.. rows.Where(r => r.Arm == arm).Select(of)];
        JointMoments Joint(string arm) => primary == "bought"
            ? JointMoments.FromColumns(Column(arm, r => r.Bought), Column(arm, r => r.Past!.Value))
            : JointMoments.FromColumns(Column(arm, r => r.Spend), Column(arm, r => r.Visits), Column(arm, r => r.Past!.Value));
        var alpha = row.MethodArguments["alpha"]!.GetValue<double>();
        var expected = (primary == "bought" ? Cuped.Means(Joint("control"), Joint("treatment"), alpha) : Cuped.Ratios(Joint("control"), Joint("treatment"), alpha)).Value;
        Assert.Equal(expected.Adjusted.Difference, row.Difference!.Value, 1e-9);
        Assert.Equal(expected.Adjusted.Interval.High, row.Interval!.Value.High!.Value, 1e-9);
        Assert.Equal(expected.VarianceReduction, row.VarianceReduction!.Value, 1e-9);
    }

    [Fact]
    public async Task Analyze_LongFile_TakesTheCovariateOfTheFirstRow()
    {
        var rows = Draw(14);
        var wide = (await ReportAsync(Definition("spend", Wide), rows)).Metrics[0];
        const string Long = "{ columns: { unit: id, metric: name, value: value, variant: arm }, covariates: [past] }";
        var lines = rows.Select((r, i) => string.Create(CultureInfo.InvariantCulture, $"u{i},{r.Arm},spend,{r.Spend:R},{r.Past:R}")).Prepend("id,arm,name,value,past");
        var row = (await ReportAsync(Definition("spend", Long), lines)).Metrics[0];
        Assert.Equal(wide.Difference!.Value, row.Difference!.Value, 1e-9);
        Assert.Equal(wide.VarianceReduction!.Value, row.VarianceReduction!.Value, 1e-9);
    }

    private static double Width(MetricRow row) => row.Interval!.Value.High!.Value - row.Interval!.Value.Low!.Value;

    private static Task<Report> ReportAsync(string definition, List<Row> rows) => ReportAsync(definition, rows.Select((r, i) =>
        string.Create(CultureInfo.InvariantCulture, $"u{i},{r.Arm},{r.Spend:R},{r.Bought},{r.Visits},{r.Past:R}")).Prepend("id,arm,spend,bought,visits,past"));

    private static async Task<Report> ReportAsync(string definition, IEnumerable<string> lines)
    {
        var file = Path.Combine(Path.GetTempPath(), $"assay-covariate-{Guid.NewGuid():N}.csv");
        try
        {
            await File.WriteAllLinesAsync(file, lines, TestContext.Current.CancellationToken);
            var read = DefinitionReader.ReadText(definition);
            Assert.True(read.Definitions is not null, string.Join('\n', read.Errors));
            var experiment = read.Definitions.Experiments[0];
            var opened = await FileMomentSource.OpenAsync([file], read.Definitions.Data, experiment, TestContext.Current.CancellationToken);
            Assert.True(opened.Source is not null, string.Join('\n', opened.Problems));
            using var source = opened.Source;
            return ReportBuilder.Build(experiment, await source.ReadMomentsAsync(MomentsQueries.For(experiment, 1), TestContext.Current.CancellationToken), new ReportOptions { IsFinal = true });
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static List<Row> Draw(int seed)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var rows = new List<Row>();
        for (var i = 0; i < Units; i++)
        {
            var arm = i % 2 == 0 ? "control" : "treatment";
            double past = 10 + 2 * Normal(), spend = 5 + past + 1.2 * Normal() + (arm == "treatment" ? 0.2 : 0);
            rows.Add(new Row(arm, spend, spend + Normal() > 15 ? 1 : 0, 1 + random.Next(3), random.Next(10) == 0 ? null : past));
        }
        return rows;
    }

    private sealed record Row(string Arm, double Spend, int Bought, int Visits, double? Past);
}
