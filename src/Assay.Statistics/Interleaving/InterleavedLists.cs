namespace Assay.Statistics;

/// <summary>What the interleaving methods check and share.</summary>
internal static class InterleavedLists
{
    public static void Check<T>(IReadOnlyList<IReadOnlyList<T>> rankings, int length)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(rankings);
        if (rankings.Count < 2) throw new ArgumentException($"at least 2 rankings are needed; there are {rankings.Count}", nameof(rankings));
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        for (var r = 0; r < rankings.Count; r++)
            if (rankings[r].Distinct().Count() != rankings[r].Count) throw new ArgumentException($"ranking {r} holds an item twice", nameof(rankings));
    }

    /// <summary>Positions clicked, each once; throws for a position that was not shown.</summary>
    public static int[] Clicks(ReadOnlySpan<int> clicks, int shown)
    {
        foreach (var click in clicks)
            if (click < 0 || click >= shown) throw new ArgumentOutOfRangeException(nameof(clicks), click, $"positions shown are 0 to {shown - 1}");
        return [.. clicks.ToArray().Distinct()];
    }
}
