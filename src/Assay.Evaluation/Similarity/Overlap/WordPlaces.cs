namespace Assay.Evaluation.Similarity;

/// <summary>Where the words of one text stand in the other, as far as nothing is aligned with them yet.</summary>
internal sealed class WordPlaces
{
    /// <summary>Places of word w: from start[w] to start[w + 1].</summary>
    private readonly int[] start, places, left;
    private readonly bool[] lone;

    public WordPlaces(int[] alignment, int[] a, int[] b)
    {
        var words = 0;
        foreach (var word in a) words = Math.Max(words, word + 1);
        foreach (var word in b) words = Math.Max(words, word + 1);
        var taken = new bool[b.Length];
        foreach (var place in alignment)
            if (place != WordAlignment.None) taken[place] = true;
        start = new int[words + 1];
        for (var j = 0; j < b.Length; j++)
            if (!taken[j]) start[b[j] + 1]++;
        for (var w = 0; w < words; w++) start[w + 1] += start[w];
        places = new int[start[words]];
        var next = start.AsSpan(0, words).ToArray();
        for (var j = 0; j < b.Length; j++)
            if (!taken[j]) places[next[b[j]]++] = j;
        left = new int[words];
        for (var i = 0; i < a.Length; i++)
        {
            if (alignment[i] != WordAlignment.None || Of(a[i]).IsEmpty) continue;
            left[a[i]]++;
            Matches++;
        }
        lone = new bool[words];
        for (var w = 0; w < words; w++) lone[w] = left[w] == 1 && Of(w).Length == 1;
    }

    /// <summary>Words of the first text that have a place to go.</summary>
    public int Matches { get; }

    /// <summary>In ascending order.</summary>
    public ReadOnlySpan<int> Of(int word) => places.AsSpan(start[word], start[word + 1] - start[word]);

    /// <summary>It stood once in each text.</summary>
    public bool IsLone(int word) => lone[word];

    /// <summary>How many of this word are still to come in the first text, this one included.</summary>
    public int Left(int word) => left[word];

    public void Take(int word) => left[word]--;
}
