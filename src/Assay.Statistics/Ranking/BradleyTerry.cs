namespace Assay.Statistics;

/// <summary>Bradley–Terry strengths from pairwise comparisons, with ties, an effect of the order shown, and errors that know the cases.</summary>
/// <remarks>R. A. Bradley, M. E. Terry, Biometrika 39 (1952) 324–345, doi:10.2307/2334029; ties: R. R. Davidson, JASA 65 (1970) 317–328,
/// doi:10.1080/01621459.1970.10481082; order: R. R. Davidson, R. J. Beaver, Biometrics 33 (1977) 693–702, doi:10.2307/2529467;
/// when it exists: L. R. Ford, The American Mathematical Monthly 64 (1957) 28–33, doi:10.1080/00029890.1957.11989117.</remarks>
public static class BradleyTerry
{
    /// <summary>Fits the strengths by maximum likelihood.</summary>
    /// <param name="games">Comparisons in any order.</param>
    /// <param name="players">Number of players; 2 or more.</param>
    /// <param name="ties">Davidson's model unless said otherwise.</param>
    /// <param name="orderEffect">True to estimate what being shown first adds; needs both orders.</param>
    /// <returns>The fit; not estimable when the players fall into two groups of which one never wins against the other (separation, or players
    /// never compared), when all games are ties, with fewer than 2 cases, or when the order effect has no bound.</returns>
    /// <exception cref="ArgumentException">A game names a player that is not there, or one player twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">players is below 2.</exception>
    public static Estimated<BradleyTerryFit> Fit(
        IReadOnlyList<Game> games, int players, TieRule ties = TieRule.Davidson, bool orderEffect = false)
    {
        ArgumentNullException.ThrowIfNull(games);
        ArgumentOutOfRangeException.ThrowIfLessThan(players, 2);
        if (ties is not (TieRule.Davidson or TieRule.HalfWins)) throw new ArgumentOutOfRangeException(nameof(ties), ties, "unknown rule");
        foreach (var game in games)
        {
            if (game.Left < 0 || game.Left >= players || game.Right < 0 || game.Right >= players || game.Left == game.Right)
                throw new ArgumentException($"{game} is no comparison of two of {players} players", nameof(games));
        }
        if (games.Select(g => g.Case).Distinct().Take(2).Count() < 2) return new NotEstimable("games of at least 2 cases are needed");
        if (games.All(g => g.Outcome == GameOutcome.Tie)) return new NotEstimable("all games are ties");
        if (!Connected(games, players))
            return new NotEstimable("the players fall into two groups of which one never wins (or ties) against the other, so their distance has no bound");
        return PairwiseLikelihood.Fit(games, players, ties == TieRule.Davidson && games.Any(g => g.Outcome == GameOutcome.Tie), orderEffect);
    }

    /// <summary>Percentile intervals of the ratings from fits to cases drawn with replacement.</summary>
    /// <param name="games">Comparisons in any order.</param>
    /// <param name="players">Number of players; 2 or more.</param>
    /// <param name="alpha">Level, a probability in (0, 1).</param>
    /// <param name="options">Seed, resamples, threads.</param>
    /// <param name="ties">Davidson's model unless said otherwise.</param>
    /// <param name="orderEffect">True to estimate what being shown first adds.</param>
    /// <returns>One interval per player, on the ratings' scale; not estimable when the fit is not, or when over 1 in 20 resamples has none.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Fit"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static Estimated<IReadOnlyList<Interval>> Bootstrap(
        IReadOnlyList<Game> games, int players, double alpha, ResamplingOptions options, TieRule ties = TieRule.Davidson, bool orderEffect = false)
    {
        Guard.Probability(alpha);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var fit = Fit(games, players, ties, orderEffect);
        if (!fit.IsEstimable) return new NotEstimable(fit.Reason!);
        Game[][] cases = [.. games.GroupBy(g => g.Case).OrderBy(c => c.Key).Select(c => c.ToArray())];
        var ratings = new double[]?[options.Resamples];
        Parallel.For(0, options.Resamples, new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism }, b =>
        {
            var random = new RandomStream(options.Seed, b);
            var drawn = new List<Game>(games.Count);
            for (var i = 0; i < cases.Length; i++)
                foreach (var game in cases[random.Below(cases.Length)]) drawn.Add(game with { Case = i });
            var again = Fit(drawn, players, ties, orderEffect);
            if (again.IsEstimable) ratings[b] = [.. again.Value.Ratings];
        });
        double[][] estimable = [.. ratings.OfType<double[]>()];
        if (estimable.Length < 0.95 * options.Resamples)
            return new NotEstimable($"only {estimable.Length} of {options.Resamples} resamples have a fit: too few cases");
        return Estimated<IReadOnlyList<Interval>>.Of([.. Enumerable.Range(0, players).Select(p =>
        {
            double[] sorted = [.. estimable.Select(r => r[p]).Order()];
            return new Interval(At(sorted, alpha / 2), At(sorted, 1 - alpha / 2));
        })]);

        static double At(double[] sorted, double level) => sorted[(int)Math.Round(level * (sorted.Length - 1))];
    }

    // Strongly connected by "did not lose to": from any player to any other along wins and ties.
    private static bool Connected(IReadOnlyList<Game> games, int players)
    {
        return Reaches(g => g.Outcome != GameOutcome.RightWins, g => g.Outcome != GameOutcome.LeftWins)
            && Reaches(g => g.Outcome != GameOutcome.LeftWins, g => g.Outcome != GameOutcome.RightWins);

        bool Reaches(Func<Game, bool> leftToRight, Func<Game, bool> rightToLeft)
        {
            var edges = new HashSet<int>[players];
            for (var i = 0; i < players; i++) edges[i] = [];
            foreach (var game in games)
            {
                if (leftToRight(game)) edges[game.Left].Add(game.Right);
                if (rightToLeft(game)) edges[game.Right].Add(game.Left);
            }
            var seen = new HashSet<int> { 0 };
            var open = new Stack<int>([0]);
            while (open.TryPop(out var player))
                foreach (var next in edges[player])
                    if (seen.Add(next)) open.Push(next);
            return seen.Count == players;
        }
    }
}
