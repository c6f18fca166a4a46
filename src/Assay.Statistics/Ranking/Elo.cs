namespace Assay.Statistics;

/// <summary>Elo ratings, for comparison with leaderboards only: they depend on the order of the games and have no error.</summary>
/// <remarks>A. E. Elo, The Rating of Chessplayers (1978).</remarks>
public static class Elo
{
    /// <summary>Ratings after all games, in their order.</summary>
    /// <param name="games">In the order played; a tie is half a win for each.</param>
    /// <param name="players">Number of players; 2 or more.</param>
    /// <param name="k">Points that a game moves at most; positive.</param>
    /// <param name="initial">Rating before the first game; finite.</param>
    /// <exception cref="ArgumentException">A game names a player that is not there, or one player twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static double[] Rate(IReadOnlyList<Game> games, int players, double k = 4, double initial = 1000)
    {
        ArgumentNullException.ThrowIfNull(games);
        ArgumentOutOfRangeException.ThrowIfLessThan(players, 2);
        Guard.Positive(k);
        Guard.Finite(initial);
        var ratings = new double[players];
        Array.Fill(ratings, initial);
        foreach (var game in games)
        {
            if (game.Left < 0 || game.Left >= players || game.Right < 0 || game.Right >= players || game.Left == game.Right)
                throw new ArgumentException($"{game} is no comparison of two of {players} players", nameof(games));
            var expected = 1 / (1 + Math.Pow(10, (ratings[game.Right] - ratings[game.Left]) / 400));
            var won = game.Outcome switch { GameOutcome.LeftWins => 1, GameOutcome.RightWins => 0, _ => 0.5 };
            ratings[game.Left] += k * (won - expected);
            ratings[game.Right] -= k * (won - expected);
        }
        return ratings;
    }
}
