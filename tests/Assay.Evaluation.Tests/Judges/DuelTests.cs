namespace Assay.Evaluation.Tests.Judges;

public sealed class DuelTests
{
    private static readonly Func<ModelCall, string> PrefersGood = call =>
        $$"""{"reason": "said well", "winner": "{{(Given.Block(call, "ANSWER A").Contains("good") ? "A" : "B")}}"}""";

    [Theory]
    [InlineData("good", "poor", 0.0)]
    [InlineData("poor", "good", 1.0)]
    public async Task Compare_WhateverTheOrder_TheSameAnswerWins(string control, string treatment, double expected)
    {
        var judge = new Judge(Given.Judge(JudgeMode.Pairwise), new FakeCaller(PrefersGood));
        for (var i = 0; i < 8; i++)
        {
            var row = Assert.Single((await judge.CompareAsync(Given.Case($"c{i}"), Given.Said("a", control), Given.Said("b", treatment), 0)).Verdicts);
            Assert.Equal(expected, row.TreatmentScore);
            Assert.Equal("said well", row.Reason);
            Assert.Equal((4, 4), (row.LengthA, row.LengthB));
        }
    }

    [Fact]
    public async Task Compare_JudgeThatTakesTheFirst_IsSeenThroughByTheStoredOrder()
    {
        var judge = new Judge(Given.Judge(JudgeMode.Pairwise), new FakeCaller(_ => """{"winner": "A"}"""));
        for (var i = 0; i < 20; i++)
        {
            var row = (await judge.CompareAsync(Given.Case($"c{i}"), Given.Said("a", "x"), Given.Said("b", "y"), 0)).Verdicts[0];
            Assert.Equal(row.ShownFirst == "b" ? 1.0 : 0.0, row.TreatmentScore);
        }
    }

    [Fact]
    public async Task Compare_BothOrders_AskTwiceInBothOrders()
    {
        var caller = new FakeCaller(_ => """{"winner": "A"}""");
        var rows = (await new Judge(Given.Judge(JudgeMode.Pairwise) with { Orders = OrderRule.Both }, caller).CompareAsync(Given.Case(), Given.Said("a", "x"), Given.Said("b", "y"), 0)).Verdicts;
        Assert.Equal(2, caller.Calls.Count);
        Assert.Equal(["a", "b"], rows.Select(r => r.ShownFirst).Order());
        Assert.Equal(0.5, rows.Average(r => r.TreatmentScore));
    }

    [Fact]
    public void TreatmentFirst_ManyCases_IsAFairCoinThatFallsTheSameAgain()
    {
        bool[] Orders(long seed) => [.. Enumerable.Range(0, 2000).Select(i => ShownOrder.TreatmentFirst(seed, "j", $"c{i}", "a", "b", i % 3, 0))];
        Assert.InRange(Orders(1).Count(f => f), 890, 1110);
        Assert.Equal(Orders(1), Orders(1));
        Assert.InRange(Orders(1).Zip(Orders(2)).Count(p => p.First == p.Second), 890, 1110);
    }

    [Fact]
    public async Task Compare_SameText_IsATieWithoutACall()
    {
        var caller = new FakeCaller(_ => """{"winner": "A"}""");
        var row = (await new Judge(Given.Judge(JudgeMode.Pairwise), caller).CompareAsync(Given.Case(), Given.Said("a", "x"), Given.Said("b", "x"), 0)).Verdicts[0];
        Assert.Equal(0.5, row.TreatmentScore);
        Assert.Empty(caller.Calls);
    }

    [Fact]
    public async Task Round_ThreeAnswers_IsThreePairs()
    {
        var rows = (await new Judge(Given.Judge(JudgeMode.Pairwise), new FakeCaller(PrefersGood)).RoundAsync(Given.Case(), [Given.Said("a", "poor"), Given.Said("b", "good"), Given.Said("c", "meh")], 0)).Verdicts;
        Assert.Equal(["a-b", "a-c", "b-c"], rows.Select(r => $"{r.A}-{r.B}"));
        Assert.Equal([1.0, 0.0], new[] { rows[0].TreatmentScore!.Value, rows[2].TreatmentScore!.Value });
    }

    [Fact]
    public async Task Compare_VotingPanel_IsDecidedByTheMajority()
    {
        var spec = Given.Judge(JudgeMode.Pairwise) with { Members = [new("u", "m1"), new("u", "m2"), new("u", "m3")], Panel = PanelRule.Vote };
        var caller = new FakeCaller(call => call.Model == "m3" ? """{"winner": "TIE"}""" : PrefersGood(call));
        var judged = await new Judge(spec, caller).CompareAsync(Given.Case(), Given.Said("a", "poor"), Given.Said("b", "good"), 0);
        var row = Assert.Single(judged.Verdicts);
        Assert.Equal((1.0, "quality", "votes: b 2, a 0, tie 1"), (row.TreatmentScore, row.Judge, row.Reason));
        Assert.Equal(["quality/m1", "quality/m2", "quality/m3"], judged.MemberVerdicts.Select(r => r.Judge));
        // One of three failed: two still decide; two failed: nobody does.
        var broken = new FakeCaller(call => call.Model == "m1" ? PrefersGood(call) : "?");
        Assert.Equal(ScoreStatus.Error, (await new Judge(spec, broken).CompareAsync(Given.Case(), Given.Said("a", "poor"), Given.Said("b", "good"), 0)).Verdicts[0].Status);
    }

    [Fact]
    public async Task Score_VotingPanel_IsTheMedian()
    {
        var spec = Given.Judge(axes: ["tone"]) with { Members = [new("u", "1"), new("u", "4"), new("u", "5")], Panel = PanelRule.Vote };
        var judged = await new Judge(spec, new FakeCaller(call => $$$"""{"scores": {"tone": {{{call.Model}}}}}""")).ScoreAsync(Given.Case(), Given.Said("v", "x"), 0);
        Assert.Equal(4, Assert.Single(judged.Scores).Value);
        Assert.Equal(3, judged.MemberScores.Length);
    }
}
