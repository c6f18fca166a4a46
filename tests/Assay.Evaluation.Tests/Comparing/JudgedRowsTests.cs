namespace Assay.Evaluation.Tests.Comparing;

public sealed class JudgedRowsTests
{
    [Fact]
    public void Compare_TwoJudgesTwoRepeats_SplitsTheVariance()
    {
        ScoreRow[] rows = [.. from c in Enumerable.Range(0, 8) from r in Enumerable.Range(0, 2) from j in (string[])["a", "b"]
            select new ScoreRow { Variant = "v", Case = $"c{c}", Repeat = r, Metric = "quality.clarity", Judge = j, Value = 2 * (c % 2) + (r == 0 ? -1 : 1) + (j == "a" ? 0 : 3) }];
        var variance = Assert.Single(ArenaComparison.Compare(rows, [], new ComparisonOptions { Control = "v" }).Variance);
        Assert.Equal(2, variance.Generation!.Value, 1e-9);
        Assert.Equal(4.5, variance.Judge!.Value, 1e-9);
        Assert.Equal((8, 2, 2), (variance.Cases, variance.Generations, variance.Judges));
    }

    [Fact]
    public void Compare_OneJudge_SaysThatTheSplitIsNotEstimable()
    {
        ScoreRow[] rows = [.. from c in Enumerable.Range(0, 8) from r in Enumerable.Range(0, 2)
            select new ScoreRow { Variant = "v", Case = $"c{c}", Repeat = r, Metric = "q", Judge = "a", Value = c }];
        var variance = Assert.Single(ArenaComparison.Compare(rows, [], new ComparisonOptions { Control = "v" }).Variance);
        Assert.Null(variance.Case);
        Assert.Contains("2 judges", variance.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_RepeatedPassFail_HasPassHatK()
    {
        ScoreRow[] rows = [.. from c in Enumerable.Range(0, 3) from r in Enumerable.Range(0, 4)
            select new ScoreRow { Variant = "v", Case = $"c{c}", Repeat = r, Metric = "done", IsBinary = true, Value = r < new[] { 4, 2, 0 }[c] ? 1 : 0 }];
        var reliability = ArenaComparison.Compare(rows, [], new ComparisonOptions { Control = "v" }).Reliability;
        Assert.Equal([1, 2, 3, 4], reliability.Select(r => r.K));
        Assert.Equal(7.0 / 18, reliability[1].Estimate!.Value, 1e-12);
        // pass@2: 1, 1 − 1/6, 0.
        Assert.Equal((1 + 5.0 / 6) / 3, reliability[1].AnyEstimate!.Value, 1e-12);
        Assert.Equal(Math.Sqrt(0.25 / 12), reliability[0].NaiveStandardError!.Value, 1e-12);
    }
}
