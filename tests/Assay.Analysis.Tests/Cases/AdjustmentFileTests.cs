using System.Globalization;
using Assay.Experiments;
using Assay.Storage;

namespace Assay.Analysis.Tests;

/// <summary>Covariates and strata that can do nothing, from recorded files: plain words instead of numbers.</summary>
public sealed class AdjustmentFileTests
{
    private const string Wide = "{ unit: id, variant: arm, metrics: { spend: { type: mean, column: spend } } }";
    private const string Long = "{ columns: { unit: id, metric: name, value: value, variant: arm } }";

    private sealed record Row(string Arm, double Spend, string Past, string Plan);

    private static List<Row> Draw(int count, Func<Random, int, (string Past, string Plan)> known)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(i => known(random, i) is var (past, plan)
            ? new Row(i % 2 == 0 ? "control" : "treatment", (plan == "pro" ? 5 : 0) + random.NextDouble(), past, plan) : null!)];
    }

    [Theory]
    [InlineData("covariate: { attribute: past }", "3", "covariate-not-used", "the same for all units")]
    [InlineData("covariate: { attribute: past }", "", "covariate-not-used", "no unit has a value")]
    [InlineData("covariate: [{ attribute: past }, { attribute: spend }]", "3", "covariate-not-used", "determine the outcome")]
    public async Task Report_CovariateWithoutUse_SaysSo(string plan, string past, string code, string words)
    {
        var report = await ReportAsync(plan, Wide, Lines(Draw(200, (_, i) => (past, "free"))));
        Assert.Equal("welch-t", report.Metrics[0].Method);
        Assert.Null(report.Metrics[0].VarianceReduction);
        Assert.Contains(words, report.Metrics[0].NotAdjusted, StringComparison.Ordinal);
        Assert.Contains(report.Warnings, w => w.Code == code && w.Text.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Report_OneOfTwoCovariatesUnknown_IsNamedAndTheOtherUsed()
    {
        var report = await ReportAsync("covariate: [{ attribute: past }, { attribute: empty }]", Wide, Lines(Draw(200, (r, _) => (r.NextDouble().ToString("R", CultureInfo.InvariantCulture), "free"))));
        Assert.Equal("cuped", report.Metrics[0].Method);
        Assert.Contains(report.Warnings, w => w.Code == "covariate-unknown" && w.Text.Contains("empty", StringComparison.Ordinal));
        Assert.DoesNotContain(report.Warnings, w => w.Code is "covariate-missing" or "covariate-not-used");
    }

    [Fact]
    public async Task Report_StratumEmptyInOneArm_IsMergedAndSaid()
    {
        // "team" is in the control alone, with as many units as it takes.
        var rows = Draw(400, (r, i) => ("1", i % 2 == 0 && i % 5 == 0 ? "team" : r.Next(2) == 0 ? "free" : "pro"));
        var report = await ReportAsync("strata: [plan]", Wide, Lines(rows));
        var row = report.Metrics[0];
        Assert.Equal("post-stratified-mean", row.Method);
        Assert.Contains(report.Warnings, w => w.Code == "strata-merged" && w.Text.Contains("1 of 3 strata", StringComparison.Ordinal));
        var strata = row.MethodArguments["strata"]!.AsArray();
        Assert.Equal(2, strata.Count);
        Assert.Equal(2, strata[^1]!["values"]!.AsArray().Count);
        Assert.Equal(1, strata.Sum(s => s!["weight"]!.GetValue<double>()), 1e-12);
    }

    [Theory]
    [InlineData("strata: [plan]")]
    [InlineData("covariate: { attribute: past }")]
    public async Task Report_ArmsOfUnlikeMixes_AreNoOutliers(string plan)
    {
        // Many more of the treatment's units are on the dear plan: the adjustment moves the difference by far, and no unit is to blame.
        var report = await ReportAsync(plan, Wide, Lines(Draw(600, (r, i) => r.Next(10) < (i % 2 == 0 ? 3 : 6) ? ("1", "pro") : ("0", "free"))));
        var row = report.Metrics[0];
        Assert.True(Math.Abs(row.UnadjustedDifference!.Value - row.Difference!.Value) > 1);
        var tail = Assert.Single(report.Diagnostics!.Outliers);
        Assert.Equal(row.UnadjustedDifference.Value, tail.Difference!.Value, 1e-9);
        Assert.All(tail.Without, o => Assert.Equal(tail.Difference.Value, o.Difference!.Value, 0.1));
    }

    [Theory]
    [InlineData(1, "all units are in one stratum")]
    [InlineData(200, "fewer than two strata have 10 units in every arm")]
    public async Task Report_StrataThatTellNothingApart_SaysSo(int plans, string words)
    {
        var report = await ReportAsync("strata: [plan]", Wide, Lines(Draw(400, (_, i) => ("1", "p" + i % plans))));
        Assert.Equal("welch-t", report.Metrics[0].Method);
        Assert.Contains(words, report.Metrics[0].NotAdjusted, StringComparison.Ordinal);
        Assert.Contains(report.Warnings, w => w.Code == "strata-not-used" && w.Text.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Report_LongFile_HasTheStrataOfTheFirstRow()
    {
        var rows = Draw(300, (r, _) => ("1", r.Next(3) switch { 0 => "free", 1 => "pro", _ => "" }));
        var wide = (await ReportAsync("strata: [plan]", Wide, Lines(rows))).Metrics[0];
        var row = (await ReportAsync("strata: [plan]", Long, rows.Select((r, i) => string.Create(CultureInfo.InvariantCulture, $"u{i},{r.Arm},spend,{r.Spend:R},{r.Plan}")).Prepend("id,arm,name,value,plan"))).Metrics[0];
        Assert.Equal("post-stratified-mean", row.Method);
        Assert.Equal(wide.Difference!.Value, row.Difference!.Value, 1e-12);
        Assert.Equal(wide.Interval!.Value.Low!.Value, row.Interval!.Value.Low!.Value, 1e-12);
        Assert.Equal(3, row.MethodArguments["strata"]!.AsArray().Count);
    }

    private static IEnumerable<string> Lines(List<Row> rows) =>
        rows.Select((r, i) => string.Create(CultureInfo.InvariantCulture, $"u{i},{r.Arm},{r.Spend:R},{r.Past},{r.Plan},")).Prepend("id,arm,spend,past,plan,empty");

    private static async Task<Report> ReportAsync(string plan, string data, IEnumerable<string> lines)
    {
        var file = Path.Combine(Path.GetTempPath(), $"assay-adjust-{Guid.NewGuid():N}.csv");
        try
        {
            await File.WriteAllLinesAsync(file, lines, TestContext.Current.CancellationToken);
            var read = DefinitionReader.ReadText($$"""
                key: pre
                unit: user
                variants: [{ key: control }, { key: treatment }]
                metrics: { primary: spend }
                plan: { minimumEffect: 0.1, sd: 1, {{plan}} }
                ---
                metrics: { spend: { type: mean, event: spend, better: higher } }
                ---
                data: {{data}}
                """);
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
}
