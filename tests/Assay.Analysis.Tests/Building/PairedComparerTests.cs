namespace Assay.Analysis.Tests;

public sealed class PairedComparerTests
{
    [Fact]
    public void Compare_YesNo_UsesMcNemarsExactTest()
    {
        // 36 against 20 discordant pairs: statsmodels, as in oracles/statistics.json.
        double[] control = [.. Enumerable.Repeat(1.0, 36), .. Enumerable.Repeat(0.0, 20), .. Enumerable.Repeat(1.0, 44)];
        double[] treatment = [.. Enumerable.Repeat(0.0, 36), .. Enumerable.Repeat(1.0, 20), .. Enumerable.Repeat(1.0, 44)];
        var report = PairedComparer.Compare("correct", control, treatment, 0.05, ["a"], []);
        Assert.Equal("mcnemar", report.Method);
        Assert.Equal(0.044046546102150766, report.PValue!.Value, 1e-10);
        Assert.Equal(-0.16, report.Difference!.Value, 1e-12);
        Assert.Equal((20, 36, 44, 100), (report.Wins, report.Losses, report.Ties, report.Pairs));
        Assert.True(report.Interval!.Value.High < 0);
        Assert.Equal(1, report.OnlyInControlCount);
    }

    [Fact]
    public void Compare_Numbers_UsesThePairedT()
    {
        var report = PairedComparer.Compare("score", [1, 2, 3, 4], [2, 2.5, 4.5, 4], 0.05, [], []);
        Assert.Equal(("paired-t", 0.75), (report.Method, report.Difference));
        // By hand: sd of 1, .5, 1.5, 0 is .6455, t = .75 / (.6455 / 2) = 2.3238 with 3 degrees of freedom.
        Assert.Equal(0.1027, report.PValue!.Value, 1e-4);
    }

    [Fact]
    public void Compare_NoItemDiffers_IsNotEstimableWithTheReason()
    {
        var report = PairedComparer.Compare("correct", [1, 0, 1], [1, 0, 1], 0.05, [], []);
        Assert.Equal((RowStatus.NotEstimable, (double?)null, (ReportInterval?)null), (report.Status, report.PValue, report.Interval));
        Assert.Contains("agree", report.Reason, StringComparison.Ordinal);
        Assert.Equal(0, report.Difference);
    }

    [Fact]
    public void Compare_UnequalLengths_Throws() =>
        Assert.Throws<ArgumentException>(() => PairedComparer.Compare("x", [1], [1, 2], 0.05, [], []));
}
