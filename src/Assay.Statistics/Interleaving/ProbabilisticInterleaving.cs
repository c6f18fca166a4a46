namespace Assay.Statistics;

/// <summary>Probabilistic interleaving of two rankings: each place is drawn from a coin's choice of ranking, items by 1 / rank^decay, so that
/// every list is possible and credit is an expectation over who may have placed what.</summary>
/// <remarks>K. Hofmann, S. Whiteson, M. de Rijke, CIKM 2011, 249–258, doi:10.1145/2063576.2063618.</remarks>
public static class ProbabilisticInterleaving
{
    /// <summary>Interleaves two rankings.</summary>
    /// <param name="rankings">Two rankings, best first, none holding an item twice.</param>
    /// <param name="length">Items to show at most; 1 or more.</param>
    /// <param name="random">A coin and a draw for each place.</param>
    /// <param name="decay">How steeply probability falls with rank; positive.</param>
    /// <returns>Items in the order shown, with the ranking that each was drawn from.</returns>
    /// <exception cref="ArgumentException">There are not two rankings, or one holds an item twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">length is below 1, or decay is not positive.</exception>
    public static IReadOnlyList<Placement<T>> Interleave<T>(
        IReadOnlyList<IReadOnlyList<T>> rankings, int length, Random random, double decay = 3)
        where T : notnull
    {
        Check(rankings, length, decay);
        ArgumentNullException.ThrowIfNull(random);
        var shown = new List<Placement<T>>();
        var placed = new HashSet<T>();
        while (shown.Count < length)
        {
            var turn = random.Next(2);
            if (Left(rankings[turn], placed, decay) == 0) turn = 1 - turn;
            var mass = Left(rankings[turn], placed, decay) * random.NextDouble();
            T? chosen = default;
            var found = false;
            for (var i = 0; i < rankings[turn].Count; i++)
            {
                if (placed.Contains(rankings[turn][i])) continue;
                (chosen, found) = (rankings[turn][i], true);
                mass -= Weight(i, decay);
                if (mass < 0) break;
            }
            if (!found) break;
            placed.Add(chosen!);
            shown.Add(new(chosen!, turn));
        }
        return shown;
    }

    /// <summary>Expected clicks of each ranking, over all ways in which the list may have come about.</summary>
    /// <param name="rankings">The two rankings as interleaved.</param>
    /// <param name="shown">The interleaved list.</param>
    /// <param name="clicks">Positions clicked, from 0.</param>
    /// <param name="decay">As when interleaving.</param>
    /// <returns>Two numbers that add up to the clicks.</returns>
    /// <exception cref="ArgumentException">There are not two rankings, or an item shown is in neither.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position was not shown, or decay is not positive.</exception>
    public static double[] Credit<T>(
        IReadOnlyList<IReadOnlyList<T>> rankings, IReadOnlyList<Placement<T>> shown, ReadOnlySpan<int> clicks, double decay = 3)
        where T : notnull
    {
        Check(rankings, 1, decay);
        ArgumentNullException.ThrowIfNull(shown);
        var clicked = InterleavedLists.Clicks(clicks, shown.Count).ToHashSet();
        var credit = new double[2];
        var placed = new HashSet<T>();
        for (var position = 0; position < shown.Count; position++)
        {
            double a = Probability(0), b = Probability(1);
            if (a + b == 0) throw new ArgumentException($"the item at position {position} is in neither ranking, or was shown twice", nameof(shown));
            if (clicked.Contains(position)) (credit[0], credit[1]) = (credit[0] + a / (a + b), credit[1] + b / (a + b));
            placed.Add(shown[position].Item);

            double Probability(int ranking)
            {
                if (placed.Contains(shown[position].Item)) return 0;
                for (var i = 0; i < rankings[ranking].Count; i++)
                    if (EqualityComparer<T>.Default.Equals(rankings[ranking][i], shown[position].Item))
                        return Weight(i, decay) / Left(rankings[ranking], placed, decay);
                return 0;
            }
        }
        return credit;
    }

    private static void Check<T>(IReadOnlyList<IReadOnlyList<T>> rankings, int length, double decay)
        where T : notnull
    {
        InterleavedLists.Check(rankings, length);
        Guard.SameLength(rankings.Count, 2, nameof(rankings));
        Guard.Positive(decay);
    }

    private static double Weight(int index, double decay) => Math.Pow(index + 1, -decay);

    private static double Left<T>(IReadOnlyList<T> ranking, HashSet<T> placed, double decay)
    {
        double sum = 0;
        for (var i = 0; i < ranking.Count; i++)
            if (!placed.Contains(ranking[i])) sum += Weight(i, decay);
        return sum;
    }
}
