using Assay.Statistics;
using static Assay.Analysis.Tests.GivenAdjustment;

namespace Assay.Analysis.Tests;

/// <summary>Covariates and strata pushed down to a real store give every row the numbers that the statistics library makes of the raw columns.</summary>
public sealed class AdjustmentStoreTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("within-arm")]
    [InlineData("total")]
    public async Task Report_TwoCovariates_AdjustsEveryRowAsTheRawColumns(string theta)
    {
        var units = Draw(21, 1500);
        var report = await ReportAsync($"theta: {theta}, covariate: [{{ attribute: past }}, {{ attribute: age }}]", units, Token);
        var kind = theta == "total" ? CupedTheta.Total : CupedTheta.WithinArm;
        Compare(report, units, (c, t, metric, alpha) =>
        {
            JointMoments x = Joint(c, metric), y = Joint(t, metric);
            return (metric == "per_visit" ? Cuped.Ratios(x, y, alpha, kind) : Cuped.Means(x, y, alpha, kind)).Value.Adjusted;
        }, _ => "cuped");
        var row = report.Metrics[0];
        var arguments = row.MethodArguments;
        Assert.Equal(theta, arguments["thetaKind"]!.GetValue<string>());
        Assert.Equal(["past", "age", "past is missing", "age is missing"], arguments["covariates"]!.AsArray().Select(n => n!.GetValue<string>()));
        Assert.InRange(arguments["varianceReduction"]!.GetValue<double>(), 0.2, 0.6);
        var entering = units.Where(u => u is { Arm: "b", Crossed: false, Spend: not null }).ToList();
        Assert.Equal((double)entering.Count(u => u.Past is null) / entering.Count, arguments["missing"]!["past"]!["b"]!.GetValue<double>(), 1e-12);
    }

    [Fact]
    public async Task Report_Strata_AdjustEveryRowAsTheRawColumns()
    {
        var units = Draw(22, 3000);
        var report = await ReportAsync("strata: [plan, country]", units, Token);
        Compare(report, units, (c, t, metric, alpha) =>
        {
            var pooled = units.Where(u => u.Country == c[0].Country || c.Any(x => x.Country != c[0].Country)).Where(u => c.Any(x => x.Crossed) || !u.Crossed).Where(u => metric != "spend" || u.Spend is not null).ToList();
            var keys = pooled.Select(u => (u.Plan, u.Country)).Distinct().ToList();
            RatioStratum[] strata = [.. keys.Select(k => new RatioStratum(Ratio(c.Where(u => (u.Plan, u.Country) == k), metric), Ratio(t.Where(u => (u.Plan, u.Country) == k), metric)))];
            // The weights are those of all three arms.
            double[] weights = [.. keys.Select(k => (double)pooled.Count(u => (u.Plan, u.Country) == k))];
            return PostStratification.Ratios(strata, alpha, weights: weights).Value.Adjusted;
        }, metric => metric == "per_visit" ? "post-stratified-ratio" : "post-stratified-mean");
        Assert.Equal(["plan", "country"], report.Metrics[0].MethodArguments["attributes"]!.AsArray().Select(n => n!.GetValue<string>()));
        Assert.Equal(8, report.Metrics[0].MethodArguments["strata"]!.AsArray().Count);
        Assert.InRange(report.Metrics[0].VarianceReduction!.Value, 0.3, 0.9);
        Assert.Contains(report.Warnings, w => w.Code == "strata-unknown");
        Assert.DoesNotContain(report.Warnings, w => w.Code is "strata-merged" or "strata-not-used");
    }

    [Fact]
    public async Task Report_SecondLook_KeepsTheStrataOfTheFirst()
    {
        var units = Draw(23, 3200);
        // Two plans with few units at first and many later.
        List<Unit> first = [.. units.Take(1600).Where((u, i) => u.Plan != "team" || i % 8 == 0)];
        var options = new ReportOptions { RemembersLooks = true };
        const string plan = "strata: [plan], looks: 2";
        var look = ReportJson.Read(ReportJson.Write(await ReportAsync(plan, first, q => q, options, Token)));
        Assert.Equal(1, look.Look);
        var kept = look.Looks[0].Strata!.Value;
        Assert.DoesNotContain("team", kept.Select(s => s[0]));
        var later = await ReportAsync(plan, units, q => q with { Strata = kept }, options with { Looks = look.Looks }, Token);
        var free = await ReportAsync(plan, units, q => q, options, Token);
        Assert.Equal((2, 2), (later.Look, free.Look));
        Assert.Equal(kept.Select(s => s[0]), later.Looks[1].Strata!.Value.Select(s => s[0]));
        Assert.Equal(kept.Length + 1, later.Metrics[0].MethodArguments["strata"]!.AsArray().Count);
        Assert.Equal(4, free.Metrics[0].MethodArguments["strata"]!.AsArray().Count);
        Assert.Equal(later.Metrics[0].MethodArguments["strata"]!.AsArray().Sum(s => s!["control"]!["n"]!.GetValue<long>()), later.Metrics[0].Control.N);
    }

    private static void Compare(
        Report report, List<Unit> units, Func<List<Unit>, List<Unit>, string, double, MeanComparison> expected, Func<string, string> method)
    {
        Assert.Equal(6, report.Metrics.Length);
        foreach (var row in report.Metrics)
        {
            Check(row, units.Where(u => !u.Crossed), row.MethodArguments["alpha"]!.GetValue<double>());
            Assert.Equal(method(row.Metric), row.IntentionToTreat!.Method);
            var all = Of(units, row, row.MethodArguments["alpha"]!.GetValue<double>());
            Assert.Equal(all.Difference, row.IntentionToTreat.Difference!.Value, 1e-9);
            Assert.Equal(all.Interval.Low, row.IntentionToTreat.Interval!.Value.Low!.Value, 1e-8);
        }
        Assert.Equal(["DE", "FR"], report.Segments.Select(s => s.Value));
        foreach (var segment in report.Segments)
            foreach (var row in segment.Metrics) Check(row, units.Where(u => !u.Crossed && u.Country == segment.Value), row.MethodArguments["alpha"]!.GetValue<double>());

        void Check(MetricRow row, IEnumerable<Unit> among, double alpha)
        {
            var list = among.ToList();
            var adjusted = Of(list, row, alpha);
            Assert.Equal(method(row.Metric), row.Method);
            Assert.Null(row.NotAdjusted);
            Assert.Equal(adjusted.Difference, row.Difference!.Value, 1e-9);
            Assert.Equal(adjusted.Interval.Low, row.Interval!.Value.Low!.Value, 1e-8);
            Assert.Equal(adjusted.PValue, row.PValue!.Value, 1e-8);
        }

        MeanComparison Of(List<Unit> among, MetricRow row, double alpha) =>
            expected([.. among.Where(u => u.Arm == "control")], [.. among.Where(u => u.Arm == row.Treatment.Variant)], row.Metric, alpha);
    }
}
