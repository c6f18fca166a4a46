namespace Assay.Evaluation.Similarity;

/// <summary>The most promising alignments of the words so far: those with the fewest chunks, of equals the earlier found.</summary>
internal sealed class AlignmentBeam
{
    private const int Most = 40;

    private readonly int words;
    private readonly List<(int Before, int Place)> steps;
    private List<Path> next = [];

    /// <summary>Bits of the places that paths use, a row per path.</summary>
    private ulong[] used, nextUsed = [];

    public AlignmentBeam(int steps, int places)
    {
        words = (places + 63) / 64;
        used = new ulong[words];
        this.steps = new(steps * 4);
        Paths.Add(new Path(WordAlignment.None, WordAlignment.None, 0, 0));
    }

    /// <summary>One alignment.</summary>
    /// <param name="Step">Its last step.</param>
    /// <param name="Place">Where that went.</param>
    /// <param name="Chunks">So far.</param>
    /// <param name="Row">Of its bits.</param>
    internal readonly record struct Path(int Step, int Place, int Chunks, int Row);

    public List<Path> Paths { get; private set; } = [];

    public bool Uses(in Path path, int place) => (used[path.Row * words + (place >> 6)] >> (place & 63) & 1) != 0;

    /// <summary>All paths go to a place that no other word wants, or nowhere.</summary>
    public void StepAll(int place)
    {
        for (var p = 0; p < Paths.Count; p++) Paths[p] = Stepped(Paths[p], place, Paths[p].Row);
    }

    /// <summary>One more path for the next beam.</summary>
    public void Step(in Path path, int place)
    {
        var row = next.Count;
        if (nextUsed.Length < (row + 1) * words) Array.Resize(ref nextUsed, Math.Max(2 * nextUsed.Length, (row + 1) * words));
        used.AsSpan(path.Row * words, words).CopyTo(nextUsed.AsSpan(row * words));
        if (place != WordAlignment.None) nextUsed[row * words + (place >> 6)] |= 1UL << (place & 63);
        next.Add(Stepped(path, place, row));
    }

    /// <summary>The paths that were stepped to take the place of those they came from; of too many those with the fewest chunks.</summary>
    public void Next()
    {
        if (next.Count > Most)
        {
            // Chunks differ by little, so that going through them by number is faster than sorting.
            var kept = new List<Path>(Most);
            for (var chunks = next.Min(p => p.Chunks); kept.Count < Most; chunks++)
                foreach (var path in next)
                    if (path.Chunks == chunks && kept.Count < Most) kept.Add(path);
            next = kept;
        }
        (Paths, next) = (next, Paths);
        (used, nextUsed) = (nextUsed, used);
        next.Clear();
    }

    /// <summary>Writes the places of the best path.</summary>
    public void Best(int[] alignment)
    {
        var (step, at) = (Paths.MinBy(p => p.Chunks).Step, alignment.Length);
        for (; at > 0; step = steps[step].Before) alignment[--at] = steps[step].Place;
    }

    private Path Stepped(in Path path, int place, int row)
    {
        steps.Add((path.Step, place));
        var begins = place != WordAlignment.None && (path.Place == WordAlignment.None || place != path.Place + 1) ? 1 : 0;
        return new Path(steps.Count - 1, place, path.Chunks + begins, row);
    }
}
