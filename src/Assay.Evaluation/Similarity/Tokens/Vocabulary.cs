using System.Numerics;

namespace Assay.Evaluation.Similarity;

/// <summary>Numbers tokens from 0 in order of appearance, so that comparing two texts compares numbers. Keeps the tokens' characters in one buffer: a string each would take most of the time.</summary>
internal sealed class Vocabulary
{
    private char[] characters = new char[1024];
    private (int Start, int Length, uint Hash)[] tokens = new (int, int, uint)[256];
    // Places of a hash table with open addressing: a token's number plus one, 0 where free.
    private int[] places = new int[1024];
    private int used;

    public int Count { get; private set; }

    public string TextOf(int id) => new(characters, tokens[id].Start, tokens[id].Length);

    public int IdOf(ReadOnlySpan<char> token)
    {
        var hash = Hash(token);
        var mask = places.Length - 1;
        for (var at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            var id = places[at] - 1;
            if (id < 0) return Add(token, hash, at);
            var known = tokens[id];
            if (known.Hash == hash && token.SequenceEqual(characters.AsSpan(known.Start, known.Length))) return id;
        }
    }

    private int Add(ReadOnlySpan<char> token, uint hash, int at)
    {
        if (used + token.Length > characters.Length) Array.Resize(ref characters, Math.Max(2 * characters.Length, used + token.Length));
        if (Count == tokens.Length) Array.Resize(ref tokens, 2 * tokens.Length);
        token.CopyTo(characters.AsSpan(used));
        tokens[Count] = (used, token.Length, hash);
        used += token.Length;
        places[at] = Count + 1;
        if (2 * ++Count > places.Length) Grow();
        return Count - 1;
    }

    private void Grow()
    {
        places = new int[4 * places.Length];
        for (var id = 0; id < Count; id++)
        {
            var at = (int)tokens[id].Hash & (places.Length - 1);
            while (places[at] != 0) at = (at + 1) & (places.Length - 1);
            places[at] = id + 1;
        }
    }

    private static uint Hash(ReadOnlySpan<char> token)
    {
        var hash = (uint)token.Length;
        foreach (var c in token) hash = BitOperations.RotateLeft(hash ^ c, 5) * 0x9E3779B1;
        return hash ^ (hash >> 15);
    }
}
