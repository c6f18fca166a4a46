namespace Assay.Statistics;

/// <summary>Balanced interleaving of two rankings: each prefix holds about as many top items of either.</summary>
/// <remarks>T. Joachims, KDD 2002, 133–142, doi:10.1145/775047.775067. It can favour a ranking when the two are nearly alike: prefer
/// <see cref="TeamDraft"/>.</remarks>
public static class BalancedInterleaving
{
    /// <summary>Interleaves two rankings.</summary>
    /// <param name="rankings">Two rankings, best first, none holding an item twice.</param>
    /// <param name="length">Items to show at most; 1 or more.</param>
    /// <param name="first">0 or 1: the ranking that goes first where both have given as much; draw it by a coin.</param>
    /// <returns>Items in the order shown, with the ranking that each was taken from (credit does not use it).</returns>
    /// <exception cref="ArgumentException">There are not two rankings, or one holds an item twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">length is below 1, or first is neither 0 nor 1.</exception>
    public static IReadOnlyList<Placement<T>> Interleave<T>(IReadOnlyList<IReadOnlyList<T>> rankings, int length, int first)
        where T : notnull
    {
        InterleavedLists.Check(rankings, length);
        Guard.SameLength(rankings.Count, 2, nameof(rankings));
        if (first is not (0 or 1)) throw new ArgumentOutOfRangeException(nameof(first), first, "must be 0 or 1");
        var shown = new List<Placement<T>>();
        var placed = new HashSet<T>();
        int[] taken = [0, 0];
        while (shown.Count < length && (taken[0] < rankings[0].Count || taken[1] < rankings[1].Count))
        {
            var turn = taken[first] <= taken[1 - first] ? first : 1 - first;
            if (taken[turn] == rankings[turn].Count) turn = 1 - turn;
            var item = rankings[turn][taken[turn]++];
            if (placed.Add(item)) shown.Add(new(item, turn));
        }
        return shown;
    }

    /// <summary>Clicks of each ranking: those among its top k, k being the least depth at which either ranking reaches the last item clicked.</summary>
    /// <param name="rankings">The two rankings as interleaved.</param>
    /// <param name="shown">The interleaved list.</param>
    /// <param name="clicks">Positions clicked, from 0.</param>
    /// <returns>Clicks of either ranking; an item in both tops counts for both.</returns>
    /// <exception cref="ArgumentException">There are not two rankings, or a clicked item is in neither.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position was not shown.</exception>
    public static int[] Credit<T>(IReadOnlyList<IReadOnlyList<T>> rankings, IReadOnlyList<Placement<T>> shown, ReadOnlySpan<int> clicks)
        where T : notnull
    {
        InterleavedLists.Check(rankings, 1);
        Guard.SameLength(rankings.Count, 2, nameof(rankings));
        ArgumentNullException.ThrowIfNull(shown);
        var positions = InterleavedLists.Clicks(clicks, shown.Count);
        if (positions.Length == 0) return [0, 0];
        var depth = Math.Min(Rank(0, shown[positions.Max()].Item), Rank(1, shown[positions.Max()].Item));
        if (depth == int.MaxValue) throw new ArgumentException("a clicked item is in neither ranking", nameof(shown));
        return [positions.Count(p => Rank(0, shown[p].Item) <= depth), positions.Count(p => Rank(1, shown[p].Item) <= depth)];

        int Rank(int ranking, T item)
        {
            for (var i = 0; i < rankings[ranking].Count; i++)
                if (EqualityComparer<T>.Default.Equals(rankings[ranking][i], item)) return i;
            return int.MaxValue;
        }
    }
}
