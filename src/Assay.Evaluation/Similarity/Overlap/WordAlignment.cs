using System.Runtime.InteropServices;

namespace Assay.Evaluation.Similarity;

/// <summary>Aligns equal words of two texts: as many as there are, in as few chunks as a beam finds.</summary>
internal static class WordAlignment
{
    public const int None = -1;

    /// <summary>Adds matches of equal keys to an alignment; what is aligned already stays.</summary>
    /// <param name="alignment">Place in b of each word of a, or <see cref="None"/>.</param>
    /// <param name="a">Keys of one text's words: small numbers from 0.</param>
    /// <param name="b">Keys of the other's.</param>
    public static void Extend(int[] alignment, int[] a, int[] b)
    {
        var places = new WordPlaces(alignment, a, b);
        if (places.Matches == 0) return;
        var beam = new AlignmentBeam(a.Length, b.Length);
        for (var i = 0; i < a.Length; i++)
        {
            var free = alignment[i] == None ? places.Of(a[i]) : [];
            // One place to go and nobody who contends for it, or none at all: every path takes the same step.
            if (free.IsEmpty) beam.StepAll(alignment[i]);
            else if (places.IsLone(a[i])) beam.StepAll(free[0]);
            else
            {
                var goesOn = i + 1 < a.Length ? a[i + 1] : None;
                foreach (ref readonly var path in CollectionsMarshal.AsSpan(beam.Paths)) Branch(beam, path, free, b, goesOn, places.Left(a[i]));
                beam.Next();
            }
            if (!free.IsEmpty) places.Take(a[i]);
        }
        beam.Best(alignment);
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

    private static void Branch(AlignmentBeam beam, in AlignmentBeam.Path path, ReadOnlySpan<int> free, int[] b, int nextWord, int left)
    {
        var (open, taken, first) = (0, 0, None);
        foreach (var j in free)
        {
            if (beam.Uses(path, j)) continue;
            if (open++ == 0) first = j;
            // Of many places only those are worth a path that go on from the last match or let the next word go on; else the first.
            if (j != path.Place + 1 && !(nextWord != None && j + 1 < b.Length && b[j + 1] == nextWord)) continue;
            taken++;
            beam.Step(path, j);
        }
        if (taken == 0 && open > 0) beam.Step(path, first);
        // Left out only where more such words are to come than places: every path ends with equally many matches.
        if (left > open) beam.Step(path, None);
    }
}
