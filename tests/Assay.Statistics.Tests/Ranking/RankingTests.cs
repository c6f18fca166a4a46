using Assay.Statistics.Tests.Reference;

namespace Assay.Statistics.Tests.Ranking;

public sealed class RankingTests
{
    [Fact]
    [Trait("Kind", "reference")]
    public void BradleyTerry_StatsmodelsCases_Agree()
    {
        foreach (var c in Oracle.Cases("bradley-terry"))
        {
            long[] left = c.Input.Counts("left"), right = c.Input.Counts("right"), won = c.Input.Counts("leftWins");
            Game[] games = [.. left.Select((l, i) => new Game((int)l, (int)right[i], won[i] == 1 ? GameOutcome.LeftWins : GameOutcome.RightWins, i))];
            var fit = BradleyTerry.Fit(games, 5).Value;
            c.Check("logStrength", [.. fit.LogStrength]);
            c.Check("standardError", [.. fit.StandardError]);
            // Every game its own case: the sandwich has the same limit.
            for (var p = 1; p < 5; p++) Oracle.Near(fit.StandardError[p], fit.ClusteredStandardError[p], 0.1);
        }
    }

    [Fact]
    public void BradleyTerry_TwoPlayers_HaveTheLogOddsAndDavidsonsTies()
    {
        Game[] games = [.. Games(60, GameOutcome.LeftWins), .. Games(30, GameOutcome.RightWins), .. Games(40, GameOutcome.Tie)];
        var davidson = BradleyTerry.Fit(games, 2).Value;
        Oracle.Near(-Math.Log(2), davidson.LogStrength[1], 1e-9);
        // n_tie = ν √(n_left · n_right) in the fitted shares.
        Oracle.Near(40 / Math.Sqrt(60 * 30), davidson.TieParameter!.Value, 1e-7);
        var half = BradleyTerry.Fit(games, 2, TieRule.HalfWins).Value;
        Oracle.Near(Math.Log(50.0 / 80), half.LogStrength[1], 1e-9);
        Assert.Null(half.TieParameter);
        Oracle.Near(1000 + 200 / Math.Log(10) * Math.Log(80 / 50.0), half.Ratings[0], 1e-9);
    }

    [Fact]
    public void BradleyTerry_OrderShown_IsTakenOutOfTheStrengths()
    {
        // Equal players; whoever is shown second wins 70 of 100, and player 0 is shown second three times as often.
        Game[] games =
        [
            .. Games(30, GameOutcome.LeftWins), .. Games(70, GameOutcome.RightWins),
            .. Games(90, GameOutcome.LeftWins, 1, 0), .. Games(210, GameOutcome.RightWins, 1, 0),
        ];
        var naive = BradleyTerry.Fit(games, 2).Value;
        var fit = BradleyTerry.Fit(games, 2, orderEffect: true).Value;
        Assert.True(naive.LogStrength[1] < -0.3);
        Assert.Equal(0, fit.LogStrength[1], 1e-8);
        Oracle.Near(Math.Log(30 / 70.0), fit.OrderEffect!.Value, 1e-8);
    }

    [Fact]
    public void BradleyTerry_CopiedGames_DoNotNarrowTheClusteredError()
    {
        Game[] once = [.. Games(30, GameOutcome.LeftWins), .. Games(20, GameOutcome.RightWins)];
        once = [.. once.Select((g, i) => g with { Case = i })];
        var one = BradleyTerry.Fit(once, 2).Value;
        var four = BradleyTerry.Fit([.. once, .. once, .. once, .. once], 2).Value;
        Oracle.Near(one.ClusteredStandardError[1], four.ClusteredStandardError[1], 1e-6);
        Oracle.Near(one.StandardError[1] / 2, four.StandardError[1], 1e-6);
        var comparison = four.Compare(0, 1, 0.05).Value;
        Oracle.Near(Math.Log(1.5), comparison.Difference, 1e-8);
        Oracle.Near(four.ClusteredStandardError[1], comparison.StandardError, 1e-9);
    }

    [Fact]
    public void BradleyTerry_Bootstrap_IsRepeatableAndAboutAsWideAsTheSandwich()
    {
        Game[] games = [.. Games(60, GameOutcome.LeftWins), .. Games(40, GameOutcome.RightWins)];
        games = [.. games.Select((g, i) => g with { Case = i })];
        var options = new ResamplingOptions(3, 1000, 1);
        var intervals = BradleyTerry.Bootstrap(games, 2, 0.05, options).Value;
        Assert.Equal(intervals, BradleyTerry.Bootstrap(games, 2, 0.05, options with { Parallelism = 3 }).Value);
        var width = 2 * 1.96 * BradleyTerry.Fit(games, 2).Value.ClusteredStandardError[1] / 2 * 400 / Math.Log(10);
        Oracle.Near(width, intervals[0].High - intervals[0].Low, 0.15);
    }

    [Fact]
    public void BradleyTerry_NoFiniteStrengths_SaysWhy()
    {
        Assert.Contains("two groups", BradleyTerry.Fit([.. Games(3, GameOutcome.LeftWins)], 2).Reason, StringComparison.Ordinal);
        Assert.Contains("two groups", BradleyTerry.Fit([.. Games(3, GameOutcome.LeftWins), .. Games(3, GameOutcome.RightWins)], 3).Reason, StringComparison.Ordinal);
        Assert.Contains("all games are ties", BradleyTerry.Fit([.. Games(3, GameOutcome.Tie)], 2).Reason, StringComparison.Ordinal);
        Assert.Contains("2 cases", BradleyTerry.Fit([new(0, 1, GameOutcome.LeftWins, 1)], 2).Reason, StringComparison.Ordinal);
        // The left always wins, whoever it is: strengths exist, the order effect does not.
        Assert.False(BradleyTerry.Fit([.. Games(5, GameOutcome.LeftWins), .. Games(5, GameOutcome.LeftWins, 1, 0)], 2, orderEffect: true).IsEstimable);
        Assert.Throws<ArgumentException>(() => BradleyTerry.Fit([new(0, 0, GameOutcome.Tie, 1)], 2));
        Assert.Throws<ArgumentException>(() => Elo.Rate([new(0, 2, GameOutcome.Tie, 1)], 2));
    }

    [Fact]
    public void Elo_OneWinAmongEquals_MovesHalfOfK()
    {
        Assert.Equal([1002, 998], Elo.Rate([new(0, 1, GameOutcome.LeftWins, 1)], 2));
        Assert.Equal([1000, 1000], Elo.Rate([new(0, 1, GameOutcome.Tie, 1)], 2));
        Assert.Equal(2000, Elo.Rate([.. Games(7, GameOutcome.LeftWins)], 2, 32).Sum(), 1e-9);
    }

    private static IEnumerable<Game> Games(int count, GameOutcome outcome, int left = 0, int right = 1) =>
        Enumerable.Range(0, count).Select(i => new Game(left, right, outcome, i));
}
