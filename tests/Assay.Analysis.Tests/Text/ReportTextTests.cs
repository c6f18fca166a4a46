using Assay.Experiments;

namespace Assay.Analysis.Tests;

public sealed class ReportTextTests
{
    private static Report Build(long control, long treatment, long n, AnalysisPlan? plan = null) => ReportBuilder.Build(
        GivenExperiment.With(plan: plan), GivenMoments.Of(GivenMoments.Proportion("resolution", (control, n), (treatment, n))), new ReportOptions { IsFinal = true });

    [Fact]
    public void Lines_StandInTheOrderOfTheContract() =>
        Assert.Equal(["Decision", "How sure", "Cost", "Speed and safety", "Who loses", "Not known", "Next"], ReportText.Lines(Build(600, 650, 1000)).Select(l => l.Label));

    [Fact]
    public void Lines_SpeakInNaturalCounts() =>
        Assert.Equal(
            "SHIP 'treatment': about 5 more of every 100 conversations resolved, 65 % vs 60 %; plausible range 0.8 to 9",
            ReportText.Lines(Build(600, 650, 1000))[0].Text);

    [Theory]
    [InlineData(600, 600, "as many of every 100 conversations resolved, 60 % vs 60 %; plausible range 4 fewer to 4 more")]
    [InlineData(600, 590, "about 10 fewer of every 1,000 conversations resolved, 59.0 % vs 60.0 %")]
    [InlineData(600, 598, "about 2 fewer of every 1,000 conversations resolved, 59.8 % vs 60.0 %")]
    public void Lines_SmallDifferences_ChooseTheirBase(long control, long treatment, string expected)
    {
        Assert.Contains(expected, ReportText.Lines(Build(control, treatment, 1000))[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_SmallerThanWorthwhile_IsSaid() =>
        Assert.Contains("smaller than what was called worthwhile", ReportText.Lines(Build(60_000, 61_000, 100_000, GivenExperiment.Planned(0.05)))[0].Text, StringComparison.Ordinal);

    [Fact]
    public void Write_NoPValueAboveTheDetails()
    {
        var text = ReportText.Write(Build(600, 650, 1000));
        var table = text.IndexOf("adjusted p", StringComparison.Ordinal);
        Assert.True(table > 0);
        Assert.DoesNotContain("p =", text[..table], StringComparison.Ordinal);
        Assert.DoesNotContain("p-value", text[..table], StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_Next_IsACommand()
    {
        Assert.Equal("assay experiments conclude support-prompt --outcome ship --variant treatment", ReportText.Lines(Build(600, 650, 1000))[^1].Text);
        Assert.StartsWith("plan a longer run or a bolder change: assay size proportion --baseline 0.6 --effect 0.05", ReportText.Lines(Build(300, 305, 500, GivenExperiment.Planned(0.05)))[^1].Text, StringComparison.Ordinal);
    }
}
