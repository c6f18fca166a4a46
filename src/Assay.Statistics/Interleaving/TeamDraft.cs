namespace Assay.Statistics;

/// <summary>Team-draft interleaving: rankers take turns placing their best item that is not there yet, like captains choosing teams.</summary>
/// <remarks>F. Radlinski, M. Kurup, T. Joachims, CIKM 2008, 43–52, doi:10.1145/1458082.1458092. Lists that run out hand over.</remarks>
public static class TeamDraft
{
    /// <summary>Interleaves with the order of turns by chance.</summary>
    /// <param name="rankings">Two or more rankings, best first, none holding an item twice; may be of different lengths or empty.</param>
    /// <param name="length">Items to show at most; 1 or more.</param>
    /// <param name="random">Draws the order: of each round, or once when alternating.</param>
    /// <param name="alternate">True: one draw, then turns in that order. False: a draw each round.</param>
    /// <returns>Items in the order shown, fewer than asked for when the rankings hold no more.</returns>
    /// <exception cref="ArgumentException">Fewer than two rankings, or one that holds an item twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">length is below 1.</exception>
    public static IReadOnlyList<Placement<T>> Interleave<T>(
        IReadOnlyList<IReadOnlyList<T>> rankings, int length, Random random, bool alternate = false)
        where T : notnull
    {
        InterleavedLists.Check(rankings, length);
        ArgumentNullException.ThrowIfNull(random);
        int[] order = [.. Enumerable.Range(0, rankings.Count)];
        if (alternate) random.Shuffle(order);
        return Draft(rankings, length, () =>
        {
            if (!alternate) random.Shuffle(order);
            return order;
        });
    }

    /// <summary>Interleaves with fixed turns: <paramref name="first"/>, the next, and so on round and round.</summary>
    /// <param name="rankings">As for <see cref="Interleave"/>.</param>
    /// <param name="length">Items to show at most; 1 or more.</param>
    /// <param name="first">The ranker who begins, from 0; draw it by a coin, or position decides.</param>
    /// <returns>Items in the order shown.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Interleave"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">length is below 1, or there is no such ranker.</exception>
    public static IReadOnlyList<Placement<T>> Alternating<T>(IReadOnlyList<IReadOnlyList<T>> rankings, int length, int first)
        where T : notnull
    {
        InterleavedLists.Check(rankings, length);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(first, rankings.Count);
        int[] order = [.. Enumerable.Range(0, rankings.Count).Select(i => (first + i) % rankings.Count)];
        return Draft(rankings, length, () => order);
    }

    /// <summary>Clicks of each ranker: on the items that it placed.</summary>
    /// <param name="shown">The interleaved list.</param>
    /// <param name="clicks">Positions clicked, from 0; a position counts once.</param>
    /// <param name="rankers">Number of rankers; 2 or more.</param>
    /// <returns>Clicks per ranker; the one with most wins the impression.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A position was not shown, or rankers is below 2 or below a ranker shown.</exception>
    public static int[] Credit<T>(IReadOnlyList<Placement<T>> shown, ReadOnlySpan<int> clicks, int rankers = 2)
    {
        ArgumentNullException.ThrowIfNull(shown);
        ArgumentOutOfRangeException.ThrowIfLessThan(rankers, 2);
        if (shown.Count > 0) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(rankers, shown.Max(p => p.Ranker));
        var credit = new int[rankers];
        foreach (var click in InterleavedLists.Clicks(clicks, shown.Count)) credit[shown[click].Ranker]++;
        return credit;
    }

    private static List<Placement<T>> Draft<T>(IReadOnlyList<IReadOnlyList<T>> rankings, int length, Func<int[]> nextRound)
        where T : notnull
    {
        var shown = new List<Placement<T>>();
        var placed = new HashSet<T>();
        var next = new int[rankings.Count];
        for (var progress = true; progress && shown.Count < length;)
        {
            progress = false;
            foreach (var ranker in nextRound())
            {
                if (shown.Count == length) break;
                while (next[ranker] < rankings[ranker].Count && placed.Contains(rankings[ranker][next[ranker]])) next[ranker]++;
                if (next[ranker] == rankings[ranker].Count) continue;
                var item = rankings[ranker][next[ranker]];
                placed.Add(item);
                shown.Add(new(item, ranker));
                progress = true;
            }
        }
        return shown;
    }
}
