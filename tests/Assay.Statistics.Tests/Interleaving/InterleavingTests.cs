using System.Text.Json;
using Assay.Statistics.Tests.Reference;
using Assay.Testing;

namespace Assay.Statistics.Tests.Interleaving;

public sealed class InterleavingTests
{
    private static readonly string[] A = ["sony", "sennheiser", "audio-technica", "jbl", "anker"], B = ["bose", "sony", "apple", "anker", "jabra"];

    [Fact]
    [Trait("Kind", "reference")]
    public void TeamDraft_HeadphonesAlternatingFromB_AreTheKnownList()
    {
        var shown = TeamDraft.Alternating<string>([A, B], 5, first: 1);
        Assert.Equal(["bose", "sony", "apple", "sennheiser", "anker"], shown.Select(p => p.Item));
        Assert.Equal(["sony", "sennheiser"], shown.Where(p => p.Ranker == 0).Select(p => p.Item));
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void TeamDraft_ClicksOnOneFourAndFive_AreTwoToOne()
    {
        Placement<int>[] shown = [new(1, 0), new(2, 1), new(3, 0), new(4, 1), new(5, 0)];
        Assert.Equal([2, 1], TeamDraft.Credit(shown, [0, 3, 4]));
        Assert.Equal([2, 1], TeamDraft.Credit(shown, [0, 3, 4, 4, 0]));
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void TeamDraft_PublishedLists_AreAllDrawnAndNoOther()
    {
        foreach (var c in Published().GetProperty("interleave").EnumerateArray())
        {
            int[][] rankings = [.. c.GetProperty("rankings").EnumerateArray().Select(Numbers)];
            var allowed = c.GetProperty("allowed").EnumerateArray().Select(l => string.Join(',', Numbers(l))).ToHashSet();
            var random = new Random(12);
            var drawn = Enumerable.Range(0, 300).Select(_ => string.Join(',', TeamDraft.Interleave(rankings, c.GetProperty("k").GetInt32(), random).Select(p => p.Item))).ToHashSet();
            Assert.Equal(allowed.Order(), drawn.Order());
        }
    }

    [Fact]
    [Trait("Kind", "reference")]
    public void TeamDraft_PublishedClicks_AreCreditedAlike()
    {
        foreach (var c in Published().GetProperty("evaluate").EnumerateArray())
        {
            int[][] teams = [.. c.GetProperty("teams").EnumerateArray().Select(Numbers)];
            Placement<int>[] shown = [.. Numbers(c.GetProperty("ranking")).Select(item => new Placement<int>(item, Array.FindIndex(teams, t => t.Contains(item))))];
            foreach (var row in c.GetProperty("clicks_to_result").EnumerateArray())
            {
                var credit = TeamDraft.Credit(shown, Numbers(row[0]));
                int[][] beats = credit[0] == credit[1] ? [] : credit[0] > credit[1] ? [[0, 1]] : [[1, 0]];
                Assert.Equal(row[1].EnumerateArray().Select(Numbers), beats);
            }
        }
    }

    [Fact]
    public void TeamDraft_ListThatRunsOut_HandsOver()
    {
        Assert.Equal([1, 5, 6, 7], TeamDraft.Alternating<int>([[1], [5, 6, 7]], 9, 0).Select(p => p.Item));
        Assert.Equal([1, 2], TeamDraft.Alternating<int>([[], [1, 2, 3]], 2, 0).Select(p => p.Item));
    }

    [Fact]
    public void Interleaving_EqualRankers_AreCreditedEquallyOnAverage()
    {
        // A and A' share all items in other orders; every user clicks item 1 or 2 wherever it is: neither may win on average.
        var random = new Random(77);
        int[][] rankings = [[1, 2, 3, 4], [2, 1, 4, 3]];
        double draft = 0, probabilistic = 0;
        for (var i = 0; i < 4000; i++)
        {
            var clicked = 1 + random.Next(2);
            var shown = TeamDraft.Interleave(rankings, 4, random);
            var credit = TeamDraft.Credit(shown, [Position(shown, clicked)]);
            draft += credit[1] - credit[0];
            shown = ProbabilisticInterleaving.Interleave(rankings, 4, random);
            var expected = ProbabilisticInterleaving.Credit(rankings, shown, [Position(shown, clicked)]);
            probabilistic += expected[1] - expected[0];
        }
        // Four standard errors of a mean of ±1.
        Assert.InRange(draft / 4000, -0.064, 0.064);
        Assert.InRange(probabilistic / 4000, -0.064, 0.064);

        static int Position(IReadOnlyList<Placement<int>> shown, int item) => shown.Select(p => p.Item).ToList().IndexOf(item);
    }

    [Fact]
    public void Balanced_JoachimsStyleLists_TakeTurnsAndCreditByDepth()
    {
        int[][] rankings = [[1, 2, 3, 4], [2, 5, 1, 6]];
        var shown = BalancedInterleaving.Interleave(rankings, 4, 0);
        Assert.Equal([1, 2, 5, 3], shown.Select(p => p.Item));
        // Item 5 is second in B; within the top two A has none of the clicks on 5, B has it.
        Assert.Equal([0, 1], BalancedInterleaving.Credit(rankings, shown, [2]));
        Assert.Equal([1, 0], BalancedInterleaving.Credit(rankings, shown, [0]));
        Assert.Equal([0, 0], BalancedInterleaving.Credit(rankings, shown, []));
    }

    [Fact]
    public void Probabilistic_FirstPlace_HasTheKnownCredit()
    {
        // Weights 1, 1/8: item 1 is first in A (8/9) and second in B (1/9).
        int[][] rankings = [[1, 2], [2, 1]];
        var credit = ProbabilisticInterleaving.Credit(rankings, [new(1, 0), new(2, 1)], [0]);
        Oracle.Near(8.0 / 9, credit[0], 1e-12);
        Oracle.Near(1.0 / 9, credit[1], 1e-12);
        // Once item 1 is placed, either ranking can only place 2.
        Oracle.Near(0.5, ProbabilisticInterleaving.Credit(rankings, [new(1, 0), new(2, 1)], [1])[0], 1e-12);
    }

    [Fact]
    public void InterleavingTest_WinsAndTies_HaveTheWinRateAndTheSignTest()
    {
        var result = InterleavingTest.Compare(20, 36, 44, 0.05).Value;
        Oracle.Near(0.58, result.WinRate, 1e-12);
        Oracle.Near(McNemar.Compare(36, 20).Value.ExactPValue, result.PValue, 1e-12);
        Assert.True(result.Interval.Low > 0.5 && result.Interval.High < 0.67);
        Assert.Contains("no unit", InterleavingTest.Compare(0, 0, 5, 0.05).Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => InterleavingTest.Compare(-1, 5, 0, 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => InterleavingTest.Compare(1, 5, 0, double.NaN));
    }

    [Theory]
    [InlineData(0, 5, 0)]
    [InlineData(5, 0, 0)]
    [InlineData(3, 9, 2)]
    [InlineData(0, 60, 0)]
    [InlineData(1, 0, 0)]
    public void InterleavingTest_FewUnitsOrAllAlike_HasTheWinRatesInterval(long first, long second, long ties)
    {
        var interval = InterleavingTest.Compare(first, second, ties, 0.05).Value.Interval;
        Assert.Equal(WinRate.Estimate(second, first, ties, 0.05).Value.Interval, interval);
        Assert.True(interval.Low < interval.High);
    }

    [Fact]
    public void BadInput_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => TeamDraft.Alternating<int>([[1, 1], [2]], 2, 0));
        Assert.Throws<ArgumentException>(() => TeamDraft.Alternating<int>([[1]], 2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TeamDraft.Alternating<int>([[1], [2]], 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TeamDraft.Alternating<int>([[1], [2]], 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => TeamDraft.Credit<int>([new(1, 0)], [1]));
        Assert.Throws<ArgumentException>(() => ProbabilisticInterleaving.Credit<int>([[1], [2]], [new(3, 0)], [0]));
    }

    private static JsonElement Published()
    {
        using var file = File.OpenRead(SharedData.Require("oracles/interleaving_team_draft_expected.json"));
        return JsonSerializer.Deserialize<JsonElement>(file);
    }

    private static int[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(x => x.GetInt32())];
}
