namespace Assay.Evaluation.Similarity;

/// <summary>Aligns equal words of two texts: as many as there are, in as few chunks as a beam finds.</summary>
internal static class WordAlignment
{
    public const int None = -1;
    private const int Beam = 40;

    /// <summary>Adds matches of equal keys to an alignment; what is aligned already stays.</summary>
    /// <param name="alignment">Place in b of each word of a, or <see cref="None"/>.</param>
    /// <param name="a">Keys of one text's words.</param>
    /// <param name="b">Keys of the other's.</param>
    public static void Extend(int[] alignment, int[] a, int[] b)
    {
        var places = FreePlaces(alignment, b);
        var left = new Dictionary<int, int>();
        for (var i = 0; i < a.Length; i++)
            if (alignment[i] == None && places.ContainsKey(a[i])) left[a[i]] = left.GetValueOrDefault(a[i]) + 1;
        if (left.Count == 0) return;
        // A word that stands once in each text has one place to go, and nobody contends for it: nothing to remember.
        var lone = left.Where(l => l.Value == 1 && places[l.Key].Count == 1).Select(l => l.Key).ToHashSet();

        var beam = new List<Path> { new(null, None, 0, new ulong[(b.Length + 63) / 64]) };
        var next = new List<Path>();
        for (var i = 0; i < a.Length; i++)
        {
            next.Clear();
            var free = alignment[i] == None ? places.GetValueOrDefault(a[i]) : null;
            var only = free is null ? alignment[i] : lone.Contains(a[i]) ? free[0] : (int?)null;
            foreach (var path in beam)
            {
                if (only is { } place)
                {
                    next.Add(path.Step(place, isNew: false));
                    continue;
                }
                var (open, taken) = (0, 0);
                foreach (var j in free!)
                {
                    if (path.Uses(j)) continue;
                    open++;
                    // Of many places only those are worth a path that go on from the last match or let the next word go on; else the first.
                    if (j != path.Place + 1 && !(j + 1 < b.Length && i + 1 < a.Length && b[j + 1] == a[i + 1])) continue;
                    taken++;
                    next.Add(path.Step(j, isNew: true));
                }
                if (taken == 0 && open > 0) next.Add(path.Step(free.First(j => !path.Uses(j)), isNew: true));
                // Left out only where more such words are to come than places: every path ends with equally many matches.
                if (left[a[i]] > open) next.Add(path.Step(None, isNew: false));
            }
            if (free is not null) left[a[i]]--;
            if (next.Count > Beam) next = [.. next.OrderBy(p => p.Chunks).Take(Beam)];
            (beam, next) = (next, beam);
        }
        var (best, at) = (beam.MinBy(p => p.Chunks), a.Length);
        for (; at > 0; best = best.Before) alignment[--at] = best!.Place;
    }

    /// <summary>How many words are aligned, and in how many chunks.</summary>
    public static (int Matches, int Chunks) Count(int[] alignment)
    {
        var (matches, chunks) = (0, 0);
        for (var i = 0; i < alignment.Length; i++)
        {
            if (alignment[i] == None) continue;
            matches++;
            if (i == 0 || alignment[i - 1] == None || alignment[i] != alignment[i - 1] + 1) chunks++;
        }
        return (matches, chunks);
    }

    private static Dictionary<int, List<int>> FreePlaces(int[] alignment, int[] b)
    {
        var taken = new bool[b.Length];
        foreach (var place in alignment)
            if (place != None) taken[place] = true;
        var places = new Dictionary<int, List<int>>();
        for (var j = 0; j < b.Length; j++)
        {
            if (taken[j]) continue;
            if (!places.TryGetValue(b[j], out var list)) places[b[j]] = list = [];
            list.Add(j);
        }
        return places;
    }

    /// <summary>The first words of a, aligned.</summary>
    private sealed class Path(Path? before, int place, int chunks, ulong[] used)
    {
        public Path? Before => before;
        public int Place => place;
        public int Chunks => chunks;

        public bool Uses(int j) => (used[j >> 6] >> (j & 63) & 1) != 0;

        public Path Step(int to, bool isNew)
        {
            var begins = to != None && (place == None || to != place + 1) ? 1 : 0;
            if (!isNew) return new Path(this, to, chunks + begins, used);
            var with = (ulong[])used.Clone();
            with[to >> 6] |= 1UL << (to & 63);
            return new Path(this, to, chunks + begins, with);
        }
    }
}
