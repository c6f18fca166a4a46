using System.Numerics;

namespace Assay.Evaluation.Similarity;

/// <summary>Numbers for the n-grams of several token sequences, order by order: an n-gram is an (n − 1)-gram and a token, so one small table serves each order, in time proportional to the tokens.</summary>
internal sealed class NgramIds
{
    private readonly int[][] tokens;
    private readonly int[][] ids;
    private long[]? keys;
    private int[]? values;

    /// <param name="tokens">The sequences, tokens numbered from 0.</param>
    /// <param name="vocabulary">How many different tokens there are.</param>
    public NgramIds(int[][] tokens, int vocabulary)
    {
        this.tokens = tokens;
        ids = [.. tokens.Select(t => (int[])t.Clone())];
        Distinct = vocabulary;
    }

    public int Order { get; private set; } = 1;

    /// <summary>Numbers of the present order are below this.</summary>
    public int Distinct { get; private set; }

    public ReadOnlySpan<int> Of(int sequence) => ids[sequence].AsSpan(0, Math.Max(0, tokens[sequence].Length - Order + 1));

    public void NextOrder()
    {
        if (keys is null)
        {
            var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * tokens.Sum(t => t.Length)));
            (keys, values) = (new long[size], new int[size]);
        }
        // Keys are stored plus one, so that 0 marks a free place.
        Array.Clear(keys);
        Order++;
        Distinct = 0;
        for (var s = 0; s < ids.Length; s++)
        {
            var (row, last, count) = (ids[s], tokens[s], Math.Max(0, tokens[s].Length - Order + 1));
            for (var i = 0; i < count; i++) row[i] = Number(((long)row[i] << 32) | (uint)last[i + Order - 1]);
        }
    }

    private int Number(long ngram)
    {
        var (key, mask) = (ngram + 1, keys!.Length - 1);
        var at = (int)(((ulong)key * 0x9E3779B97F4A7C15) >> 32) & mask;
        while (keys[at] != key)
        {
            if (keys[at] == 0)
            {
                keys[at] = key;
                return values![at] = Distinct++;
            }
            at = (at + 1) & mask;
        }
        return values![at];
    }

    /// <summary>N-grams that two sequences share, each as often as it is in both.</summary>
    public int Shared(int a, int b)
    {
        var counts = new int[Distinct];
        foreach (var id in Of(a)) counts[id]++;
        var shared = 0;
        foreach (var id in Of(b))
            if (counts[id]-- > 0) shared++;
        return shared;
    }

    /// <summary>N-grams of the first sequence that any other holds, each at most as often as the one that holds it most (clipped counts).</summary>
    public int Clipped()
    {
        var most = new int[Distinct];
        var counts = new int[Distinct];
        for (var s = 1; s < ids.Length; s++)
        {
            foreach (var id in Of(s)) most[id] = Math.Max(most[id], ++counts[id]);
            if (s + 1 < ids.Length)
                foreach (var id in Of(s)) counts[id] = 0;
        }
        var shared = 0;
        foreach (var id in Of(0))
            if (most[id]-- > 0) shared++;
        return shared;
    }
}
