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

    [Fact]
    public void Compare_RepeatedPassFailOfTwoVariants_PairsPassHatKByCase()
    {
        ScoreRow[] Rows(string variant, params int[] passes) => [.. from c in Enumerable.Range(0, passes.Length) from r in Enumerable.Range(0, 4)
            select new ScoreRow { Variant = variant, Case = $"c{c}", Repeat = r, Metric = "done", IsBinary = true, Value = r < passes[c] ? 1 : 0 }];
        var control = Enumerable.Range(0, 40).Select(c => new[] { 4, 2, 0, 3 }[c % 4]).ToArray();
        var treatment = Enumerable.Range(0, 40).Select(c => new[] { 4, 4, 1, 3 }[c % 4]).ToArray();
        var compared = ArenaComparison.Compare([.. Rows("a", control), .. Rows("b", treatment)], [], new ComparisonOptions { Control = "a" });
        Assert.Equal([2, 3, 4], compared.ReliabilityDifferences.Select(d => d.K));
        // k = 2: every fourth case goes from 1/6 to 1, the others stay. The paired error is that of ten 5/6 and thirty 0.
        var two = compared.ReliabilityDifferences[0];
        Assert.Equal(5.0 / 24, two.Difference, 1e-12);
        var error = Math.Sqrt(10 * 30 / 40.0 * Math.Pow(5.0 / 6, 2) / 39 / 40);
        Assert.Equal(error, (two.Interval!.Value.High - two.Difference) / 2.0226909, 1e-6);
        Assert.Equal(("paired-t", 40, 40), (two.Method, two.Cases, two.Units));
        Assert.True(two.PValue < 0.001 && two.AdjustedPValue >= two.PValue);
        // The difference of means of the two variants' own rows is the same number.
        var rows = compared.Reliability.Where(r => r.K == 2).ToDictionary(r => r.Variant, r => r.Estimate!.Value);
        Assert.Equal(rows["b"] - rows["a"], two.Difference, 1e-12);
    }

    [Fact]
    public void Compare_RepeatedPassFailOfFewCases_HasAnExactTestAndBoundedInterval()
    {
        ScoreRow[] rows = [.. from v in (string[])["a", "b"] from c in Enumerable.Range(0, 6) from r in Enumerable.Range(0, 2)
            select new ScoreRow { Variant = v, Case = $"c{c}", Repeat = r, Metric = "done", IsBinary = true, Value = v == "b" ? 1 : 0 }];
        var only = Assert.Single(ArenaComparison.Compare(rows, [], new ComparisonOptions { Control = "a" }).ReliabilityDifferences);
        Assert.Equal(("sign-flip-exact", 1.0, 2 / 64.0), (only.Method, only.Difference, only.PValue!.Value));
        Assert.True(only.Interval!.Value is { Low: >= -1, High: <= 1 });
    }
}
